// Image layers: trees of files that all containers of an image share.
import type { Program } from '../types.ts';
import { Content } from './content.ts';
import { DirectoryInode, FileInode, type Inode, SymlinkInode } from './inode.ts';

/** What stands at a path: a text, or one of the forms with attributes. */
export type TreeEntry =
  | string
  | {
      /** A text file, 0644. */
      readonly text: string;
      readonly mode?: number;
      readonly uid?: number;
      readonly gid?: number;
    }
  | {
      /** A binary that runs, 0755. */
      readonly program: Program;
      readonly mode?: number;
      readonly sizeBytes?: number;
    }
  | { readonly link: string }
  | {
      readonly directory: true;
      readonly mode?: number;
      readonly uid?: number;
      readonly gid?: number;
    };

export interface TreeOptions {
  /** A layer below, which stays as it is. */
  readonly base?: DirectoryInode | undefined;
  readonly modifiedMs?: number;
}

/** What the first bytes of every binary are. */
const elf = Content.of('\x7fELF\x02\x01\x01');
const binaryBytes = 40_000;

/** Builds a layer from absolute paths (the leading slash may be left out); directories on the way are made, 0755 and root's. */
export function imageTree(
  entries: Readonly<Record<string, TreeEntry>>,
  options: TreeOptions = {},
): DirectoryInode {
  const modifiedMs = options.modifiedMs ?? 0;
  let number = (options.base?.number ?? 1) + 1;
  const place = <T extends Inode>(inode: T): T => {
    inode.modifiedMs = modifiedMs;
    inode.number = number;
    number += 1;
    return inode;
  };
  const root = place(new DirectoryInode(0o755, options.base));
  const made = new Set<Inode>([root]);
  // Every container has them as mount points; here they are shared.
  const mountPoints = options.base === undefined ? ['dev', 'proc', 'sys'] : [];
  for (const name of mountPoints) {
    const directory = place(new DirectoryInode(0o755));
    made.add(directory);
    root.set(name, directory);
  }
  const enter = (parent: DirectoryInode, name: string): DirectoryInode => {
    const found = parent.lookup(name, undefined);
    if (found instanceof DirectoryInode && made.has(found)) return found;
    const lower = found instanceof DirectoryInode ? found : undefined;
    const directory = place(new DirectoryInode(lower?.mode ?? 0o755, lower));
    made.add(directory);
    parent.set(name, directory);
    return directory;
  };
  for (const [path, entry] of Object.entries(entries)) {
    const parts = path.split('/').filter((part) => part !== '');
    const name = parts.pop();
    if (name === undefined) continue;
    const parent = parts.reduce(enter, root);
    if (typeof entry === 'object' && 'directory' in entry) {
      const directory = enter(parent, name);
      directory.mode = entry.mode ?? directory.mode;
      directory.uid = entry.uid ?? 0;
      directory.gid = entry.gid ?? 0;
    } else {
      parent.set(name, place(inodeOf(entry)));
    }
  }
  root.number = number;
  return root;
}

function inodeOf(entry: Exclude<TreeEntry, { readonly directory: true }>): Inode {
  if (typeof entry === 'string') return new FileInode(0o644, Content.of(entry));
  if ('link' in entry) return new SymlinkInode(entry.link);
  if ('program' in entry) {
    return new FileInode(entry.mode ?? 0o755, elf, entry.program, entry.sizeBytes ?? binaryBytes);
  }
  const file = new FileInode(entry.mode ?? 0o644, Content.of(entry.text));
  file.uid = entry.uid ?? 0;
  file.gid = entry.gid ?? 0;
  return file;
}
