// Pipes: a buffer between writers and readers, with back-pressure.
import { Errno } from '../errno.ts';
import type { FileStat, WaitQueue } from '../types.ts';
import { Queue } from '../wait-queue.ts';
import { OpenFile, takeText, type Writer } from './open-file.ts';
import { anonymousStat } from './stats.ts';

/** As pipe(7): 16 pages. */
const capacity = 65_536;

export class Pipe {
  readonly #capacity: number;
  readonly readable = new Queue();
  readonly writable = new Queue();
  #chunks: string[] = [];
  #buffered = 0;
  #readers = 0;
  #writers = 0;

  constructor(capacityLength = capacity) {
    this.#capacity = capacityLength;
  }

  get readers(): number {
    return this.#readers;
  }

  get writers(): number {
    return this.#writers;
  }

  get buffered(): number {
    return this.#buffered;
  }

  addReader(): void {
    this.#readers += 1;
    this.writable.wake();
  }

  addWriter(): void {
    this.#writers += 1;
    this.readable.wake();
  }

  removeReader(): void {
    this.#readers -= 1;
    if (this.#readers === 0) this.writable.wake();
  }

  removeWriter(): void {
    this.#writers -= 1;
    if (this.#writers === 0) this.readable.wake();
  }

  take(maxLength: number, toNewline: boolean): string | undefined | WaitQueue {
    const first = this.#chunks[0];
    if (first === undefined) return this.#writers === 0 ? undefined : this.readable;
    const [taken, rest] = takeText(first, maxLength, toNewline);
    if (rest === '') this.#chunks.shift();
    else this.#chunks[0] = rest;
    this.#buffered -= taken.length;
    this.writable.wake();
    return taken;
  }

  /** Puts in what there is room for. */
  put(text: string): number | WaitQueue {
    const room = this.#capacity - this.#buffered;
    if (room <= 0) return this.writable;
    const part = text.length > room ? text.slice(0, room) : text;
    this.#buffered += part.length;
    const last = this.#chunks.length - 1;
    const tail = this.#chunks[last];
    if (tail !== undefined && tail.length + part.length < 4096) this.#chunks[last] = tail + part;
    else this.#chunks.push(part);
    this.readable.wake();
    return part.length;
  }

  /** Forgets what nobody has read. */
  drain(): void {
    this.#chunks = [];
    this.#buffered = 0;
    this.writable.wake();
  }
}

/** One end, or both (a fifo opened to read and write). */
export class PipeEnd extends OpenFile {
  readonly #pipe: Pipe;
  readonly #read: boolean;
  readonly #write: boolean;
  readonly #stat: FileStat;

  constructor(
    pipe: Pipe,
    ends: { readonly read?: boolean; readonly write?: boolean },
    stat: FileStat = anonymousStat('fifo', 0o600),
  ) {
    super();
    this.#pipe = pipe;
    this.#read = ends.read === true;
    this.#write = ends.write === true;
    this.#stat = stat;
    if (this.#read) pipe.addReader();
    if (this.#write) pipe.addWriter();
  }

  get readable(): WaitQueue {
    return this.#pipe.readable;
  }

  override get canRead(): boolean {
    return this.#pipe.buffered > 0 || this.#pipe.writers === 0;
  }

  tryRead(maxLength: number, toNewline: boolean): string | undefined | WaitQueue {
    if (!this.#read) throw new Errno('EBADF');
    return this.#pipe.take(maxLength, toNewline);
  }

  tryWrite(text: string, writer: Writer): number | WaitQueue {
    if (!this.#write) throw new Errno('EBADF');
    if (this.#pipe.readers === 0) {
      writer.signal('PIPE');
      throw new Errno('EPIPE');
    }
    return this.#pipe.put(text);
  }

  stat(): FileStat {
    return this.#stat;
  }

  protected override close(): void {
    if (this.#read) this.#pipe.removeReader();
    if (this.#write) this.#pipe.removeWriter();
  }
}
