import { describe, expect, it } from 'vitest';
import { TestCluster } from './testing.ts';

const forever = 'while true; do sleep 1; done';

describe('containers with a shell', () => {
  it('start through the entrypoint of their image', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('web');
    const web = cluster.run(sandbox, 'nginx:1.27');
    expect(cluster.log(web).split('\n')[0]).toBe(
      '/docker-entrypoint.sh: Configuration complete; ready for start up',
    );
    expect(cluster.exec(web, ['cat', '/proc/1/comm']).stdout).toBe('nginx\n');
    expect(cluster.exec(web, ['ps', '-o', 'pid,args']).stdout.replaceAll(/\d+/g, 'N')).toBe(
      'PID   COMMAND\n    N nginx: master process nginx -g daemon off;\n' +
        '    N nginx: worker process\n    N nginx: worker process\n    N ps -o pid,args\n',
    );
    const redis = cluster.run(sandbox, 'redis:7', { name: 'redis', args: ['--port', '7000'] });
    expect(cluster.exec(redis, ['redis-cli', '-p', '7000', 'ping']).stdout).toBe('PONG\n');
    const apache = cluster.run(cluster.sandbox('apache'), 'httpd:2.4');
    expect(apache.state).toBe('running');
  });

  it('hear TERM only with a trap, as process 1', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('pods');
    const run = (script: string) =>
      cluster.run(sandbox, 'busybox:1.36', { command: ['sh', '-c', script] });
    const polite = run(`trap 'echo got TERM, leaving; exit 0' TERM; echo open; ${forever}`);
    const deaf = run(forever);
    for (const each of [polite, deaf]) cluster.node().signalContainer(each, 'TERM');
    cluster.pass(2000);
    expect([polite.exit?.reason, deaf.state]).toEqual(['Completed', 'running']);
    expect(cluster.log(polite)).toBe('open\ngot TERM, leaving\n');
  });

  it('take commands at a prompt', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('box');
    const box = cluster.run(sandbox, 'busybox:1.36', { stdin: true, tty: true });
    let shown = '';
    const session = cluster.node().attach(box, {
      stdin: true,
      tty: true,
      onStdout: (text) => (shown += text),
      onStderr: () => undefined,
      onExit: (exit) => (shown += JSON.stringify(exit)),
    });
    session.writeStdin('echo $((6*7)) from $HOSTNAME\n');
    cluster.pass(100);
    session.writeStdin('exit 3\n');
    cluster.pass(100);
    expect(shown).toContain('42 from box\n');
    expect(box.exit?.code).toBe(3);
  });
});
