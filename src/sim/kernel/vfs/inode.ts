// Inodes. Those of image layers belong to nobody and are shared by all containers; a container that changes one gets a
// copy of its own first (a directory's copy only holds what differs).
import type { Program } from '../types.ts';
import { Queue } from '../wait-queue.ts';
import type { Actor } from './actor.ts';
import type { Content } from './content.ts';
import type { FileSystem } from './file-system.ts';
import type { OpenFile } from '../io/open-file.ts';
import type { OpenFlags } from '../types.ts';

export type InodeType = 'file' | 'directory' | 'symlink' | 'fifo' | 'device' | 'socket';

export abstract class Inode {
  abstract readonly type: InodeType;
  mode: number;
  uid = 0;
  gid = 0;
  modifiedMs = 0;
  links = 1;
  number = 0;
  /** The file system it may be changed in; undefined for a shared one. */
  owner: FileSystem | undefined = undefined;
  #changed: Queue | undefined = undefined;

  constructor(mode: number) {
    this.mode = mode;
  }

  /** UTF-8 bytes. */
  size(_actor: Actor | undefined): number {
    return 0;
  }

  /** Woken when content or names change. */
  get changed(): Queue {
    this.#changed ??= new Queue();
    return this.#changed;
  }

  touched(nowMs: number): void {
    this.modifiedMs = nowMs;
    this.#changed?.wake();
  }

  /** A copy that the file system may change. */
  abstract cloneFor(fileSystem: FileSystem): Inode;

  protected copyAttributes<T extends Inode>(copy: T, fileSystem: FileSystem): T {
    copy.uid = this.uid;
    copy.gid = this.gid;
    copy.modifiedMs = this.modifiedMs;
    const adopted = fileSystem.adopt(copy);
    this.#changed?.wake();
    return adopted;
  }
}

export class FileInode extends Inode {
  readonly type = 'file';
  content: Content;
  /** What runs when this file is executed. */
  program: Program | undefined;
  /** How large a binary claims to be. */
  readonly declaredBytes: number | undefined;
  /** How many open files there are; what was removed keeps its room until the last is closed. */
  opens = 0;

  constructor(mode: number, content: Content, program?: Program, declaredBytes?: number) {
    super(mode);
    this.content = content;
    this.program = program;
    this.declaredBytes = declaredBytes;
  }

  override size(): number {
    return this.declaredBytes ?? this.content.byteLength;
  }

  cloneFor(fileSystem: FileSystem): FileInode {
    const copy = new FileInode(this.mode, this.content.copy(), this.program, this.declaredBytes);
    return this.copyAttributes(copy, fileSystem);
  }
}

export class SymlinkInode extends Inode {
  readonly type = 'symlink';
  readonly #target: string | ((actor: Actor) => string);

  /** The target may depend on who looks (/proc/self). */
  constructor(target: string | ((actor: Actor) => string)) {
    super(0o777);
    this.#target = target;
  }

  target(actor: Actor): string {
    return typeof this.#target === 'string' ? this.#target : this.#target(actor);
  }

  override size(actor: Actor | undefined): number {
    if (typeof this.#target === 'string') return this.#target.length;
    return actor === undefined ? 0 : this.#target(actor).length;
  }

  cloneFor(fileSystem: FileSystem): SymlinkInode {
    return this.copyAttributes(new SymlinkInode(this.#target), fileSystem);
  }
}

/** Something with a behaviour of its own when opened: devices, generated files, fifos. */
export class SpecialInode extends Inode {
  readonly type: InodeType;
  readonly #open: (actor: Actor, flags: OpenFlags) => OpenFile;

  constructor(type: InodeType, mode: number, open: (actor: Actor, flags: OpenFlags) => OpenFile) {
    super(mode);
    this.type = type;
    this.#open = open;
  }

  /** May throw ErrnoError. */
  open(actor: Actor, flags: OpenFlags): OpenFile {
    return this.#open(actor, flags);
  }

  cloneFor(fileSystem: FileSystem): SpecialInode {
    return this.copyAttributes(new SpecialInode(this.type, this.mode, this.#open), fileSystem);
  }
}

const removed = Symbol('removed');

export class DirectoryInode extends Inode {
  readonly type = 'directory';
  readonly #lower: DirectoryInode | undefined;
  #entries: Map<string, Inode | typeof removed> | undefined;

  constructor(mode: number, lower?: DirectoryInode) {
    super(mode);
    this.#lower = lower;
    this.links = 2;
  }

  override size(_actor: Actor | undefined): number {
    return 4096;
  }

  lookup(name: string, actor: Actor | undefined): Inode | undefined {
    const own = this.#entries?.get(name);
    if (own === removed) return undefined;
    return own ?? this.#lower?.lookup(name, actor);
  }

  /** Names in byte order. */
  names(actor: Actor | undefined): readonly string[] {
    const names = new Set(this.#lower?.names(actor) ?? []);
    for (const [name, inode] of this.#entries ?? []) {
      if (inode === removed) names.delete(name);
      else names.add(name);
    }
    return [...names].sort(byBytes);
  }

  isEmpty(actor: Actor | undefined): boolean {
    return this.names(actor).length === 0;
  }

  set(name: string, inode: Inode): void {
    this.#entries ??= new Map();
    this.#entries.set(name, inode);
  }

  delete(name: string): void {
    if (this.#lower?.lookup(name, undefined) === undefined) {
      this.#entries?.delete(name);
    } else {
      this.#entries ??= new Map();
      this.#entries.set(name, removed);
    }
  }

  /** Takes everything out. */
  clear(): void {
    for (const name of this.names(undefined)) this.delete(name);
  }

  cloneFor(fileSystem: FileSystem): DirectoryInode {
    return this.copyAttributes(new DirectoryInode(this.mode, this), fileSystem);
  }
}

/** A directory whose entries are made when somebody looks (/proc). */
export class GeneratedDirectory extends DirectoryInode {
  readonly #names: (actor: Actor) => readonly string[];
  readonly #lookup: (name: string, actor: Actor) => Inode | undefined;

  constructor(
    names: (actor: Actor) => readonly string[],
    lookup: (name: string, actor: Actor) => Inode | undefined,
  ) {
    super(0o555);
    this.#names = names;
    this.#lookup = lookup;
  }

  override size(): number {
    return 0;
  }

  override lookup(name: string, actor: Actor | undefined): Inode | undefined {
    return actor === undefined ? undefined : this.#lookup(name, actor);
  }

  override names(actor: Actor | undefined): readonly string[] {
    return actor === undefined ? [] : this.#names(actor);
  }
}

/** The order of names as `LC_ALL=C` sorts them: by UTF-8 bytes, which is by code points. */
export function byBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return orderedUnit(left) - orderedUnit(right);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above all others. */
function orderedUnit(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x10000 : unit - 0x800;
}
