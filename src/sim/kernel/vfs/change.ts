// What every change of the tree goes through: the mount's permission to write, the directory's, and the copy of shared inodes.
import { Errno } from '../errno.ts';
import type { Actor } from './actor.ts';
import { DirectoryInode, type Inode } from './inode.ts';
import { isOwner, mayAccess } from './permissions.ts';
import type { Place, Step } from './resolve.ts';

/** Makes the directory that holds the place, and all above it in its file system, the file system's own. */
export function ownParent(place: Place): DirectoryInode {
  const { fileSystem } = place.mount;
  let parent: Inode = place.mount.root;
  for (const step of place.way) {
    if (step.mount !== place.mount || step.inode === place.mount.root) continue;
    parent = ownStep(parent, step, fileSystem);
  }
  if (!(parent instanceof DirectoryInode)) throw new Errno('ENOTDIR');
  return parent;
}

function ownStep(parent: Inode, step: Step, fileSystem: Place['mount']['fileSystem']): Inode {
  if (step.inode.owner === fileSystem) return step.inode;
  if (!(parent instanceof DirectoryInode)) throw new Errno('ENOTDIR');
  // A copy may have been made since this way was walked (rename walks two).
  const present = parent.lookup(step.name, undefined);
  const copied = present?.owner === fileSystem ? present : step.inode.cloneFor(fileSystem);
  if (copied !== present) parent.set(step.name, copied);
  step.inode = copied;
  return copied;
}

/** The inode as one that its file system may change. */
export function ownInode(place: Place & { inode: Inode }): Inode {
  const { fileSystem } = place.mount;
  if (place.inode === place.mount.root || place.inode.owner === fileSystem) return place.inode;
  const parent = ownParent(place);
  const present = parent.lookup(place.name, undefined);
  if (present?.owner === fileSystem) return present;
  const copy = place.inode.cloneFor(fileSystem);
  parent.set(place.name, copy);
  return copy;
}

/** Throws EROFS where the mount is read-only. */
export function requireWritable(place: Place): void {
  if (place.mount.readOnly) throw new Errno('EROFS');
}

function parentOf(place: Place): Inode {
  const step = place.way[place.way.length - 1];
  if (step === undefined) throw new Errno('EBUSY');
  return step.inode;
}

/** Puts a new inode at a place that holds none; it gets the actor as its owner. */
export function addInode<T extends Inode>(actor: Actor, place: Place, inode: T): T {
  if (place.mount.fileSystem.backing === 'none') throw new Errno('EACCES');
  const shown = parentOf(place);
  if (!mayAccess(actor, shown, 'write') || !mayAccess(actor, shown, 'execute')) {
    throw new Errno(place.mount.readOnly ? 'EROFS' : 'EACCES');
  }
  requireWritable(place);
  const parent = ownParent(place);
  inode.uid = actor.uid;
  // A set-group-ID directory gives its group to what is made in it.
  const inherits = (parent.mode & 0o2000) !== 0;
  inode.gid = inherits ? parent.gid : actor.gid;
  if (inherits && inode.type === 'directory') inode.mode |= 0o2000;
  place.mount.fileSystem.adopt(inode);
  parent.set(place.name, inode);
  inode.modifiedMs = actor.nowMs();
  noteNames(place, parent, actor);
  return inode;
}

/** Whether the actor may take the entry out of its directory. Throws EBUSY for mount points, EROFS, EACCES, EPERM (sticky). */
export function requireRemovable(actor: Actor, place: Place & { inode: Inode }): void {
  const busy = place.inode === place.mount.root || actor.mountTable.hasBelow(place.path);
  if (busy) throw new Errno('EBUSY');
  const parent = parentOf(place);
  if (!mayAccess(actor, parent, 'write') || !mayAccess(actor, parent, 'execute')) {
    throw new Errno('EACCES');
  }
  requireWritable(place);
  if (place.mount.fileSystem.backing === 'none') throw new Errno('EPERM');
  const sticky = (parent.mode & 0o1000) !== 0;
  if (sticky && !isOwner(actor, parent) && !isOwner(actor, place.inode)) throw new Errno('EPERM');
}

/** Tells those who watch names that the directory changed. */
export function noteNames(place: Place, parent: DirectoryInode, actor: Actor): void {
  parent.touched(actor.nowMs());
  place.mount.fileSystem.changed.wake();
}
