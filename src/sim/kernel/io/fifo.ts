// Named pipes. Opening one does not wait for the other side as Linux does; a reader that finds no writer yet waits for one.
import type { Queue } from '../wait-queue.ts';
import { SpecialInode } from '../vfs/inode.ts';
import { statOf } from '../vfs/usage.ts';
import { Pipe, PipeEnd } from './pipe.ts';
import type { WaitQueue } from '../types.ts';

/** A new fifo's inode. */
export function openFifo(mode: number): SpecialInode {
  const pipe = new Pipe();
  const inode: SpecialInode = new SpecialInode('fifo', mode, (actor, flags) => {
    const write = flags.write === true || flags.append === true;
    const read = flags.read === true || !write;
    return new FifoEnd(pipe, { read, write }, statOf(inode, actor));
  });
  return inode;
}

class FifoEnd extends PipeEnd {
  readonly #readable: Queue;
  readonly #pipe: Pipe;
  #sawWriter: boolean;
  #hadReader = false;

  constructor(
    pipe: Pipe,
    ends: { readonly read: boolean; readonly write: boolean },
    stat: ReturnType<typeof statOf>,
  ) {
    super(pipe, ends, stat);
    this.#pipe = pipe;
    this.#readable = pipe.readable;
    this.#sawWriter = pipe.writers > 0;
  }

  override tryRead(maxLength: number, toNewline: boolean): string | undefined | WaitQueue {
    const text = super.tryRead(maxLength, toNewline);
    if (text === undefined && !this.#sawWriter && this.#pipe.writers === 0) return this.#readable;
    if (typeof text === 'string' || this.#pipe.writers > 0) this.#sawWriter = true;
    return text;
  }

  override tryWrite(text: string, writer: Parameters<PipeEnd['tryWrite']>[1]): number | WaitQueue {
    // Where Linux would still wait in open for the first reader, the write waits.
    if (this.#pipe.readers === 0 && !this.#hadReader) return this.#pipe.writable;
    this.#hadReader = true;
    return super.tryWrite(text, writer);
  }
}
