import { describe, expect, it } from 'vitest';
import { StreamEnd } from '../../kernel/net/stream.ts';
import { watchStream, writeStream } from './streams.ts';
import { TestCluster } from './testing.ts';
import type { ExecStreams } from './types.ts';

const nginx = { command: ['nginx', '-g', 'daemon off;'] };

describe('exec', () => {
  it('runs a command with its streams and exit code', () => {
    const cluster = new TestCluster();
    const web = cluster.run(cluster.sandbox('web'), 'nginx:1.27', nginx);
    expect(cluster.exec(web, ['wc', '-l'], 'node-1', { stdin: 'a\nb\n' })).toMatchObject({
      stdout: '2\n',
      stderr: '',
      result: 0,
    });
    expect(cluster.exec(web, ['cat', '/none']).result).toBe(1);
  });

  it('says in the runtime’s words what cannot be run', () => {
    const cluster = new TestCluster();
    const web = cluster.run(cluster.sandbox('web'), 'nginx:1.27', nginx);
    const error = (command: string) =>
      String(cluster.exec(web, [command]).result).replace(/[0-9a-f]{64}/, '<id>');
    const words =
      'rpc error: code = Unknown desc = failed to exec in container: failed to start exec "<id>": ' +
      'OCI runtime exec failed: exec failed: unable to start container process: exec: ';
    expect(error('nonsense')).toBe(
      `${words}"nonsense": executable file not found in $PATH: unknown`,
    );
    expect(error('/etc/passwd')).toBe(`${words}"/etc/passwd": permission denied: unknown`);
    cluster.node().signalContainer(web, 'KILL');
    cluster.pass(10);
    expect(error('ls')).toBe(
      'rpc error: code = Unknown desc = failed to exec in container: container is in CONTAINER_EXITED state',
    );
  });

  it('takes lines and keys at a terminal', () => {
    const cluster = new TestCluster();
    const web = cluster.run(cluster.sandbox('web'), 'nginx:1.27', nginx);
    let shown = '';
    let result: unknown;
    const streams: ExecStreams = {
      stdin: true,
      tty: true,
      onStdout: (text) => (shown += text),
      onStderr: () => undefined,
      onExit: (exit) => (result = exit),
    };
    const session = cluster.node().exec(web, ['cat'], streams);
    session.writeStdin('hello\n');
    cluster.pass(10);
    expect(shown).toBe('hello\n');
    session.writeStdin('\x03');
    cluster.pass(10);
    expect(result).toEqual({ status: { code: 130, signal: 'INT' } });
  });
});

describe('port-forward', () => {
  it('reaches a port on the sandbox’s loopback, also one that others cannot reach', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('db');
    cluster.run(sandbox, 'redis:7', { command: ['redis-server', '--bind', '127.0.0.1'] });
    const forward = cluster.node().portForward(sandbox, 6379);
    if (!('connection' in forward) || !(forward.connection instanceof StreamEnd)) {
      throw new Error('not forwarded');
    }
    let heard = '';
    const end = forward.connection;
    watchStream(cluster.clock, end, {
      onData: (text) => (heard += text),
      onEnd: () => (heard += '<end>'),
    });
    writeStream(cluster.clock, end, 'PING\r\nQUIT\r\n');
    cluster.pass(10);
    expect(heard).toBe('+PONG\r\n+OK\r\n<end>');
  });

  it('says when nobody listens there', () => {
    const cluster = new TestCluster();
    const refused = cluster.node().portForward(cluster.sandbox('web'), 81);
    expect('error' in refused ? refused.error.replace(/cni-\w+/, 'cni-<id>') : '').toBe(
      'failed to execute portforward in network namespace: failed to connect to localhost:81 ' +
        'inside namespace "/var/run/netns/cni-<id>", IPv4: dial tcp4 127.0.0.1:81: connect: connection refused ' +
        'IPv6 dial tcp6 [::1]:81: connect: connection refused ',
    );
  });
});
