import { describe, expect, it } from 'vitest';
import { TestCluster } from './testing.ts';
import type { MountConfig, Volume } from './types.ts';

const redis = { command: ['redis-server'] };
const mount = (
  volume: Volume,
  containerPath: string,
  more: Partial<MountConfig> = {},
): MountConfig => ({
  containerPath,
  volume,
  subPath: undefined,
  readOnly: false,
  ...more,
});
const files = (entries: Readonly<Record<string, string>>) =>
  new Map(Object.entries(entries).map(([name, text]) => [name, { text, mode: 0o644 }]));

describe('volumes', () => {
  it('are shared by containers and outlive them; a read-only mount cannot be written', () => {
    const cluster = new TestCluster();
    const sandbox = cluster.sandbox('shop');
    const volume = cluster.node().newVolume('disk', undefined);
    const writer = cluster.run(sandbox, 'redis:7', { ...redis, mounts: [mount(volume, '/out')] });
    const reader = cluster.run(sandbox, 'podlab/deaf:1.0', {
      name: 'reader',
      mounts: [mount(volume, '/in', { readOnly: true })],
    });
    cluster.exec(writer, ['tee', '/out/note'], 'node-1', { stdin: 'kept' });
    cluster.node().signalContainer(writer, 'KILL');
    cluster.pass(10);
    expect(cluster.exec(reader, ['cat', '/in/note']).stdout).toBe('kept');
    const refused = cluster.exec(reader, ['tee', '/in/more'], 'node-1', { stdin: 'x' });
    expect(refused.stderr).toBe('tee: /in/more: Read-only file system\n');
    volume.clear();
    expect(cluster.exec(reader, ['cat', '/in/note']).result).toBe(1);
  });

  it('hold no more than their limit', () => {
    const cluster = new TestCluster();
    const volume = cluster.node().newVolume('memory', 10);
    const box = cluster.run(cluster.sandbox('full'), 'redis:7', {
      ...redis,
      mounts: [mount(volume, '/cache')],
    });
    const full = cluster.exec(box, ['tee', '/cache/a'], 'node-1', { stdin: 'more than ten bytes' });
    expect(full.stderr).toMatch(/No space left on device\n$/);
    expect(volume.usedBytes()).toBe(10);
  });

  it('change their files all at once, behind the link ..data, but not under a subPath', () => {
    const cluster = new TestCluster();
    const volume = cluster.node().newVolume('projected', undefined);
    volume.setFiles(files({ 'a.conf': 'one\n', gone: 'x' }));
    const box = cluster.run(cluster.sandbox('config'), 'redis:7', {
      ...redis,
      mounts: [mount(volume, '/etc/app'), mount(volume, '/etc/single.conf', { subPath: 'a.conf' })],
    });
    const cat = (path: string) => cluster.exec(box, ['cat', path]).stdout;
    expect([cat('/etc/app/a.conf'), cat('/etc/single.conf')]).toEqual(['one\n', 'one\n']);
    volume.setFiles(files({ 'a.conf': 'two\n' }));
    expect([cat('/etc/app/a.conf'), cat('/etc/single.conf')]).toEqual(['two\n', 'one\n']);
    expect(cluster.exec(box, ['cat', '/etc/app/gone']).result).toBe(1);
  });

  it('belong to the Pod’s group where it has one', () => {
    const cluster = new TestCluster();
    const volume = cluster.node().newVolume('disk', undefined);
    const box = cluster.run(cluster.sandbox('locked'), 'podlab/deaf:1.0', {
      runAsUser: 1000,
      runAsGroup: 3000,
      fsGroup: 2000,
      readOnlyRootFilesystem: true,
      mounts: [mount(volume, '/tmp')],
    });
    expect(cluster.exec(box, ['tee', '/tmp/order'], 'node-1', { stdin: 'x' }).result).toBe(0);
    expect(cluster.exec(box, ['tee', '/order'], 'node-1', { stdin: 'x' }).stderr).toBe(
      'tee: /order: Read-only file system\n',
    );
  });

  it('of the node must be what they are said to be, and stay on their node', () => {
    const cluster = new TestCluster({ nodes: 2 });
    const host = (path: string, type: string, node = 'node-1') => {
      const result = cluster.node(node).hostVolume(path, type);
      return 'error' in result ? result.error : result.volume;
    };
    expect(host('/run/none', 'Directory')).toBe(
      'hostPath type check failed: /run/none is not a directory',
    );
    expect(host('/etc/hosts', 'Directory')).toBe(
      'hostPath type check failed: /etc/hosts is not a directory',
    );
    expect(host('/etc', 'File')).toBe('hostPath type check failed: /etc is not a file');
    const run = (node: string) => {
      const volume = host('/data/carts', 'DirectoryOrCreate', node);
      if (typeof volume === 'string') throw new Error(volume);
      const mounts = [mount(volume, '/carts')];
      return cluster.run(cluster.sandbox('any', node), 'redis:7', { ...redis, mounts }, node);
    };
    cluster.exec(run('node-1'), ['tee', '/carts/anna'], 'node-1', { stdin: '3 shirts\n' });
    expect(cluster.exec(run('node-1'), ['cat', '/carts/anna']).stdout).toBe('3 shirts\n');
    expect(cluster.exec(run('node-2'), ['cat', '/carts/anna'], 'node-2').result).toBe(1);
  });
});
