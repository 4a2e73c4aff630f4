// open(2): from a path and flags to an open file.
import { Errno } from '../errno.ts';
import { FileHandle } from '../io/file-handle.ts';
import type { OpenFile } from '../io/open-file.ts';
import type { OpenFlags } from '../types.ts';
import type { Actor } from './actor.ts';
import { addInode, ownInode, requireWritable } from './change.ts';
import { Content } from './content.ts';
import { DirectoryHandle } from '../io/directory-handle.ts';
import { DirectoryInode, FileInode, SpecialInode } from './inode.ts';
import { mayAccess } from './permissions.ts';
import { resolve } from './resolve.ts';
import { settle } from './usage.ts';

/** Throws ENOENT, EEXIST, EISDIR, EACCES, EROFS, ENOSPC and what `resolve` throws. */
export function openInode(actor: Actor, path: string, flags: OpenFlags, mode: number): OpenFile {
  const place = resolve(actor, path, true);
  const writes = flags.write === true || flags.append === true;
  if (place.inode === undefined) {
    if (flags.create !== true) throw new Errno('ENOENT');
    if (place.mustBeDirectory) throw new Errno('EISDIR');
    const file = new FileInode(mode & ~actor.umask, new Content());
    return new FileHandle(addInode(actor, place, file), flags, actor);
  }
  if (flags.exclusive === true && flags.create === true) throw new Errno('EEXIST');
  const { inode } = place;
  if (inode instanceof DirectoryInode) {
    if (writes || flags.create === true) throw new Errno('EISDIR');
    if (!mayAccess(actor, inode, 'read')) throw new Errno('EACCES');
    return new DirectoryHandle(inode, actor);
  }
  if (flags.read !== false && !(writes && flags.read === undefined)) {
    if (!mayAccess(actor, inode, 'read')) throw new Errno('EACCES');
  }
  if (writes && !mayAccess(actor, inode, 'write')) throw new Errno('EACCES');
  if (inode instanceof SpecialInode) return inode.open(actor, flags);
  if (writes || flags.truncate === true) requireWritable(place);
  const opened = writes ? ownInode({ ...place, inode }) : inode;
  if (!(opened instanceof FileInode)) throw new Errno('EINVAL');
  if (flags.truncate === true && opened.content.length > 0) {
    settle(opened, actor, () => opened.content.truncate(0));
    opened.touched(actor.nowMs());
  } else if (flags.truncate === true) {
    opened.touched(actor.nowMs());
  }
  return new FileHandle(opened, flags, actor);
}
