// An open directory: it can be looked at, not read as text.
import { Errno } from '../errno.ts';
import type { FileStat, WaitQueue } from '../types.ts';
import type { Actor } from '../vfs/actor.ts';
import type { DirectoryInode } from '../vfs/inode.ts';
import { statOf } from '../vfs/usage.ts';
import { OpenFile } from './open-file.ts';

export class DirectoryHandle extends OpenFile {
  readonly #inode: DirectoryInode;
  readonly #actor: Actor;

  constructor(inode: DirectoryInode, actor: Actor) {
    super();
    this.#inode = inode;
    this.#actor = actor;
  }

  get readable(): WaitQueue {
    return this.#inode.changed;
  }

  tryRead(): never {
    throw new Errno('EISDIR');
  }

  tryWrite(): never {
    throw new Errno('EBADF');
  }

  stat(): FileStat {
    return statOf(this.#inode, this.#actor);
  }
}
