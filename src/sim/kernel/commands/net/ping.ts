// ping. A TCP connection to a port that nobody serves stands in for the ICMP echo: being refused is an answer.
import { asErrno } from '../base/errors.ts';
import { command, type Call } from '../base/command.ts';
import { timedOut, withDeadline } from '../base/deadline.ts';
import { parseDuration, parseInteger } from '../base/numbers.ts';
import { resolveHost } from '../dns/resolve.ts';
import { sameNetwork } from './addresses.ts';
import type { Blocking } from '../../types.ts';

const echoPort = 7;

export const ping = command({
  options: '46c:s:i:W:w:qnt:I:',
  usage: '[OPTIONS] HOST',
  usageCode: 2,
  *run(call) {
    const [host] = call.operands;
    if (host === undefined) return yield* call.misuse('usage error: Destination address required');
    const count = parseInteger(call.value('c') ?? '') ?? Infinity;
    // A flood is not faster than this (iputils, for other users than root).
    const everyMs = Math.max(parseDuration(call.value('i') ?? '1') ?? 1000, 2);
    const waitMs = parseDuration(call.value('W') ?? '10') ?? 10_000;
    const limitMs = parseDuration(call.value('w') ?? 'inf') ?? Infinity;
    const { process } = call;
    const resolved = yield* resolveHost(process, host);
    if (resolved.kind !== 'found') {
      return yield* call.fail(
        call.say(`bad address '${host}'`, `${host}: Name or service not known`),
        call.gnu ? 2 : 1,
      );
    }
    const ip = resolved.addresses[0] ?? host;
    yield* call.out.print(
      `PING ${host} (${ip})${call.say(': 56 data bytes', ' 56(84) bytes of data.')}\n`,
    );
    process.onSignal('INT', 'handle');
    const startMs = process.clock.nowMs();
    const times: number[] = [];
    let sent = 0;
    while (
      sent < count &&
      process.clock.nowMs() - startMs < limitMs &&
      process.takeSignal() === undefined
    ) {
      yield* call.out.flush();
      const sentMs = process.clock.nowMs();
      const untilMs = Math.min(sentMs + waitMs, startMs + limitMs);
      const took = yield* probe(call, ip, untilMs);
      if (took !== undefined) {
        times.push(took);
        if (!call.has('q')) call.out.put(replyLine(call, ip, sent, took));
      }
      sent += 1;
      const restMs = sentMs + everyMs - process.clock.nowMs();
      yield* call.out.flush();
      if (sent < count && restMs > 0) yield* process.sleep(restMs);
    }
    yield* call.out.print(statistics(call, host, sent, times, process.clock.nowMs() - startMs));
    return times.length > 0 ? 0 : 1;
  },
});

/** How long an answer took in milliseconds; undefined when none came. */
function* probe(call: Call, ip: string, untilMs: number): Blocking<number | undefined> {
  const { process } = call;
  const startMs = process.clock.nowMs();
  try {
    const connection = yield* withDeadline(
      process.clock,
      untilMs,
      process.sockets.connect({ ip, port: echoPort }),
    );
    if (connection === timedOut) return undefined;
    connection.close();
  } catch (thrown) {
    const { code } = asErrno(thrown);
    if (code === 'EINTR') return undefined;
    if (code !== 'ECONNREFUSED' && code !== 'ECONNRESET') {
      // The answer "host unreachable" is no echo; wait for the next turn.
      return undefined;
    }
  }
  // Too quick for the clock: a few hundredths of a millisecond, as on one machine.
  return process.clock.nowMs() - startMs + 0.04 + process.random.below(60) / 1000;
}

function replyLine(call: Call, ip: string, sequence: number, took: number): string {
  const seq = call.say(`seq=${sequence}`, `icmp_seq=${sequence + 1}`);
  return `64 bytes from ${ip}: ${seq} ttl=${hopsLeft(call, ip)} time=${took.toFixed(3)} ms\n`;
}

/** Nobody between us and our own network; two routers (the nodes) to the other Pods. */
function hopsLeft(call: Call, ip: string): number {
  const near = call.process.sockets
    .interfaces()
    .some(({ addresses }) => addresses.some((address) => sameNetwork(address, ip)));
  return near ? 64 : 62;
}

function statistics(
  call: Call,
  host: string,
  sent: number,
  times: readonly number[],
  tookMs: number,
): string {
  const loss = sent === 0 ? 0 : Math.round(((sent - times.length) / sent) * 100);
  const head = `\n--- ${host} ping statistics ---\n`;
  const received = call.say('packets received', 'received');
  const total = call.say('', `, time ${Math.round(tookMs)}ms`);
  const summary = `${sent} packets transmitted, ${times.length} ${received}, ${loss}% packet loss${total}\n`;
  if (times.length === 0) return head + summary + call.say('', '\n');
  const [least, most] = [Math.min(...times), Math.max(...times)];
  const mean = times.reduce((sum, each) => sum + each, 0) / times.length;
  const deviation = Math.sqrt(
    times.reduce((sum, each) => sum + (each - mean) ** 2, 0) / times.length,
  );
  const numbers = [least, mean, most].map((value) => value.toFixed(3)).join('/');
  return `${head}${summary}${call.say(`round-trip min/avg/max = ${numbers} ms`, `rtt min/avg/max/mdev = ${numbers}/${deviation.toFixed(3)} ms`)}\n`;
}
