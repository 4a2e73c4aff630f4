// An open regular file: a position in an inode.
import { Errno } from '../errno.ts';
import type { FileStat, OpenFlags, WaitQueue } from '../types.ts';
import type { Actor } from '../vfs/actor.ts';
import { utf8Length } from '../vfs/content.ts';
import type { FileInode } from '../vfs/inode.ts';
import { settle, statOf } from '../vfs/usage.ts';
import { OpenFile } from './open-file.ts';

export class FileHandle extends OpenFile {
  readonly #inode: FileInode;
  readonly #flags: OpenFlags;
  readonly #actor: Actor;
  #position = 0;

  /** The actor's clock and memory are used for what is written. */
  constructor(inode: FileInode, flags: OpenFlags, actor: Actor) {
    super();
    this.#inode = inode;
    this.#flags = flags;
    this.#actor = actor;
    inode.opens += 1;
  }

  get readable(): WaitQueue {
    return this.#inode.changed;
  }

  override get position(): number {
    return this.#position;
  }

  override seek(position: number): boolean {
    this.#position = position;
    return true;
  }

  tryRead(maxLength: number, toNewline: boolean): string | undefined {
    if (this.#flags.read === false) throw new Errno('EBADF');
    const { content } = this.#inode;
    if (this.#position >= content.length) return undefined;
    let text = content.slice(this.#position, this.#position + maxLength);
    const newline = toNewline ? text.indexOf('\n') : -1;
    if (newline >= 0) text = text.slice(0, newline + 1);
    this.#position += text.length;
    return text;
  }

  tryWrite(text: string): number {
    if (this.#flags.write !== true && this.#flags.append !== true) throw new Errno('EBADF');
    const inode = this.#inode;
    if (this.#flags.append === true) this.#position = inode.content.length;
    const part = fitting(text, inode.owner?.freeBytes() ?? 0);
    if (part === '' && text !== '') throw new Errno('ENOSPC');
    const at = this.#position;
    settle(inode, this.#actor, () => inode.content.write(at, part));
    this.#position += part.length;
    inode.touched(this.#actor.nowMs());
    return part.length;
  }

  stat(): FileStat {
    return statOf(this.#inode, this.#actor);
  }

  protected override close(): void {
    const inode = this.#inode;
    inode.opens -= 1;
    if (inode.opens === 0 && inode.links === 0)
      settle(inode, undefined, () => inode.content.truncate(0));
  }
}

/** The first part of a text that takes no more bytes than there are. */
function fitting(text: string, freeBytes: number): string {
  if (text.length * 3 <= freeBytes || utf8Length(text) <= freeBytes) return text;
  let part = text.slice(0, freeBytes);
  while (utf8Length(part) > freeBytes) part = part.slice(0, part.length - 1);
  return part;
}
