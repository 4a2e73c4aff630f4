// A file system: what can be mounted, with its size and usage.
import { Errno } from '../errno.ts';
import type { MemoryAccount } from '../types.ts';
import { Queue } from '../wait-queue.ts';
import type { Inode } from './inode.ts';
import { DirectoryInode } from './inode.ts';

/** Something of which only so much is there: the disk of a node, and the host's memory for texts. */
export interface Store {
  totalBytes: number;
  usedBytes: number;
  /** Characters that all files of the machine may hold in the host's memory. */
  maxHeld: number;
  held: number;
}

export interface FileSystemOptions {
  /** First column of df: `overlay`, `tmpfs`, `/dev/sda1`. */
  readonly source: string;
  readonly type: string;
  readonly device: number;
  readonly store: Store;
  /** `disk` takes room of the store, `memory` of the control groups that write to it, `none` of nothing. */
  readonly backing: 'disk' | 'memory' | 'none';
  /** Bytes; beyond it ENOSPC. */
  readonly limitBytes?: number | undefined;
  /** A tree to start from, shared with others and copied piece by piece when something is changed. */
  readonly lower?: DirectoryInode | undefined;
}

const maxInodes = 100_000;
/** Numbers of inodes of image layers lie below. */
const firstInode = 1_000_000;

export class FileSystem {
  readonly source: string;
  readonly type: string;
  readonly device: number;
  readonly backing: FileSystemOptions['backing'];
  readonly root: DirectoryInode;
  /** Woken when a name appears or goes anywhere in it. */
  readonly changed = new Queue();
  limitBytes: number | undefined;
  usedBytes = 0;
  readonly #store: Store;
  #held = 0;
  #inodes = 0;
  #charges: Map<MemoryAccount, number> | undefined;

  constructor(options: FileSystemOptions) {
    this.source = options.source;
    this.type = options.type;
    this.device = options.device;
    this.backing = options.backing;
    this.limitBytes = options.limitBytes;
    this.#store = options.store;
    this.root =
      options.lower === undefined
        ? this.adopt(new DirectoryInode(0o755))
        : options.lower.cloneFor(this);
  }

  get totalBytes(): number {
    return this.limitBytes ?? this.#store.totalBytes;
  }

  /** What df shows as used: of the whole disk where it has no size of its own. */
  get shownUsedBytes(): number {
    return this.backing === 'disk' && this.limitBytes === undefined
      ? this.#store.usedBytes
      : this.usedBytes;
  }

  /** Gives an inode to this file system, with a number. Throws ENOSPC beyond 100,000. */
  adopt<T extends Inode>(inode: T): T {
    if (this.#inodes >= maxInodes) throw new Errno('ENOSPC');
    inode.owner = this;
    inode.number = firstInode + this.#inodes;
    this.#inodes += 1;
    return inode;
  }

  /** Takes or gives back room. Throws ENOSPC where there is none; false where it cost the control group its life. */
  charge(bytes: number, held: number, account: MemoryAccount | undefined): boolean {
    const store = this.#store;
    if (bytes > 0) {
      if (this.limitBytes !== undefined && this.usedBytes + bytes > this.limitBytes) {
        throw new Errno('ENOSPC');
      }
      if (this.backing === 'disk' && store.usedBytes + bytes > store.totalBytes) {
        throw new Errno('ENOSPC');
      }
    }
    if (held > 0 && store.held + held > store.maxHeld) throw new Errno('ENOSPC');
    this.usedBytes += bytes;
    this.#held += held;
    store.held += held;
    if (this.backing === 'disk') store.usedBytes += bytes;
    return this.backing !== 'memory' || this.#chargeMemory(bytes, account);
  }

  /** How many bytes may still be written. */
  freeBytes(): number {
    const own =
      this.limitBytes === undefined ? Number.POSITIVE_INFINITY : this.limitBytes - this.usedBytes;
    const disk = this.#store.totalBytes - this.#store.usedBytes;
    return Math.max(0, this.backing === 'disk' ? Math.min(own, disk) : own);
  }

  /** Forgets everything in it: the container or volume is gone. */
  discard(): void {
    this.#store.held -= this.#held;
    if (this.backing === 'disk') this.#store.usedBytes -= this.usedBytes;
    for (const [account, bytes] of this.#charges ?? []) account.adjust(-bytes);
    this.#charges = undefined;
    this.#held = 0;
    this.usedBytes = 0;
    this.root.clear();
    this.changed.wake();
  }

  #chargeMemory(bytes: number, account: MemoryAccount | undefined): boolean {
    this.#charges ??= new Map();
    if (bytes > 0) {
      if (account === undefined) return true;
      this.#charges.set(account, (this.#charges.get(account) ?? 0) + bytes);
      return account.adjust(bytes);
    }
    let left = -bytes;
    for (const [each, charged] of this.#charges) {
      const back = Math.min(left, charged);
      this.#charges.set(each, charged - back);
      each.adjust(-back);
      left -= back;
      if (left === 0) break;
    }
    return true;
  }
}
