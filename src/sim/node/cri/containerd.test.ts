import { describe, expect, it } from 'vitest';
import { TestCluster } from './testing.ts';

describe('the container runtime', () => {
  it('runs redis and nginx in one sandbox, with one address and one loopback', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('shop');
    expect(sandbox.ip).toBe('10.244.0.2');
    const redis = cluster.run(sandbox, 'redis:7', { name: 'redis', command: ['redis-server'] });
    const web = cluster.run(sandbox, 'nginx:1.27', {
      name: 'web',
      command: ['nginx', '-g', 'daemon off;'],
    });
    expect([redis.state, web.state]).toEqual(['running', 'running']);
    expect(cluster.exec(redis, ['redis-cli', 'set', 'cart', '3']).stdout).toBe('OK\n');
    expect(cluster.exec(redis, ['redis-cli', '-h', 'localhost', 'get', 'cart']).stdout).toBe('3\n');
    expect(cluster.exec(web, ['cat', '/etc/hosts']).stdout).toContain('10.244.0.2\tshop\n');
    expect(cluster.log(web).split('\n')[1]).toBe('2026/11/24 16:55:25 [notice] 1#1: nginx/1.27.5');
  });
});
