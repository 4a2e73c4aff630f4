// Accounts for what a change of a file's content costs its file system.
import type { FileStat } from '../types.ts';
import type { Actor } from './actor.ts';
import type { FileInode, Inode } from './inode.ts';

/** Makes a change and charges its cost; undone where there is no room (ENOSPC is thrown). */
export function settle(inode: FileInode, actor: Actor | undefined, change: () => void): void {
  const { owner, content } = inode;
  const bytes = content.byteLength;
  const held = content.heldLength;
  const before = content.length;
  change();
  if (owner === undefined) return;
  try {
    owner.charge(content.byteLength - bytes, content.heldLength - held, actor?.account);
  } catch (thrown) {
    if (content.length > before) content.truncate(before);
    throw thrown;
  }
}

export function statOf(inode: Inode, actor: Actor | undefined): FileStat {
  return {
    type: inode.type,
    mode: inode.mode,
    uid: inode.uid,
    gid: inode.gid,
    size: inode.size(actor),
    modifiedMs: inode.modifiedMs,
    links: inode.links,
    inode: inode.number,
    device: inode.owner?.device ?? 0,
  };
}
