import { describe, expect, it } from 'vitest';
import { TestCluster } from './testing.ts';
import type { ExecStreams } from './types.ts';

/** A redis on the second node, and redis-cli on the first one connected to it. */
function connected() {
  const cluster = new TestCluster({ nodes: 2 });
  const redis = { command: ['redis-server'] };
  cluster.run(cluster.sandbox('db', 'node-2'), 'redis:7', redis, 'node-2');
  const client = cluster.run(cluster.sandbox('client'), 'redis:7', redis);
  let heard = '';
  const streams: ExecStreams = {
    stdin: true,
    tty: false,
    onStdout: (text) => (heard += text),
    onStderr: (text) => (heard += text),
    onExit: (exit) => (heard += 'status' in exit ? `<exit ${exit.status.code}>` : '<error>'),
  };
  const session = cluster.node().exec(client, ['redis-cli', '-h', '10.244.1.2'], streams);
  const ask = (command: string, waitMs = 1000): string => {
    heard = '';
    session.writeStdin(`${command}\n`);
    cluster.pass(waitMs);
    return heard;
  };
  const wait = (ms: number): string => {
    heard = '';
    cluster.pass(ms);
    return heard;
  };
  return { cluster, ask, wait };
}

describe('an open connection', () => {
  it('waits while a cable is out, and goes on when it is back', () => {
    const { cluster, ask, wait } = connected();
    expect(ask('set cart 3')).toBe('OK\n');
    cluster.fabric.setCable('node-2', false);
    expect(ask('get cart', 60_000)).toBe('');
    cluster.fabric.setCable('node-2', true);
    expect(wait(1000)).toBe('3\n');
  });

  it('hangs while the other machine is off, and is reset when that is back', () => {
    const { cluster, ask, wait } = connected();
    ask('set cart 3');
    cluster.node('node-2').powerOff();
    cluster.fabric.setPower('node-2', false);
    expect(ask('get cart', 60_000)).toBe('');
    cluster.fabric.setPower('node-2', true);
    expect(wait(1000)).toBe('Error: Connection reset by peer\n');
  });
});

describe('a new connection', () => {
  it('is lost without a cable and finds no route without power', () => {
    const { cluster } = connected();
    const client = cluster.run(cluster.sandbox('other'), 'redis:7', { command: ['redis-server'] });
    const ping = () => cluster.exec(client, ['redis-cli', '-h', '10.244.1.2', 'ping']);
    cluster.fabric.setCable('node-2', false);
    expect(ping()).toMatchObject({
      stderr: 'Could not connect to Redis at 10.244.1.2:6379: Connection timed out\n',
      tookMs: 127_001,
    });
    cluster.fabric.setCable('node-2', true);
    cluster.fabric.setPower('node-2', false);
    expect(ping()).toMatchObject({
      stderr: 'Could not connect to Redis at 10.244.1.2:6379: No route to host\n',
      tookMs: 3061,
    });
  });
});
