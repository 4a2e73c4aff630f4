import { describe, expect, it } from 'vitest';
import { isErrno } from '../errno.ts';
import { TestMachine, type TestMachineOptions } from '../testing.ts';
import type { Files, Process } from '../types.ts';
import { findInode, makeDirectory, makeSymlink, removeTree, writeFile } from './edit.ts';
import { imageTree } from './tree.ts';

/** A process that does nothing, to make calls as. */
function processIn(box: TestMachine): Process {
  const started = box.space.exec({ argv: ['idle'], env: [['PATH', '/bin']] });
  if ('error' in started) throw new Error(started.error);
  box.clock.advanceTo(box.clock.nowMs() + 5);
  return started;
}

function open(options: TestMachineOptions = {}): { box: TestMachine; files: Files } {
  const box = new TestMachine({
    ...options,
    programs: {
      *idle(process) {
        yield* process.sleep(1e9);
        return 0;
      },
    },
  });
  return { box, files: processIn(box).files };
}

function errorOf(call: () => unknown): string {
  try {
    call();
    return 'none';
  } catch (thrown) {
    if (isErrno(thrown)) return thrown.code;
    throw thrown;
  }
}

describe('files of a container', () => {
  it('are the image’s until they are changed, and then its own', () => {
    const image = imageTree({
      'etc/motd': 'welcome\n',
      'bin/idle': { program: () => sleepForever() },
    });
    const one = open({ space: { image } }).files;
    const two = open({ space: { image } }).files;
    one.writeText('/etc/motd', 'changed\n', { append: true });
    one.unlink('/bin/idle');
    expect(one.readText('/etc/motd')).toBe('welcome\nchanged\n');
    expect(one.list('/bin')).toEqual([]);
    expect(two.readText('/etc/motd')).toBe('welcome\n');
    expect(two.list('/bin')).toEqual(['idle']);
  });

  it('can be made, listed in byte order, moved and removed', () => {
    const { files } = open();
    files.mkdir('/work/deep/er', { parents: true });
    for (const name of ['b', 'a', 'Z', '.hidden', 'ä']) files.writeText(`/work/${name}`, name);
    expect(files.list('/work')).toEqual(['.hidden', 'Z', 'a', 'b', 'deep', 'ä']);
    files.rename('/work/a', '/work/deep/moved');
    expect(files.readText('/work/deep/moved')).toBe('a');
    expect(errorOf(() => files.stat('/work/a'))).toBe('ENOENT');
    expect(errorOf(() => files.rmdir('/work/deep'))).toBe('ENOTEMPTY');
    expect(errorOf(() => files.unlink('/work/deep'))).toBe('EISDIR');
    expect(errorOf(() => files.rename('/work/deep', '/work/deep/er/x'))).toBe('EINVAL');
    files.rename('/work/deep', '/work/other');
    expect(files.list('/work/other')).toEqual(['er', 'moved']);
  });

  it('can be moved within and between directories of the image', () => {
    const { files } = open({ files: { 'a/x': 'x', 'a/y': 'y', 'a/sub/z': 'z', 'b/w': 'w' } });
    files.rename('/a/x', '/a/moved');
    files.rename('/a/y', '/b/w');
    files.rename('/a/sub', '/b/sub');
    files.link('/b/w', '/b/link');
    expect([files.list('/a'), files.list('/b'), files.list('/b/sub')]).toEqual([
      ['moved'],
      ['link', 'sub', 'w'],
      ['z'],
    ]);
    expect([files.readText('/b/w'), files.stat('/b/link').links]).toEqual(['y', 2]);
  });

  it('follow symlinks, relative and absolute, and stop at loops', () => {
    const { files } = open({ files: { 'data/real': 'text', 'data/rel': { link: 'real' } } });
    files.symlink('/data/rel', '/tmp/abs');
    files.symlink('../data', '/tmp/dir');
    expect(files.readText('/tmp/abs')).toBe('text');
    expect(files.readText('/tmp/dir/rel')).toBe('text');
    expect(files.realpath('/tmp/dir/../data/rel')).toBe('/data/real');
    expect(files.lstat('/tmp/abs').type).toBe('symlink');
    expect(files.readlink('/tmp/dir')).toBe('../data');
    files.symlink('loop', '/tmp/loop');
    expect(errorOf(() => files.readText('/tmp/loop'))).toBe('ELOOP');
  });

  it('share content between hard links', () => {
    const { files } = open();
    files.writeText('/tmp/a', 'one');
    files.link('/tmp/a', '/tmp/b');
    files.writeText('/tmp/b', ' two', { append: true });
    expect(files.readText('/tmp/a')).toBe('one two');
    expect(files.stat('/tmp/a')).toMatchObject({ links: 2, inode: files.stat('/tmp/b').inode });
    files.unlink('/tmp/a');
    expect(files.stat('/tmp/b').links).toBe(1);
  });

  it('are guarded by mode bits, owners, sticky and set-group-id directories', () => {
    const { files } = open({
      space: { uid: 1000, gid: 1000, groups: [2000] },
      files: {
        secret: { text: 'x', mode: 0o600 },
        group: { text: 'g', mode: 0o640, gid: 2000 },
        shared: { directory: true, mode: 0o2775, gid: 2000 },
        'tmp/roots': 'r',
      },
    });
    expect(errorOf(() => files.readText('/secret'))).toBe('EACCES');
    expect(files.readText('/group')).toBe('g');
    expect(errorOf(() => files.writeText('/group', 'h'))).toBe('EACCES');
    expect(errorOf(() => files.writeText('/etc/new', 'h'))).toBe('EACCES');
    expect(errorOf(() => files.unlink('/tmp/roots'))).toBe('EPERM');
    files.writeText('/shared/mine', 'm');
    expect(files.stat('/shared/mine')).toMatchObject({ uid: 1000, gid: 2000, mode: 0o644 });
    expect(errorOf(() => files.chown('/shared/mine', 0, 0))).toBe('EPERM');
    expect(errorOf(() => files.chmod('/secret', 0o777))).toBe('EPERM');
    expect(errorOf(() => files.list('/root'))).toBe('EACCES');
  });

  it('cannot be changed on a read-only mount', () => {
    const { files } = open({ space: { readOnlyRoot: true } });
    for (const call of [
      () => files.writeText('/etc/passwd', 'x'),
      () => files.mkdir('/new'),
      () => files.unlink('/etc/passwd'),
      () => files.touch('/etc/passwd'),
      () => files.chmod('/etc/passwd', 0),
    ]) {
      expect(errorOf(call)).toBe('EROFS');
    }
    files.writeText('/dev/null', 'still writable');
    expect(files.access('/etc/passwd', 'write')).toBe(false);
  });

  it('tell those who wait for a change', () => {
    const { files } = open();
    files.writeText('/tmp/log', 'a');
    const seen: string[] = [];
    const watch = (name: string, path: string): void => {
      files.changes(path).add({ wake: () => seen.push(name) });
    };
    watch('content', '/tmp/log');
    files.writeText('/tmp/log', 'b', { append: true });
    watch('made', '/tmp/later');
    files.writeText('/tmp/later', '');
    watch('removed', '/tmp/log');
    files.unlink('/tmp/log');
    expect(seen).toEqual(['content', 'made', 'removed']);
  });
});

