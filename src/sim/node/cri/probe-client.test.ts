import { describe, expect, it } from 'vitest';
import { TestCluster } from './testing.ts';
import type { Sandbox } from './types.ts';

function probe(
  cluster: TestCluster,
  sandbox: Sandbox,
  path: string,
  more: { port?: number; scheme?: string; host?: string } = {},
) {
  let outcome: unknown;
  let tookMs = 0;
  const startedMs = cluster.clock.nowMs();
  const { port = 80, scheme = 'HTTP', host = sandbox.ip } = more;
  cluster.node().httpGet({ sandbox, host, port, path, scheme, headers: [] }, 1000, (got) => {
    outcome = got;
    tookMs = cluster.clock.nowMs() - startedMs;
  });
  cluster.pass(5000);
  return { outcome, tookMs };
}

const conf = `server {
  listen 80;
  location /ok { return 200 fine; }
  location /moved { return 302 /ok; }
  location /away { return 302 http://elsewhere/; }
  location /broken { return 500; }
}
`;

describe('probes from the node', () => {
  it('get status and body, follow redirects on the host, and are logged with the node’s bridge as caller', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('web');
    const web = cluster.run(sandbox, 'nginx:1.27', { command: ['nginx', '-g', 'daemon off;'] });
    cluster.exec(web, ['tee', '/etc/nginx/conf.d/default.conf'], 'node-1', { stdin: conf });
    cluster.exec(web, ['nginx', '-s', 'reload']);
    expect(probe(cluster, sandbox, '/ok').outcome).toEqual({ status: 200, body: 'fine' });
    expect(probe(cluster, sandbox, '/moved').outcome).toEqual({ status: 200, body: 'fine' });
    expect(probe(cluster, sandbox, '/away').outcome).toMatchObject({ status: 302 });
    expect(probe(cluster, sandbox, '/broken').outcome).toMatchObject({ status: 500 });
    expect(cluster.log(web).split('\n').at(-2)).toMatch(
      /^10\.244\.0\.1 - - \[.*\] "GET \/broken HTTP\/1\.1" 500 \d+ "-" "kube-probe\/1\.33"/,
    );
  });

  it('fail in Go’s words', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('web');
    expect(probe(cluster, sandbox, '/').outcome).toEqual({
      error: 'Get "http://10.244.0.2:80/": dial tcp 10.244.0.2:80: connect: connection refused',
    });
    expect(probe(cluster, sandbox, 'x', { host: '10.244.0.77' })).toEqual({
      outcome: {
        error:
          'Get "http://10.244.0.77:80/x": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      },
      tookMs: 1000,
    });
    cluster.run(sandbox, 'podlab/shop:1.0', { env: [['PORT', '80']] });
    expect(probe(cluster, sandbox, '/slow?seconds=3')).toEqual({
      outcome: {
        error:
          'Get "http://10.244.0.2:80/slow?seconds=3": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      },
      tookMs: 1000,
    });
    expect(probe(cluster, sandbox, '/', { scheme: 'HTTPS' }).outcome).toEqual({
      error: 'Get "https://10.244.0.2:80/": http: server gave HTTP response to HTTPS client',
    });
  });

  it('take any certificate', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('web');
    cluster.run(sandbox, 'podlab/shop:1.0');
    cluster.run(sandbox, 'podlab/tls-proxy:1.0', { name: 'proxy', env: [['TLS_DAYS', '0']] });
    const got = probe(cluster, sandbox, '/healthz', { port: 8443, scheme: 'HTTPS' });
    expect(got.outcome).toEqual({ status: 200, body: 'ok\n' });
  });

  it('connect to a port, or say why not', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('db');
    const connect = (host: string): unknown => {
      let outcome: unknown = 'waiting';
      cluster.node().tcpConnect({ host, port: 6379 }, 1000, (error) => (outcome = error));
      cluster.pass(2000);
      return outcome;
    };
    expect(connect('10.244.0.2')).toBe('dial tcp 10.244.0.2:6379: connect: connection refused');
    cluster.run(sandbox, 'redis:7', { command: ['redis-server'] });
    expect(connect('10.244.0.2')).toBeUndefined();
    expect(connect('10.244.0.9')).toBe('dial tcp 10.244.0.9:6379: i/o timeout');
  });
});
