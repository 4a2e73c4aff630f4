import { describe, expect, it } from 'vitest';
import type { ContainerExit, ExecStreams } from './types.ts';
import { containerConfig, TestCluster } from './testing.ts';

const nginx = { command: ['nginx', '-g', 'daemon off;'] };

describe('a sandbox', () => {
  it('gives its containers one address, host name, loopback and /dev/shm, but files of their own', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('shop');
    expect(sandbox.ip).toBe('10.244.0.2');
    const redis = cluster.run(sandbox, 'redis:7', { name: 'redis', command: ['redis-server'] });
    const web = cluster.run(sandbox, 'nginx:1.27', { name: 'web', ...nginx });
    expect([redis.state, web.state]).toEqual(['running', 'running']);
    expect(cluster.exec(redis, ['redis-cli', 'set', 'cart', '3']).stdout).toBe('OK\n');
    expect(cluster.exec(redis, ['redis-cli', '-h', 'localhost', 'get', 'cart']).stdout).toBe('3\n');
    cluster.exec(redis, ['tee', '/dev/shm/note', '/tmp/note'], 'node-1', { stdin: 'hello\n' });
    expect(cluster.exec(web, ['cat', '/dev/shm/note']).stdout).toBe('hello\n');
    expect(cluster.exec(web, ['cat', '/tmp/note']).result).toBe(1);
    expect(cluster.exec(web, ['cat', '/etc/hostname']).stdout).toBe('shop\n');
    expect(cluster.exec(web, ['cat', '/proc/1/comm']).stdout).toBe('nginx\n');
  });

  it('lets the second server on a port fail and leaves the first alone', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('shop');
    const first = cluster.run(sandbox, 'nginx:1.27', { name: 'web', ...nginx });
    const second = cluster.run(sandbox, 'nginx:1.28', { name: 'web-next', ...nginx });
    const exits: ContainerExit[] = [];
    cluster.node().onExit(second, (exit) => exits.push(exit));
    cluster.pass(3000);
    expect(exits).toEqual([{ code: 1, signal: undefined, reason: 'Error', message: '' }]);
    expect([first.state, second.state]).toEqual(['running', 'exited']);
    expect(cluster.log(second).split('\n').at(-2)).toBe('nginx: [emerg] still could not bind()');
    const elsewhere = cluster.run(cluster.sandbox('other'), 'nginx:1.28', nginx);
    cluster.pass(3000);
    expect(elsewhere.state).toBe('running');
  });

  it('writes the files that the kubelet and containerd write, as recorded', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('shop', 'node-1', {
      hostAliases: [{ ip: '10.1.2.3', hostnames: ['db', 'db.example'] }],
    });
    const web = cluster.run(sandbox, 'nginx:1.27', nginx);
    const cat = (path: string) => cluster.exec(web, ['cat', path]).stdout;
    expect(cat('/etc/hosts')).toBe(
      '# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n' +
        '::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\n' +
        'fe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n' +
        '10.244.0.2\tshop\n\n# Entries added by HostAliases.\n10.1.2.3\tdb\tdb.example\n',
    );
    expect(cat('/etc/resolv.conf')).toBe(
      'search default.svc.cluster.local svc.cluster.local cluster.local\n' +
        'nameserver 10.96.0.10\noptions ndots:5\n',
    );
    const named = cluster.sandbox('db-0', 'node-1', { domain: 'db.default.svc.cluster.local' });
    const db = cluster.run(named, 'redis:7', { command: ['redis-server'] });
    expect(cluster.exec(db, ['tail', '-n', '1', '/etc/hosts']).stdout).toBe(
      '10.244.0.3\tdb-0.db.default.svc.cluster.local\tdb-0\n',
    );
  });

  it('shares processes under pause when asked to, and the node’s with hostPID', () => {
    const cluster = new TestCluster();
    const shared = cluster.sandbox('shared', 'node-1', { shareProcessNamespace: true });
    const web = cluster.run(shared, 'nginx:1.27', nginx);
    const redis = cluster.run(shared, 'redis:7', { name: 'redis', command: ['redis-server'] });
    expect(cluster.exec(redis, ['cat', '/proc/1/comm']).stdout).toBe('pause\n');
    expect(cluster.exec(redis, ['cat', '/proc/2/comm']).stdout).toBe('nginx\n');
    cluster.node().signalContainer(web, 'TERM');
    cluster.pass(100);
    expect([web.state, redis.state]).toEqual(['exited', 'running']);
    const hostPid = cluster.sandbox('peek', 'node-1', { hostPID: true });
    const peek = cluster.run(hostPid, 'redis:7', { command: ['redis-server'] });
    const commands = [1, 2, 3, 4].map(
      (pid) => cluster.exec(peek, ['cat', `/proc/${pid}/comm`]).stdout,
    );
    expect(commands).toEqual(['init\n', 'containerd\n', 'kube-proxy\n', 'kubelet\n']);
  });

  it('uses the node’s address and ports with hostNetwork', () => {
    const cluster = new TestCluster({ nodes: 2 });
    const onHost = cluster.sandbox('host', 'node-1', { hostNetwork: true, hostname: 'node-1' });
    expect(onHost.ip).toBe('10.250.0.11');
    const redis = cluster.run(onHost, 'redis:7', { command: ['redis-server'] });
    const far = cluster.run(
      cluster.sandbox('far', 'node-2'),
      'redis:7',
      { command: ['redis-server', '--port', '7000'] },
      'node-2',
    );
    const ping = ['redis-cli', '-h', '10.250.0.11', 'ping'];
    expect(cluster.exec(far, ping, 'node-2').stdout).toBe('PONG\n');
    expect(cluster.exec(redis, ['head', '-n', '2', '/etc/hosts']).stdout).toBe(
      '# Kubernetes-managed hosts file (host network).\n127.0.0.1 localhost\n',
    );
  });

  it('gives its address back when it stops, and takes its containers down', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('a');
    const web = cluster.run(sandbox, 'nginx:1.27', nginx);
    cluster.node().stopPodSandbox(sandbox);
    cluster.pass(10);
    expect(web.exit).toEqual({ code: 137, signal: 'KILL', reason: 'Error', message: '' });
    expect(cluster.sandbox('b').ip).toBe('10.244.0.3');
  });
});

