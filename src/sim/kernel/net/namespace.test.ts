import { describe, expect, it } from 'vitest';
import { isErrno } from '../errno.ts';
import { TestMachine } from '../testing.ts';
import type { Blocking, Process, Program } from '../types.ts';
import type { Network } from './namespace.ts';

const own = { ip: '10.244.1.5', port: 8080 };

/** Answers every connection with what it sent, in capitals. */
const server: Program = function* (process) {
  const [, ip = '0.0.0.0'] = process.argv;
  const listener = process.sockets.listen({ ip, port: 8080 });
  for (;;) {
    const connection = yield* listener.accept();
    if (connection === undefined) return 0;
    const text = yield* connection.read();
    yield* connection.write((text ?? '').toUpperCase());
    connection.close();
  }
};

/** Process 1, so that the others are none. */
const init: Program = function* (process) {
  yield* process.sleep(1e9);
  return 0;
};

function client(ask: (process: Process) => Blocking<string>): Program {
  return function* (process) {
    try {
      yield* process.write(1, yield* ask(process));
      return 0;
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      yield* process.write(1, thrown.code);
      return 1;
    }
  };
}

function* exchange(process: Process, ip: string): Blocking<string> {
  const connection = yield* process.sockets.connect({ ip, port: 8080 }, 5000);
  yield* connection.write('hello');
  const text = yield* connection.read();
  connection.close();
  return text ?? 'nothing';
}

function boxWith(programs: Record<string, Program>, network?: Network): TestMachine {
  const box = new TestMachine({ programs: { init, server, ...programs } });
  box.run(['init'], { main: true, forMs: 10 });
  box.space.network.network = network;
  box.space.network.addInterface({
    name: 'eth0',
    index: 2,
    addresses: [`${own.ip}/24`],
    mac: '02:00:00:00:00:01',
    mtu: 1500,
  });
  return box;
}

function serve(box: TestMachine, ip: string): Process {
  const started = box.space.exec({ argv: ['server', ip], env: [['PATH', '/bin']] });
  if ('error' in started) throw new Error(started.error);
  box.clock.advanceTo(box.clock.nowMs() + 10);
  return started;
}

describe('sockets within a namespace', () => {
  it('reach a listener on loopback and on the own address', () => {
    const box = boxWith({
      local: client((process) => exchange(process, '127.0.0.1')),
      own: client((process) => exchange(process, own.ip)),
    });
    serve(box, '0.0.0.0');
    expect(box.run(['local']).stdout).toBe('HELLO');
    expect(box.run(['own']).stdout).toBe('HELLO');
  });

  it('do not reach one that only listens on loopback from the own address', () => {
    const box = boxWith({ own: client((process) => exchange(process, own.ip)) });
    serve(box, '127.0.0.1');
    expect(box.run(['own']).stdout).toBe('ECONNREFUSED');
  });

  it('cannot listen twice on a port, until the first listener’s process ends', () => {
    const listen: Program = client(function* (process) {
      process.sockets.listen({ ip: '127.0.0.1', port: 8080 });
      yield* process.sleep(10);
      return 'listening';
    });
    const box = boxWith({ listen });
    const first = serve(box, '0.0.0.0');
    expect(box.run(['listen']).stdout).toBe('EADDRINUSE');
    first.kill(first.pid, 'TERM');
    box.clock.advanceTo(box.clock.nowMs() + 1);
    expect(box.run(['listen']).stdout).toBe('listening');
  });

  it('give a reset to a writer whose peer went away with unread data', () => {
    const rude: Program = function* (process) {
      const listener = process.sockets.listen({ ip: '0.0.0.0', port: 8080 });
      yield* listener.accept();
      yield* process.sleep(100);
      return 0;
    };
    const box = boxWith({
      rude,
      talker: client(function* (process) {
        const connection = yield* process.sockets.connect({ ip: '127.0.0.1', port: 8080 });
        yield* connection.write('unread');
        return (yield* connection.read()) ?? 'closed';
      }),
    });
    const started = box.space.exec({ argv: ['rude'], env: [['PATH', '/bin']] });
    if ('error' in started) throw new Error(started.error);
    box.clock.advanceTo(box.clock.nowMs() + 10);
    expect(box.run(['talker']).stdout).toBe('ECONNRESET');
  });

  it('list who listens and who is connected', () => {
    const box = boxWith({
      lister: client(function* (process) {
        const connection = yield* process.sockets.connect({ ip: '127.0.0.1', port: 8080 });
        const listening = process.sockets
          .listening()
          .map(({ address, process: { argv } }) => `${address.ip}:${address.port} ${argv[0]}`);
        const states = process.sockets.connections().map(({ state }) => state);
        connection.close();
        return [...listening, ...states].join(' ');
      }),
    });
    serve(box, '0.0.0.0');
    expect(box.run(['lister']).stdout).toBe('0.0.0.0:8080 server ESTABLISHED ESTABLISHED');
  });
});

describe('sockets to somewhere else', () => {
  const ask = client((process) => exchange(process, '10.0.0.9'));

  it('fail as the network says: refused, unreachable, or no answer at all', () => {
    const answer = (network: Network | undefined): readonly [string, number] => {
      const { stdout, tookMs } = boxWith({ ask }, network).run(['ask']);
      return [stdout, tookMs];
    };
    const routes = { routes: () => [] };
    expect(answer(undefined)).toEqual(['ENETUNREACH', 1]);
    expect(answer({ ...routes, route: () => ({ error: 'ECONNREFUSED', afterMs: 2 }) })).toEqual([
      'ECONNREFUSED',
      3,
    ]);
    expect(answer({ ...routes, route: () => ({ dropped: true }) })).toEqual(['ETIMEDOUT', 5001]);
  });

  it('reach another namespace by a translated address, and see the one they asked for', () => {
    const target = boxWith({});
    const box = boxWith(
      {
        ask: client(function* (process) {
          const connection = yield* process.sockets.connect({ ip: '10.96.0.50', port: 80 });
          return `${connection.remote.ip}:${connection.remote.port}`;
        }),
      },
      {
        routes: () => [],
        route: () => ({
          to: target.space.network,
          destination: own,
          sourceIp: '10.244.2.7',
          latencyMs: 1,
        }),
      },
    );
    serve(target, '0.0.0.0');
    const { stdout, tookMs } = box.run(['ask']);
    expect([stdout, tookMs]).toEqual(['10.96.0.50:80', 3]);
    const [far] = target.space.network.connections();
    expect([far?.local, far?.remote.ip]).toEqual([own, '10.244.2.7']);
  });
});
