// Who may do what with an inode (path_resolution(7), capabilities(7)).
import type { Actor } from './actor.ts';
import type { Inode } from './inode.ts';

export type Access = 'read' | 'write' | 'execute';
const bits: Readonly<Record<Access, number>> = { read: 4, write: 2, execute: 1 };

export function mayAccess(actor: Actor, inode: Inode, access: Access): boolean {
  const bit = bits[access];
  if (actor.has('DAC_OVERRIDE')) {
    return access !== 'execute' || inode.type === 'directory' || (inode.mode & 0o111) !== 0;
  }
  if (inode.uid === actor.uid) return ((inode.mode >> 6) & bit) !== 0;
  if (inGroup(actor, inode.gid)) return ((inode.mode >> 3) & bit) !== 0;
  return (inode.mode & bit) !== 0;
}

export function inGroup(actor: Actor, gid: number): boolean {
  return actor.gid === gid || actor.groups.includes(gid);
}

/** Whether the actor may do what only an owner may: change the mode, set times, remove from a sticky directory. */
export function isOwner(actor: Actor, inode: Inode): boolean {
  return actor.uid === inode.uid || actor.has('FOWNER');
}
