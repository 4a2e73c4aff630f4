// Building blocks of /proc, /sys and /dev: files whose text depends on who reads.
import { GeneratedFile } from '../io/devices.ts';
import type { KernelProcess } from '../process/process.ts';
import type { Actor } from '../vfs/actor.ts';
import { GeneratedDirectory, type Inode, SpecialInode, SymlinkInode } from '../vfs/inode.ts';
import { statOf } from '../vfs/usage.ts';

/** Looks into /proc and the like are always a process's; the node's own view has none. */
export function viewer(actor: Actor): KernelProcess {
  return actor as KernelProcess;
}

/** A read-only file. */
export function textFile(make: (viewer: KernelProcess) => string, mode = 0o444): Inode {
  const inode: SpecialInode = new SpecialInode('file', mode, (actor) => {
    return new GeneratedFile(() => make(viewer(actor)), { ...statOf(inode, actor), size: 0 });
  });
  return inode;
}

export function linkTo(target: (viewer: KernelProcess) => string): Inode {
  return new SymlinkInode((actor) => target(viewer(actor)));
}

/** A directory with the same names for everybody. */
export function fixedDirectory(entries: Readonly<Record<string, Inode>>): GeneratedDirectory {
  const names = Object.keys(entries).sort();
  const byName = new Map(Object.entries(entries));
  return new GeneratedDirectory(
    () => names,
    (name) => byName.get(name),
  );
}