describe('mounts', () => {
  it('bring volumes into containers, with subPath, single files and read-only views', () => {
    const { box, files } = open({
      mounts: (machine) => {
        const volume = machine.createFileSystem();
        writeFile(volume, 'conf/app.ini', 'x=1\n', 0);
        const fileSystem = volume;
        return [
          { at: '/data', fileSystem },
          { at: '/view', fileSystem, readOnly: true },
          { at: '/etc/app.ini', fileSystem, subPath: 'conf/app.ini' },
          { at: '/made', fileSystem, subPath: 'not/there/yet' },
        ];
      },
    });
    files.writeText('/data/hello', 'hi');
    expect(files.readText('/view/hello')).toBe('hi');
    expect(errorOf(() => files.writeText('/view/hello', 'no'))).toBe('EROFS');
    expect(files.readText('/etc/app.ini')).toBe('x=1\n');
    expect(files.list('/made')).toEqual([]);
    expect(errorOf(() => files.unlink('/etc/app.ini'))).toBe('EBUSY');
    expect(errorOf(() => files.rename('/data/hello', '/tmp/hello'))).toBe('EXDEV');
    const df = files.fileSystem('/data/hello');
    expect([df.mountPoint, df.type, df.usedBytes]).toEqual(['/data', 'ext4', 6]);
    expect(box.space.files().readText('/data/hello')).toBe('hi');
  });

  it('in memory have a size and count to the container’s memory', () => {
    const { box, files } = open({
      mounts: (machine) => [
        {
          at: '/mem',
          fileSystem: machine.createFileSystem({ backing: 'memory', limitBytes: 1000 }),
        },
      ],
    });
    const before = box.space.cgroup.usedBytes();
    files.writeText('/mem/a', 'x'.repeat(600));
    expect(box.space.cgroup.usedBytes() - before).toBe(600);
    expect(errorOf(() => files.writeText('/mem/b', 'x'.repeat(600)))).toBe('ENOSPC');
    expect(files.stat('/mem/b').size).toBe(400);
    files.unlink('/mem/a');
    files.unlink('/mem/b');
    expect(box.space.cgroup.usedBytes()).toBe(before);
  });

  it('say in words what cannot be mounted', () => {
    const make = (): TestMachine =>
      new TestMachine({
        mounts: (machine) => [{ at: '/etc/passwd', fileSystem: machine.createFileSystem() }],
      });
    expect(make).toThrow(/Are you trying to mount a directory onto a file/);
  });
});

describe('the node’s own view of a volume', () => {
  it('writes, links and removes without any process', () => {
    const { machine } = new TestMachine();
    const volume = machine.createFileSystem();
    writeFile(volume, '..1/key', 'value', 5, { mode: 0o400, gid: 2000 });
    makeSymlink(volume, '..data', '..1', 5);
    makeDirectory(volume, 'empty', 5, { mode: 0o700 });
    expect(findInode(volume, '..1/key')).toMatchObject({ mode: 0o400, gid: 2000 });
    expect(volume.usedBytes).toBe(5);
    removeTree(volume, '..1', 6);
    expect(findInode(volume, '..1')).toBeUndefined();
    expect(volume.usedBytes).toBe(0);
    expect(volume.root.names(undefined)).toEqual(['..data', 'empty']);
  });
});

function* sleepForever() {
  yield { on: 'sleep', ms: 1e12 } as const;
  return 0;
}
