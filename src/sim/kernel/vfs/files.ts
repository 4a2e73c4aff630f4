// The file calls of one process.
import { Errno } from '../errno.ts';
import type { FileStat, Files, FileSystemInfo, WaitQueue } from '../types.ts';
import type { Actor } from './actor.ts';
import { ownInode, requireWritable } from './change.ts';
import { FileInode, type Inode, DirectoryInode, SpecialInode, SymlinkInode } from './inode.ts';
import type { Mount } from './mounts.ts';
import * as names from './names.ts';
import { openInode } from './open.ts';
import { isOwner, mayAccess, inGroup } from './permissions.ts';
import { existing, type Place, resolve } from './resolve.ts';
import { settle, statOf } from './usage.ts';

const maxReadLength = 1 << 26;

export class ProcessFiles implements Files {
  readonly #actor: Actor;

  constructor(actor: Actor) {
    this.#actor = actor;
  }

  stat(path: string): FileStat {
    return this.#stat(existing(this.#actor, path));
  }

  lstat(path: string): FileStat {
    return this.#stat(existing(this.#actor, path, false));
  }

  #stat(place: Place & { inode: Inode }): FileStat {
    return { ...statOf(place.inode, this.#actor), device: place.mount.fileSystem.device };
  }

  list(path: string): readonly string[] {
    const { inode } = existing(this.#actor, path);
    if (!(inode instanceof DirectoryInode)) throw new Errno('ENOTDIR');
    if (!mayAccess(this.#actor, inode, 'read')) throw new Errno('EACCES');
    return inode.names(this.#actor);
  }

  readText(path: string): string {
    const { inode } = existing(this.#actor, path);
    if (inode instanceof DirectoryInode) throw new Errno('EISDIR');
    if (!mayAccess(this.#actor, inode, 'read')) throw new Errno('EACCES');
    if (inode instanceof FileInode) return inode.content.slice(0, maxReadLength);
    if (!(inode instanceof SpecialInode)) throw new Errno('EINVAL');
    return readNow(inode, this.#actor);
  }

  writeText(
    path: string,
    text: string,
    options: { readonly append?: boolean; readonly mode?: number } = {},
  ): void {
    const flags = { write: true, create: true, append: options.append === true };
    const file = openInode(
      this.#actor,
      path,
      { ...flags, truncate: options.append !== true },
      options.mode ?? 0o666,
    );
    file.hold();
    try {
      for (let rest = text; rest !== '';) {
        const taken = file.tryWrite(rest, { signal: () => undefined });
        if (typeof taken !== 'number') throw new Errno('EAGAIN');
        rest = rest.slice(taken);
      }
    } finally {
      file.release();
    }
  }

  mkdir(path: string, options: { readonly parents?: boolean; readonly mode?: number } = {}): void {
    if (options.parents === true) names.makeDirectories(this.#actor, path, options.mode ?? 0o777);
    else names.makeDirectory(this.#actor, path, options.mode ?? 0o777);
  }

  unlink(path: string): void {
    names.unlink(this.#actor, path);
  }

  rmdir(path: string): void {
    names.removeDirectory(this.#actor, path);
  }

  rename(from: string, to: string): void {
    names.rename(this.#actor, from, to);
  }

  link(from: string, to: string): void {
    names.link(this.#actor, from, to);
  }

  symlink(target: string, path: string): void {
    names.symlink(this.#actor, target, path);
  }

  mkfifo(path: string): void {
    names.makeFifo(this.#actor, path);
  }

  readlink(path: string): string {
    const { inode } = existing(this.#actor, path, false);
    if (!(inode instanceof SymlinkInode)) throw new Errno('EINVAL');
    return inode.target(this.#actor);
  }

  chmod(path: string, mode: number): void {
    const place = existing(this.#actor, path);
    if (!isOwner(this.#actor, place.inode)) throw new Errno('EPERM');
    requireWritable(place);
    const inode = ownInode(place);
    inode.mode = mode & 0o7777;
  }

  chown(path: string, uid: number, gid: number): void {
    const place = existing(this.#actor, path);
    const { inode } = place;
    const sameUser = uid === inode.uid && this.#actor.uid === inode.uid;
    if (!this.#actor.has('CHOWN') && !(sameUser && inGroup(this.#actor, gid))) {
      throw new Errno('EPERM');
    }
    requireWritable(place);
    const own = ownInode(place);
    own.uid = uid;
    own.gid = gid;
  }

  touch(path: string, modifiedMs?: number): void {
    const place = resolve(this.#actor, path, true);
    if (place.inode === undefined) {
      openInode(this.#actor, path, { write: true, create: true }, 0o666);
      if (modifiedMs !== undefined) this.touch(path, modifiedMs);
      return;
    }
    const found = { ...place, inode: place.inode };
    const may = modifiedMs === undefined && mayAccess(this.#actor, found.inode, 'write');
    if (!may && !isOwner(this.#actor, found.inode)) {
      throw new Errno(modifiedMs === undefined ? 'EACCES' : 'EPERM');
    }
    requireWritable(place);
    ownInode(found).touched(modifiedMs ?? this.#actor.nowMs());
  }

  truncate(path: string, length: number): void {
    const place = existing(this.#actor, path);
    if (place.inode instanceof DirectoryInode) throw new Errno('EISDIR');
    if (!mayAccess(this.#actor, place.inode, 'write')) throw new Errno('EACCES');
    requireWritable(place);
    const inode = ownInode(place);
    if (!(inode instanceof FileInode)) throw new Errno('EINVAL');
    settle(inode, this.#actor, () => inode.content.truncate(length));
    inode.touched(this.#actor.nowMs());
  }

  realpath(path: string): string {
    return existing(this.#actor, path).path;
  }

  exists(path: string): boolean {
    try {
      return resolve(this.#actor, path, true).inode !== undefined;
    } catch (thrown) {
      if (thrown instanceof Errno) return false;
      throw thrown;
    }
  }

  access(path: string, mode: 'read' | 'write' | 'execute'): boolean {
    try {
      const { inode, mount } = existing(this.#actor, path);
      if (mode === 'write' && mount.readOnly && inode.type !== 'device') return false;
      return mayAccess(this.#actor, inode, mode);
    } catch (thrown) {
      if (thrown instanceof Errno) return false;
      throw thrown;
    }
  }

  changes(path: string): WaitQueue {
    try {
      const { inode, mount } = resolve(this.#actor, path, true);
      return inode === undefined ? mount.fileSystem.changed : inode.changed;
    } catch (thrown) {
      if (thrown instanceof Errno) return this.#actor.mountTable.root.fileSystem.changed;
      throw thrown;
    }
  }

  fileSystem(path: string): FileSystemInfo {
    return describeMount(existing(this.#actor, path).mount);
  }

  mounts(): readonly FileSystemInfo[] {
    return this.#actor.mountTable.all().map(describeMount);
  }
}

export function describeMount(mount: Mount): FileSystemInfo {
  const { fileSystem } = mount;
  return {
    source: fileSystem.source,
    type: fileSystem.type,
    mountPoint: mount.at,
    options: `${mount.readOnly ? 'ro' : 'rw'},relatime`,
    totalBytes: fileSystem.backing === 'none' ? 0 : fileSystem.totalBytes,
    usedBytes: fileSystem.backing === 'none' ? 0 : fileSystem.shownUsedBytes,
  };
}

/** All that a device or generated file gives without waiting. */
function readNow(inode: SpecialInode, actor: Actor): string {
  const file = inode.open(actor, { read: true });
  file.hold();
  let text = '';
  for (;;) {
    const part = file.tryRead(maxReadLength, false);
    if (typeof part !== 'string') break;
    text += part;
    if (text.length >= 1 << 20) break;
  }
  file.release();
  return text;
}
