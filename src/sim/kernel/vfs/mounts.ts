// The mounts of a mount namespace.
import type { FileSystem } from './file-system.ts';
import type { Inode } from './inode.ts';

export interface Mount {
  /** Absolute path without symlinks. */
  readonly at: string;
  readonly fileSystem: FileSystem;
  /** A directory, or a single file. */
  readonly root: Inode;
  readOnly: boolean;
}

export class MountTable {
  readonly #mounts: Mount[] = [];
  readonly #byPath = new Map<string, Mount>();

  /** Mounts over what is at the path. */
  add(mount: Mount): void {
    this.#mounts.push(mount);
    this.#byPath.set(mount.at, mount);
  }

  at(path: string): Mount | undefined {
    return this.#byPath.get(path);
  }

  /** The root file system. */
  get root(): Mount {
    const root = this.#byPath.get('/');
    if (root === undefined) throw new Error('a mount table needs a root before it is used');
    return root;
  }

  all(): readonly Mount[] {
    return this.#mounts;
  }

  /** Whether something is mounted below the path. */
  hasBelow(path: string): boolean {
    const prefix = path === '/' ? '/' : `${path}/`;
    return this.#mounts.some((mount) => mount.at !== path && mount.at.startsWith(prefix));
  }
}
