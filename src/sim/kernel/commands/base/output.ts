// Standard output of a command, gathered into larger writes.
import type { Blocking, Process } from '../../types.ts';

const flushAtLength = 4096;

/** Gathers text; what is gathered is written by `flush`, which commands call before they wait for input. */
export class Output {
  readonly #process: Process;
  #text = '';

  constructor(process: Process) {
    this.#process = process;
  }

  /** Adds text; it is not written yet. */
  put(text: string): void {
    this.#text += text;
  }

  /** Whether enough has gathered that it should be written. */
  get full(): boolean {
    return this.#text.length >= flushAtLength;
  }

  /** Writes what has gathered. */
  *flush(): Blocking<void> {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    yield* this.#process.write(1, text);
  }

  /** Adds text and writes when enough has gathered. */
  *print(text: string): Blocking<void> {
    this.#text += text;
    if (this.#text.length >= flushAtLength) yield* this.flush();
  }
}
