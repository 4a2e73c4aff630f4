// Where the world outside the simulated machine is connected: container logs, exec streams, the tests.
import { Errno } from '../errno.ts';
import type { FileStat, WaitQueue } from '../types.ts';
import { Queue } from '../wait-queue.ts';
import { OpenFile } from './open-file.ts';
import { Pipe, PipeEnd } from './pipe.ts';
import { anonymousStat } from './stats.ts';

const never = new Queue();

/** Gives everything that is written to a callback. */
export class HostOutput extends OpenFile {
  readonly readable: WaitQueue = never;
  readonly #onText: (text: string) => void;
  readonly #onClose: (() => void) | undefined;

  /** `onClose` is called when the last process that could write here has gone. */
  constructor(onText: (text: string) => void, onClose?: () => void) {
    super();
    this.#onText = onText;
    this.#onClose = onClose;
  }

  tryRead(): never {
    throw new Errno('EBADF');
  }

  tryWrite(text: string): number {
    this.#onText(text);
    return text.length;
  }

  stat(): FileStat {
    return anonymousStat('fifo', 0o600);
  }

  protected override close(): void {
    this.#onClose?.();
  }
}

/** How much input may wait for a process that does not read. */
const inputCapacity = 1 << 20;

/** Standard input that the host writes to. */
export class HostInput {
  readonly #pipe = new Pipe(inputCapacity);
  #ended = false;

  constructor() {
    this.#pipe.addWriter();
  }

  /** The end for the process. */
  open(): OpenFile {
    return new PipeEnd(this.#pipe, { read: true });
  }

  /** Returns how much was taken: all of it unless a mebibyte waits to be read. */
  write(text: string): number {
    if (this.#ended || text === '') return 0;
    const taken = this.#pipe.put(text);
    return typeof taken === 'number' ? taken : 0;
  }

  /** No more will come. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#pipe.removeWriter();
  }
}
