import { describe, expect, it } from 'vitest';
import { namespace, service, slice } from '../../network/testing.ts';
import { TestCluster } from './testing.ts';

const ready = (ip: string) => ({ addresses: [ip], conditions: { ready: true } });

describe('Services, as containers use them', () => {
  it('let every shop find the one redis by its name, wherever it runs', () => {
    const cluster = new TestCluster({
      nodes: 2,
      objects: [
        namespace('default'),
        service('redis', { clusterIP: '10.96.7.7', ports: [{ port: 6379 }] }),
        slice('redis', [{ port: 6379 }], [ready('10.244.1.2')]),
      ],
    });
    const server = { command: ['redis-server'] };
    cluster.run(cluster.sandbox('redis', 'node-2'), 'redis:7', server, 'node-2');
    const client = cluster.run(cluster.sandbox('client'), 'redis:7', server);
    const env = [['REDIS_ADDR', 'redis:6379']] as const;
    const shops = ['shop-1', 'shop-2'].map((name) => {
      const sandbox = cluster.sandbox(name);
      cluster.run(sandbox, 'podlab/shop:1.0', { env });
      return sandbox;
    });
    const bodies: string[] = [];
    for (const sandbox of shops) {
      const target = { sandbox, host: sandbox.ip, port: 8080, scheme: 'HTTP', headers: [] };
      cluster.node().httpGet({ ...target, path: '/cart?add=shirt' }, 5000, (got) => {
        bodies.push('body' in got ? got.body : got.error);
      });
      cluster.pass(5000);
    }
    expect(bodies).toEqual([
      '{"cart":{"shirt":1},"kept_in":"redis at redis:6379","served_by":"shop-1"}\n',
      '{"cart":{"shirt":2},"kept_in":"redis at redis:6379","served_by":"shop-2"}\n',
    ]);
    const get = (host: string) =>
      cluster.exec(client, ['redis-cli', '-h', host, 'hget', 'cart', 'shirt']);
    expect(get('redis').stdout).toBe('2\n');
    expect(get('redis.default.svc.cluster.local').stdout).toBe('2\n');
    cluster.client.put(slice('redis', [{ port: 6379 }], []));
    const refused = get('redis');
    expect(refused.stderr).toBe('Could not connect to Redis at redis:6379: Connection refused\n');
    expect(Math.floor(refused.tookMs / 1000)).toBe(1);
    cluster.client.remove('Service', 'default', 'redis');
    expect(get('redis').stderr).toBe(
      'Could not connect to Redis at redis:6379: Name or service not known\n',
    );
  });

  it('end with the Pod: an address that nobody has any more does not answer', () => {
    const cluster = new TestCluster({ nodes: 2 });
    const server = { command: ['redis-server'] };
    const gone = cluster.sandbox('gone', 'node-2');
    const client = cluster.run(cluster.sandbox('client'), 'redis:7', server);
    const ping = () => cluster.exec(client, ['redis-cli', '-h', '10.244.1.2', 'ping']);
    cluster.run(gone, 'redis:7', server, 'node-2');
    expect(ping().stdout).toBe('PONG\n');
    cluster.node('node-2').stopPodSandbox(gone);
    cluster.pass(10);
    expect(ping()).toMatchObject({
      stderr: 'Could not connect to Redis at 10.244.1.2:6379: Connection timed out\n',
      result: 1,
    });
  });
});
