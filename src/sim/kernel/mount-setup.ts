// Puts a container's mounts in place: the usual ones and those of its Pod, with missing mount points made.
import { Errno } from './errno.ts';
import type { Actor } from './vfs/actor.ts';
import { findInode, makeDirectory, rootActor } from './vfs/edit.ts';
import type { FileSystem } from './vfs/file-system.ts';
import { Content } from './vfs/content.ts';
import { addInode } from './vfs/change.ts';
import { DirectoryInode, FileInode, type Inode } from './vfs/inode.ts';
import { type Mount, MountTable } from './vfs/mounts.ts';
import { existing, resolve } from './vfs/resolve.ts';

/** A mount as the container's configuration has it. */
export interface MountSpec {
  /** Absolute path in the container. */
  readonly at: string;
  readonly fileSystem: FileSystem;
  /** A directory or file in it instead of the whole; a missing one is made as a directory. */
  readonly subPath?: string | undefined;
  readonly readOnly?: boolean | undefined;
}

/** Why a mount cannot be made, in runc's words. */
export class MountError extends Error {}

/** Throws MountError. */
export function mountAll(
  root: FileSystem,
  readOnlyRoot: boolean,
  specs: readonly MountSpec[],
  nowMs: () => number,
): MountTable {
  const table = new MountTable();
  const rootMount: Mount = { at: '/', fileSystem: root, root: root.root, readOnly: false };
  table.add(rootMount);
  const actor = rootActor(table, nowMs);
  for (const spec of specs) {
    const source = sourceOf(spec, nowMs());
    const at = mountPoint(actor, spec.at, source instanceof DirectoryInode);
    const { fileSystem } = spec;
    table.add({ at, fileSystem, root: source, readOnly: spec.readOnly === true });
  }
  rootMount.readOnly = readOnlyRoot;
  return table;
}

function sourceOf(spec: MountSpec, nowMs: number): Inode {
  if (spec.subPath === undefined) return spec.fileSystem.root;
  const table = new MountTable();
  const { fileSystem } = spec;
  table.add({ at: '/', fileSystem, root: fileSystem.root, readOnly: false });
  const actor = rootActor(table, () => nowMs);
  try {
    const { inode } = resolve(actor, `/${spec.subPath}`, true);
    if (inode !== undefined) return inode;
  } catch (thrown) {
    if (!(thrown instanceof Errno)) throw thrown;
    if (thrown.code !== 'ENOENT') throw new MountError(thrown.message.toLowerCase());
  }
  makeDirectory(fileSystem, spec.subPath, nowMs, { mode: 0o750 });
  const made = findInode(fileSystem, spec.subPath);
  if (made === undefined) throw new MountError('not a directory');
  return made;
}

/** The path, free of symlinks, at which to mount; made where it is missing. */
function mountPoint(actor: Actor, path: string, isDirectory: boolean): string {
  try {
    const parts = path.split('/').filter((part) => part !== '');
    parts.forEach((_, index) => {
      const place = resolve(actor, `/${parts.slice(0, index + 1).join('/')}`, true);
      if (place.inode !== undefined) return;
      if (place.mount.fileSystem.backing === 'none') throw new Errno('ENOENT');
      const last = index === parts.length - 1;
      if (last && !isDirectory) addInode(actor, place, new FileInode(0o755, new Content()));
      else addInode(actor, place, new DirectoryInode(0o755));
    });
    const { inode, path: at } = existing(actor, path);
    if (inode instanceof DirectoryInode === isDirectory) return at;
  } catch (thrown) {
    if (!(thrown instanceof Errno)) throw thrown;
    throw new MountError(`error mounting to rootfs at "${path}": ${thrown.message.toLowerCase()}`);
  }
  throw new MountError(
    `error mounting to rootfs at "${path}": mount through procfd: not a directory: ` +
      'Are you trying to mount a directory onto a file (or vice-versa)? ' +
      'Check if the specified host path exists and is the expected type',
  );
}
