// Volumes: folders on the node that outlive containers.
import type { FileSystem } from '../../kernel/vfs/file-system.ts';
import { changeTree, findInode, makeSymlink, writeFile } from '../../kernel/vfs/edit.ts';
import { DirectoryInode, SymlinkInode } from '../../kernel/vfs/inode.ts';
import type { Clock } from '../../runtime/clock.ts';
import { civilTime } from '../../runtime/time.ts';
import type { Volume } from './types.ts';

const groupReadWrite = 0o660;
const groupFolder = 0o2070;

export class NodeVolume implements Volume {
  readonly kind: Volume['kind'];
  readonly fileSystem: FileSystem;
  /** The folder in the file system; undefined for all of it. */
  readonly folder: string | undefined;
  readonly #clock: Clock;
  #group: number | undefined;
  #generation = 0;

  constructor(kind: Volume['kind'], fileSystem: FileSystem, clock: Clock, folder?: string) {
    this.kind = kind;
    this.fileSystem = fileSystem;
    this.folder = folder;
    this.#clock = clock;
  }

  /**
   * As the kubelet's atomic writer does it: a new hidden folder, the link `..data` turned to it in one go, and a link
   * per name (pkg/volume/util/atomic_writer.go).
   */
  setFiles(files: ReadonlyMap<string, { readonly text: string; readonly mode: number }>): void {
    const { fileSystem } = this;
    const nowMs = this.#clock.nowMs();
    const before = this.#link('..data');
    const folder = this.#newFolder(nowMs);
    for (const [path, { text, mode }] of files) {
      writeFile(fileSystem, `${folder}/${path}`, text, nowMs, { mode });
    }
    makeSymlink(fileSystem, '..data', folder, nowMs);
    const names = new Set([...files.keys()].map((path) => path.split('/')[0] ?? ''));
    for (const name of names) {
      if (this.#link(name) === undefined) makeSymlink(fileSystem, name, `..data/${name}`, nowMs);
    }
    const root = fileSystem.root;
    for (const name of root.names(undefined)) {
      if (!name.startsWith('..') && !names.has(name)) root.delete(name);
    }
    // Only the name goes: a container that mounted one file of it by subPath keeps that file.
    if (before !== undefined) root.delete(before);
    root.touched(nowMs);
    if (this.#group !== undefined) this.#applyGroup(this.#group);
  }

  usedBytes(): number {
    return this.fileSystem.usedBytes;
  }

  clear(): void {
    if (this.kind !== 'host') this.fileSystem.discard();
  }

  /** fsGroup: the group owns what is there and what will be there (pkg/volume/volume_linux.go). Once per volume. */
  setGroup(gid: number): void {
    if (this.kind === 'host' || this.#group === gid) return;
    this.#group = gid;
    this.#applyGroup(gid);
  }

  #applyGroup(gid: number): void {
    const isReadOnly = this.kind === 'projected';
    changeTree(this.fileSystem, (inode) => {
      if (inode instanceof SymlinkInode) return;
      inode.gid = gid;
      if (inode instanceof DirectoryInode) inode.mode |= groupFolder;
      else inode.mode |= isReadOnly ? 0o440 : groupReadWrite;
    });
  }

  #link(name: string): string | undefined {
    const inode = findInode(this.fileSystem, name);
    if (!(inode instanceof SymlinkInode)) return undefined;
    // These links depend on nobody who looks.
    return inode.target(undefined as never);
  }

  #newFolder(nowMs: number): string {
    const { year, month, day, hour, minute, second } = civilTime(nowMs);
    const two = (value: number): string => String(value).padStart(2, '0');
    this.#generation += 1;
    const fraction =
      String(nowMs % 1000).padStart(3, '0') + String(this.#generation).padStart(6, '0');
    return `..${year}_${two(month)}_${two(day)}_${two(hour)}_${two(minute)}_${two(second)}.${fraction}`;
  }
}
