// nc: a pipe to and from a TCP port.
import { asErrno } from '../base/errors.ts';
import { command, type Call } from '../base/command.ts';
import { timedOut, withDeadline } from '../base/deadline.ts';
import { parseInteger } from '../base/numbers.ts';
import { runTogether } from '../base/together.ts';
import { resolveHost } from '../dns/resolve.ts';
import { connectTo } from '../http/client.ts';
import type { Blocking, Connection } from '../../types.ts';

export const nc = command({
  options: '+lkp:w:i:e:vznuN46q:s:f:',
  usage: '[-iN] [-wN] [-lk] [-p PORT] [-vz] [IPADDR PORT] [-e PROG]',
  // Everything behind -e is the program with its words.
  rewrite: (words) => {
    const at = words.indexOf('-e');
    if (at < 0 || at + 1 >= words.length) return words;
    return ['-e', words.slice(at + 1).join('\0'), ...words.slice(0, at)];
  },
  *run(call) {
    if (call.has('u')) return yield* call.fail('UDP is not modelled; leave -u out');
    if (call.has('f')) return yield* call.fail('-f is not modelled');
    const waitWord = call.value('w');
    const waitSeconds = waitWord === undefined ? undefined : parseInteger(waitWord);
    if (waitWord !== undefined && waitSeconds === undefined) {
      return yield* call.fail(`invalid number '${waitWord}'`);
    }
    if (call.has('l')) return yield* listen(call);
    const [host, portWord] = call.operands;
    if (host === undefined) return yield* call.misuse();
    // Without a port busybox takes 0, which nobody serves.
    const ports = portsOf(portWord ?? '0');
    if (ports === undefined) return yield* call.fail(`bad port '${portWord ?? ''}'`);
    let status = 0;
    for (const port of ports) status = yield* connect(call, host, port, waitSeconds);
    return status;
  },
});

function portsOf(word: string): readonly number[] | undefined {
  const found = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(word);
  if (found === null) return undefined;
  const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])];
  if (last > 65_535 || last < first || last - first > 1000) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function* connect(
  call: Call,
  host: string,
  port: number,
  waitSeconds: number | undefined,
): Blocking<number> {
  const { process } = call;
  const resolved = yield* resolveHost(process, host);
  if (resolved.kind !== 'found') return yield* call.fail(`bad address '${host}'`);
  const deadlineMs =
    waitSeconds === undefined ? undefined : process.clock.nowMs() + waitSeconds * 1000;
  const outcome = yield* withDeadline(
    process.clock,
    deadlineMs,
    connectTo(process, resolved.addresses, port),
  );
  if (outcome === timedOut) return yield* call.fail('timed out');
  if (outcome.kind !== 'connected') {
    if (call.has('z') && !call.has('v')) return 1;
    const [ip, message] =
      outcome.kind === 'failed' ? [outcome.ip, outcome.message] : [host, 'No route to host'];
    if (call.has('v')) return yield* call.fail(`${host} (${ip}:${port}): ${message}`);
    return yield* call.fail(`can't connect to remote host (${ip}): ${message}`);
  }
  if (call.has('v')) yield* process.write(2, `${host} (${outcome.ip}:${port}) open\n`);
  if (call.has('z')) outcome.connection.close();
  else yield* serve(call, outcome.connection);
  return 0;
}

function* listen(call: Call): Blocking<number> {
  const { process } = call;
  const [first, second] = call.operands;
  const word = call.value('p') ?? second ?? first ?? '0';
  const port = /^\d{1,5}$/.test(word) ? Number(word) : undefined;
  if (port === undefined || port > 65_535) return yield* call.fail(`bad port '${word}'`);
  const ip = call.value('s') ?? (second !== undefined && first !== undefined ? first : '0.0.0.0');
  try {
    const listener = process.sockets.listen({ ip, port });
    if (call.has('v')) yield* process.write(2, `listening on ${ip}:${listener.address.port} ...\n`);
    const again = call.has('k') || call.values('l').length > 1;
    do {
      const connection = yield* listener.accept();
      if (connection === undefined) break;
      if (call.has('v')) {
        const { remote } = connection;
        yield* process.write(
          2,
          `connect to ${connection.local.ip}:${port} from ${remote.ip}:${remote.port}\n`,
        );
      }
      yield* serve(call, connection);
    } while (again);
    listener.close();
    return 0;
  } catch (thrown) {
    return yield* call.fail(`bind: ${asErrno(thrown).message}`);
  }
}

/** Copies both ways, between the connection and either standard input and output or a program. */
function* serve(call: Call, connection: Connection): Blocking<void> {
  const { process } = call;
  const program = call.value('e');
  try {
    if (program === undefined) {
      yield* relay(call, connection, 0, 1);
      return;
    }
    const [childInput, toChild] = process.pipe();
    const [fromChild, childOutput] = process.pipe();
    const descriptors = new Map([
      [0, childInput],
      [1, childOutput],
      [2, 2],
    ]);
    const child = process.spawn({ argv: program.split('\0'), descriptors });
    process.close(childInput);
    process.close(childOutput);
    yield* relay(call, connection, fromChild, toChild);
    process.close(fromChild);
    yield* process.wait(child.pid);
  } catch (thrown) {
    yield* call.warn(asErrno(thrown).message);
  } finally {
    connection.close();
  }
}

/** Until the other side has closed; the end of our input only closes our half. */
function* relay(call: Call, connection: Connection, input: number, output: number): Blocking<void> {
  const { process } = call;
  let closed = false;
  const send = function* (): Blocking<void> {
    for (
      let text = yield* process.read(input);
      text !== undefined;
      text = yield* process.read(input)
    ) {
      if (closed && input === 0) return;
      yield* connection.write(text);
    }
    connection.closeWrite();
  };
  const receive = function* (): Blocking<void> {
    for (let text = yield* connection.read(); text !== undefined; text = yield* connection.read()) {
      yield* process.write(output, text);
    }
    closed = true;
    if (output !== 1) process.close(output);
  };
  yield* runTogether(
    process,
    [ignoringReset(send()), ignoringReset(receive())],
    () => closed && input === 0,
  );
}

/** A connection that is reset is over, as one that is closed. */
function* ignoringReset(steps: Blocking<void>): Blocking<void> {
  try {
    yield* steps;
  } catch (thrown) {
    const { code } = asErrno(thrown);
    if (code !== 'ECONNRESET' && code !== 'EPIPE' && code !== 'EBADF') throw thrown;
  }
}
