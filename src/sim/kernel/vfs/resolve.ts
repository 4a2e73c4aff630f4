// From a path to an inode: component by component, through mounts and symlinks, with the right to search each directory.
import { Errno } from '../errno.ts';
import type { Actor } from './actor.ts';
import { DirectoryInode, type Inode, SymlinkInode } from './inode.ts';
import type { Mount } from './mounts.ts';
import { mayAccess } from './permissions.ts';

const maxLinks = 40;
const maxPath = 4096;
const maxName = 255;

/** A step of the way: the inode at a path, and the mount it was found in. */
export interface Step {
  inode: Inode;
  readonly mount: Mount;
  readonly path: string;
  readonly name: string;
}

export interface Place {
  /** The directories on the way, from `/` to the parent; for `/` itself empty. */
  readonly way: readonly Step[];
  readonly name: string;
  /** Absolute, without symlinks but for the last component where they were not to be followed. */
  readonly path: string;
  /** The mount that holds the inode, or would. */
  readonly mount: Mount;
  readonly inode: Inode | undefined;
  /** The path ended in a slash: only a directory will do. */
  readonly mustBeDirectory: boolean;
}

/** Throws ENOENT for a missing directory on the way, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG. A missing last component is no error. */
export function resolve(actor: Actor, path: string, follow: boolean): Place {
  if (path === '') throw new Errno('ENOENT');
  if (path.length > maxPath) throw new Errno('ENAMETOOLONG');
  const absolute = path.startsWith('/') ? path : `${actor.cwd}/${path}`;
  const pending = absolute.split('/').reverse();
  const rootMount = actor.mountTable.root;
  const root: Step = { inode: rootMount.root, mount: rootMount, path: '/', name: '/' };
  let way: Step[] = [root];
  let links = 0;
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (way.length > 1) way.pop();
      continue;
    }
    if (name.length > maxName) throw new Errno('ENAMETOOLONG');
    const top = way[way.length - 1] ?? root;
    const step = enter(actor, top, name);
    const last = pending.every((rest) => rest === '' || rest === '.');
    const mustBeDirectory = last && pending.length > 0;
    if (step === undefined) {
      if (!last) throw new Errno('ENOENT');
      const missing = join(top.path, name);
      const mount = top.mount;
      return { way, name, path: missing, mount, inode: undefined, mustBeDirectory };
    }
    if (step.inode instanceof SymlinkInode && (!last || follow || mustBeDirectory)) {
      links += 1;
      if (links > maxLinks) throw new Errno('ELOOP');
      const target = step.inode.target(actor);
      if (target.startsWith('/')) way = [root];
      pending.push(...target.split('/').reverse());
      continue;
    }
    if (last) {
      const { inode, mount } = step;
      if (mustBeDirectory && !(inode instanceof DirectoryInode)) throw new Errno('ENOTDIR');
      return { way, name, path: step.path, mount, inode, mustBeDirectory };
    }
    way.push(step);
  }
  const here = way.pop() ?? root;
  const { inode, mount } = here;
  return { way, name: here.name, path: here.path, mount, inode, mustBeDirectory: true };
}

/** The inode at a path; throws ENOENT where there is none. */
export function existing(actor: Actor, path: string, follow = true): Place & { inode: Inode } {
  const place = resolve(actor, path, follow);
  if (place.inode === undefined) throw new Errno('ENOENT');
  return place as Place & { inode: Inode };
}

function enter(actor: Actor, top: Step, name: string): Step | undefined {
  const directory = top.inode;
  if (!(directory instanceof DirectoryInode)) throw new Errno('ENOTDIR');
  if (!mayAccess(actor, directory, 'execute')) throw new Errno('EACCES');
  const path = join(top.path, name);
  const mounted = actor.mountTable.at(path);
  if (mounted !== undefined) return { inode: mounted.root, mount: mounted, path, name };
  const inode = directory.lookup(name, actor);
  return inode === undefined ? undefined : { inode, mount: top.mount, path, name };
}

export function join(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}
