// How the node itself (kubelet, container runtime) works with a file system: no process, no permissions, no symlinks
// followed. Paths are relative to the file system's root.
import type { Actor } from './actor.ts';
import { Content } from './content.ts';
import type { FileSystem } from './file-system.ts';
import { DirectoryInode, FileInode, type Inode, SymlinkInode } from './inode.ts';
import type { MountTable } from './mounts.ts';
import { ProcessFiles } from './files.ts';
import { settle } from './usage.ts';

export interface Attributes {
  readonly mode?: number | undefined;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

function parts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}

/** The inode at a path of the file system. */
export function findInode(fileSystem: FileSystem, path: string): Inode | undefined {
  let inode: Inode | undefined = fileSystem.root;
  for (const part of parts(path)) {
    if (!(inode instanceof DirectoryInode)) return undefined;
    inode = inode.lookup(part, undefined);
  }
  return inode;
}

/** Makes a directory and all above it; those that are there stay as they are. Undefined where a file is in the way. */
export function makeDirectory(
  fileSystem: FileSystem,
  path: string,
  nowMs: number,
  attributes: Attributes = {},
): DirectoryInode | undefined {
  let directory: DirectoryInode = fileSystem.root;
  for (const part of parts(path)) {
    const found = directory.lookup(part, undefined);
    if (found !== undefined && !(found instanceof DirectoryInode)) return undefined;
    if (found?.owner === fileSystem) {
      directory = found;
      continue;
    }
    const next = found?.cloneFor(fileSystem) ?? fresh(fileSystem, nowMs, attributes);
    directory.set(part, next);
    directory.touched(nowMs);
    directory = next;
  }
  fileSystem.changed.wake();
  return directory;
}

function fresh(fileSystem: FileSystem, nowMs: number, attributes: Attributes): DirectoryInode {
  const directory = fileSystem.adopt(new DirectoryInode(attributes.mode ?? 0o755));
  directory.uid = attributes.uid ?? 0;
  directory.gid = attributes.gid ?? 0;
  directory.modifiedMs = nowMs;
  return directory;
}

/** Writes a file, made anew where it is missing or shared. Undefined where a directory is in the way. Throws ENOSPC. */
export function writeFile(
  fileSystem: FileSystem,
  path: string,
  text: string,
  nowMs: number,
  attributes: Attributes = {},
): FileInode | undefined {
  const names = parts(path);
  const name = names.pop();
  if (name === undefined) return undefined;
  const parent = makeDirectory(fileSystem, names.join('/'), nowMs);
  const found = parent?.lookup(name, undefined);
  if (parent === undefined || found instanceof DirectoryInode) return undefined;
  const kept = found instanceof FileInode && found.owner === fileSystem ? found : undefined;
  const file = kept ?? fileSystem.adopt(new FileInode(attributes.mode ?? 0o644, new Content()));
  file.mode = attributes.mode ?? file.mode;
  file.uid = attributes.uid ?? file.uid;
  file.gid = attributes.gid ?? file.gid;
  settle(file, undefined, () => {
    file.content.truncate(0);
    file.content.write(0, text);
  });
  parent.set(name, file);
  file.touched(nowMs);
  parent.touched(nowMs);
  fileSystem.changed.wake();
  return file;
}

/** Makes a symlink, in place of whatever has the name. */
export function makeSymlink(
  fileSystem: FileSystem,
  path: string,
  target: string,
  nowMs: number,
): void {
  const names = parts(path);
  const name = names.pop() ?? '';
  const parent = makeDirectory(fileSystem, names.join('/'), nowMs);
  if (parent === undefined || name === '') return;
  const link = fileSystem.adopt(new SymlinkInode(target));
  link.modifiedMs = nowMs;
  parent.lookup(name, undefined)?.changed.wake();
  parent.set(name, link);
  parent.touched(nowMs);
  fileSystem.changed.wake();
}

/** Removes a name and all below it; gives their room back. */
export function removeTree(fileSystem: FileSystem, path: string, nowMs: number): void {
  const names = parts(path);
  const name = names.pop();
  const parent = findInode(fileSystem, names.join('/'));
  if (name === undefined || !(parent instanceof DirectoryInode)) return;
  const inode = parent.lookup(name, undefined);
  if (inode === undefined || makeDirectory(fileSystem, names.join('/'), nowMs) === undefined)
    return;
  dropAll(inode, fileSystem);
  findDirectory(fileSystem, names.join('/'))?.delete(name);
  inode.changed.wake();
  fileSystem.changed.wake();
}

function findDirectory(fileSystem: FileSystem, path: string): DirectoryInode | undefined {
  const inode = findInode(fileSystem, path);
  return inode instanceof DirectoryInode ? inode : undefined;
}

function dropAll(inode: Inode, fileSystem: FileSystem): void {
  if (inode instanceof DirectoryInode) {
    for (const name of inode.names(undefined)) {
      const child = inode.lookup(name, undefined);
      if (child?.owner === fileSystem) dropAll(child, fileSystem);
    }
  } else if (inode.owner === fileSystem) {
    inode.links -= 1;
    if (inode instanceof FileInode && inode.links === 0 && inode.opens === 0) {
      settle(inode, undefined, () => inode.content.truncate(0));
    }
  }
}

/** Sets the owner of a tree, as fsGroup does (mode bits are added, never taken). */
export function changeTree(fileSystem: FileSystem, change: (inode: Inode) => void): void {
  const visit = (inode: Inode): void => {
    if (inode.owner !== fileSystem) return;
    change(inode);
    if (!(inode instanceof DirectoryInode)) return;
    for (const name of inode.names(undefined)) {
      const child = inode.lookup(name, undefined);
      if (child !== undefined) visit(child);
    }
  };
  visit(fileSystem.root);
}

/** File calls with root's rights in a mount table: symlinks and mounts as the container's processes see them. */
export function rootFiles(mountTable: MountTable, nowMs: () => number): ProcessFiles {
  return new ProcessFiles(rootActor(mountTable, nowMs));
}

export function rootActor(mountTable: MountTable, nowMs: () => number): Actor {
  return {
    uid: 0,
    gid: 0,
    groups: [],
    cwd: '/',
    umask: 0o022,
    mountTable,
    account: undefined,
    has: () => true,
    nowMs,
  };
}
