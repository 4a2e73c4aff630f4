// Calls that make, move and remove names.
import { Errno } from '../errno.ts';
import { openFifo } from '../io/fifo.ts';
import type { Actor } from './actor.ts';
import { addInode, noteNames, ownInode, ownParent, requireRemovable } from './change.ts';
import { DirectoryInode, FileInode, type Inode, SymlinkInode } from './inode.ts';
import { existing, type Place, resolve } from './resolve.ts';
import { settle } from './usage.ts';

function vacant(actor: Actor, path: string): Place {
  const place = resolve(actor, path, false);
  if (place.inode !== undefined) throw new Errno('EEXIST');
  return place;
}

export function makeDirectory(actor: Actor, path: string, mode: number): void {
  addInode(actor, vacant(actor, path), new DirectoryInode(mode & ~actor.umask));
}

/** As mkdir -p: what is there already may stay. */
export function makeDirectories(actor: Actor, path: string, mode: number): void {
  const parts = path.split('/');
  let done = path.startsWith('/') ? '/' : '';
  for (const part of parts) {
    if (part === '') continue;
    done = done === '' || done === '/' ? done + part : `${done}/${part}`;
    const place = resolve(actor, done, true);
    if (place.inode instanceof DirectoryInode) continue;
    if (place.inode !== undefined) throw new Errno(done === path ? 'EEXIST' : 'ENOTDIR');
    addInode(actor, place, new DirectoryInode(mode & ~actor.umask));
  }
}

export function makeFifo(actor: Actor, path: string): void {
  addInode(actor, vacant(actor, path), openFifo(0o666 & ~actor.umask));
}

export function symlink(actor: Actor, target: string, path: string): void {
  if (target === '') throw new Errno('ENOENT');
  addInode(actor, vacant(actor, path), new SymlinkInode(target));
}

export function link(actor: Actor, from: string, to: string): void {
  const source = existing(actor, from, false);
  if (source.inode instanceof DirectoryInode) throw new Errno('EPERM');
  const target = vacant(actor, to);
  if (source.mount.fileSystem !== target.mount.fileSystem) throw new Errno('EXDEV');
  const inode = ownInode(source);
  const { uid, gid, modifiedMs, number } = inode;
  addInode(actor, target, inode);
  Object.assign(inode, { uid, gid, modifiedMs, number });
  inode.links += 1;
}

export function unlink(actor: Actor, path: string): void {
  const place = existing(actor, path, false);
  if (place.inode instanceof DirectoryInode) throw new Errno('EISDIR');
  requireRemovable(actor, place);
  const parent = ownParent(place);
  parent.delete(place.name);
  dropLink(place.inode, actor);
  noteNames(place, parent, actor);
}

export function removeDirectory(actor: Actor, path: string): void {
  const place = existing(actor, path, false);
  if (!(place.inode instanceof DirectoryInode)) throw new Errno('ENOTDIR');
  requireRemovable(actor, place);
  if (!place.inode.isEmpty(actor)) throw new Errno('ENOTEMPTY');
  const parent = ownParent(place);
  parent.delete(place.name);
  noteNames(place, parent, actor);
}

export function rename(actor: Actor, from: string, to: string): void {
  const source = existing(actor, from, false);
  const target = resolve(actor, to, false);
  if (source.mount !== target.mount) throw new Errno('EXDEV');
  requireRemovable(actor, source);
  if (source.inode === target.inode) return;
  const isDirectory = source.inode instanceof DirectoryInode;
  if (isDirectory && `${target.path}/`.startsWith(`${source.path}/`)) throw new Errno('EINVAL');
  if (target.inode !== undefined) {
    replaceable(actor, { ...target, inode: target.inode }, isDirectory);
  } else if (target.mustBeDirectory && !isDirectory) {
    throw new Errno('ENOTDIR');
  }
  const inode = ownInode(source);
  const { uid, gid, modifiedMs, number, mode } = inode;
  // Adding checks the right to write in the target's directory; the inode keeps its attributes.
  addInode(actor, target, inode);
  Object.assign(inode, { uid, gid, modifiedMs, number, mode });
  const parent = ownParent(source);
  parent.delete(source.name);
  if (target.inode !== undefined) dropLink(target.inode, actor);
  noteNames(source, parent, actor);
}

function replaceable(actor: Actor, target: Place & { inode: Inode }, byDirectory: boolean): void {
  requireRemovable(actor, target);
  if (target.inode instanceof DirectoryInode) {
    if (!byDirectory) throw new Errno('EISDIR');
    if (!target.inode.isEmpty(actor)) throw new Errno('ENOTEMPTY');
  } else if (byDirectory) {
    throw new Errno('ENOTDIR');
  }
}

/** One name less; the room is free when the last name and the last open file are gone. */
function dropLink(inode: Inode, actor: Actor): void {
  if (inode.owner !== undefined) {
    inode.links -= 1;
    if (inode instanceof FileInode && inode.links === 0 && inode.opens === 0) {
      settle(inode, actor, () => inode.content.truncate(0));
    }
  }
  inode.changed.wake();
}