describe('a container', () => {
  it('says in runc’s words why it cannot be started', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('typo');
    const start = (command: readonly string[]): unknown => {
      const made = cluster
        .node()
        .createContainer(sandbox, containerConfig('shop', 'busybox:1.36', { command }));
      if ('error' in made) return made.error;
      return cluster.node().startContainer(made.container);
    };
    const words =
      'failed to create containerd task: failed to create shim task: OCI runtime create failed: ' +
      'runc create failed: unable to start container process: exec: ';
    expect(start(['htpd', '-f'])).toEqual({
      ok: false,
      error: `${words}"htpd": executable file not found in $PATH: unknown`,
    });
    expect(start(['/etc/passwd'])).toEqual({
      ok: false,
      error: `${words}"/etc/passwd": permission denied: unknown`,
    });
    expect(start(['/app/start.sh'])).toEqual({
      ok: false,
      error: `${words}"/app/start.sh": stat /app/start.sh: no such file or directory: unknown`,
    });
    const failed = cluster.run(sandbox, 'busybox:1.36', { command: ['htpd'] });
    expect(failed).toMatchObject({
      state: 'exited',
      startedMs: 0,
      exit: { code: 128, reason: 'StartError' },
    });
  });

  it('has the image’s environment, its host name, and what the Pod adds', () => {
    const cluster = new TestCluster();
    const env = [
      ['A', '1'],
      ['REDIS_VERSION', 'mine'],
    ] as const;
    const redis = cluster.run(cluster.sandbox('shop'), 'redis:7', {
      command: ['redis-server'],
      env,
    });
    const { stdout } = cluster.exec(redis, ['tr', '\\0', '\\n'], 'node-1', {
      stdin: cluster.exec(redis, ['cat', '/proc/1/environ']).stdout,
    });
    expect(stdout).toBe(
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n' +
        'REDIS_VERSION=mine\nHOSTNAME=shop\nA=1\nHOME=/root\n',
    );
  });

  it('keeps its log in lines with their times, and a last line without an end', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('log');
    const cat = cluster.run(sandbox, 'busybox:1.36', {
      command: ['cat'],
      stdin: true,
      stdinOnce: true,
    });
    const heard: string[] = [];
    const streams: ExecStreams = {
      stdin: true,
      tty: false,
      onStdout: (text) => heard.push(text),
      onStderr: () => undefined,
      onExit: () => heard.push('<exit>'),
    };
    const lines: string[] = [];
    cluster.node().onLog(cat, ({ text }) => lines.push(text));
    const session = cluster.node().attach(cat, streams);
    session.writeStdin('one\ntw');
    cluster.pass(1000);
    session.writeStdin('o\nthree');
    session.closeStdin();
    cluster.pass(10);
    const startMs = cluster.clock.nowMs() - 1010;
    expect(cluster.node().logs(cat)).toEqual([
      { atMs: startMs, stream: 'stdout', text: 'one', complete: true },
      { atMs: startMs + 1000, stream: 'stdout', text: 'two', complete: true },
      { atMs: startMs + 1000, stream: 'stdout', text: 'three', complete: false },
    ]);
    expect(lines).toEqual(['one', 'two', 'three']);
    expect(heard).toEqual(['one\ntw', 'o\nthree', '<exit>']);
    expect(cat.exit?.reason).toBe('Completed');
  });

  it('leaves a termination message, and dies whole when memory is over', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('end');
    const web = cluster.run(sandbox, 'nginx:1.27', nginx);
    cluster.exec(web, ['tee', '/dev/termination-log'], 'node-1', { stdin: 'bye' });
    cluster.node().signalContainer(web, 'KILL');
    cluster.pass(10);
    expect(cluster.node().terminationMessage(web)).toBe('bye');
    const leaker = cluster.run(sandbox, 'podlab/leaker:1.0', { memoryLimitBytes: 20_000_000 });
    cluster.pass(10_000);
    expect(leaker.exit).toEqual({ code: 137, signal: 'KILL', reason: 'OOMKilled', message: '' });
  });

  it('runs as the user of the Pod, of the image, or root', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('users');
    const ids = (config: Parameters<TestCluster['run']>[2]) => {
      const command = ['redis-server', '--port', '0'];
      const redis = cluster.run(sandbox, 'redis:7', { command, ...config });
      const { stdout } = cluster.exec(redis, [
        'grep',
        '-E',
        '^(Uid|Gid|Groups):',
        '/proc/1/status',
      ]);
      return stdout.replaceAll(/\s+/g, ' ').trim();
    };
    expect(ids({})).toMatch(/^Uid: 0 0 0 0 Gid: 0 0 0 0/);
    expect(ids({ runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000 })).toMatch(
      /^Uid: 1000 1000 1000 1000 Gid: 3000 3000 3000 3000/,
    );
    expect(ids({ runAsUser: 999 })).toMatch(/^Uid: 999 999 999 999 Gid: 999 999 999 999/);
  });

  it('loses everything without a word when the power goes, but keeps its log', () => {
    const cluster = new TestCluster();
    const web = cluster.run(cluster.sandbox('web'), 'nginx:1.27', nginx);
    let told = false;
    cluster.node().onExit(web, () => (told = true));
    const log = cluster.log(web);
    cluster.node().powerOff();
    cluster.pass(1000);
    expect(told).toBe(false);
    expect(cluster.log(web)).toBe(log);
    const again = cluster.run(cluster.sandbox('web'), 'nginx:1.27', nginx);
    expect(again.state).toBe('running');
  });

  it('counts its CPU, memory and disk', () => {
    const cluster = new TestCluster();
    const shop = cluster.run(cluster.sandbox('shop'), 'podlab/shop:1.0');
    cluster.node().usage(shop);
    cluster.node().httpGet(
      {
        sandbox: shop as never,
        host: '10.244.0.2',
        port: 8080,
        path: '/work?ms=3000',
        scheme: 'HTTP',
        headers: [],
      },
      10_000,
      () => undefined,
    );
    cluster.pass(10_000);
    const usage = cluster.node().usage(shop);
    // What the shop itself takes, and 256 KiB that every process costs.
    expect(usage.memoryBytes).toBe(12 * 1_048_576 + 262_144);
    expect(Math.round(usage.cpuMilli / 10)).toBe(30);
    expect(usage.diskBytes).toBeGreaterThan(100);
  });
});
