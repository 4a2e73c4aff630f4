// An open file description: what descriptors of one or several processes point to.
import type { FileStat, Terminal, WaitQueue } from '../types.ts';
import type { SignalName } from '../types.ts';

/** Who writes: a pipe without readers sends it SIGPIPE. */
export interface Writer {
  signal(signal: SignalName): void;
}

export abstract class OpenFile {
  #references = 0;

  hold(): void {
    this.#references += 1;
  }

  /** Closes it with the last reference. */
  release(): void {
    this.#references -= 1;
    if (this.#references === 0) this.close();
  }

  /**
   * What can be read now: text, undefined at the end, or the queue to wait on. With `toNewline` nothing after the first
   * newline is taken. Throws EBADF where it is not open for reading.
   */
  abstract tryRead(maxLength: number, toNewline: boolean): string | undefined | WaitQueue;

  /** How much of the text was taken, or the queue to wait on before any can be. Throws EBADF, EPIPE, ENOSPC. */
  abstract tryWrite(text: string, writer: Writer): number | WaitQueue;

  abstract stat(): FileStat;

  /** A queue that is woken when a read may give more. */
  abstract readonly readable: WaitQueue;

  /** Whether a read gives something, or the end, at once. */
  get canRead(): boolean {
    return true;
  }

  get terminal(): Terminal | undefined {
    return undefined;
  }

  /** Where in a file the next read or write happens. */
  get position(): number | undefined {
    return undefined;
  }

  seek(_position: number): boolean {
    return false;
  }

  protected close(): void {}
}

/** Takes from a text what a read may have; returns that and the rest. */
export function takeText(
  text: string,
  maxLength: number,
  toNewline: boolean,
): readonly [taken: string, rest: string] {
  const newline = toNewline ? text.indexOf('\n') : -1;
  const end = Math.min(text.length, maxLength, newline < 0 ? text.length : newline + 1);
  return end === text.length ? [text, ''] : [text.slice(0, end), text.slice(end)];
}
