// What -v shows on stderr.
import type { Blocking, Process } from '../../types.ts';

export class Verbose {
  readonly #process: Process;
  readonly #enabled: boolean;
  /** Where the body goes to the screen, its parts are not announced. */
  readonly #announcesData: boolean;

  constructor(process: Process, enabled: boolean, announcesData: boolean) {
    this.#process = process;
    this.#enabled = enabled;
    this.#announcesData = announcesData;
  }

  *note(text: string): Blocking<void> {
    if (this.#enabled) yield* this.#process.write(2, `* ${text}\n`);
  }

  *sent(head: string): Blocking<void> {
    yield* this.#lines('>', head);
  }

  *received(head: string): Blocking<void> {
    yield* this.#lines('<', head);
  }

  *data(sign: '{' | '}', bytes: number): Blocking<void> {
    if (this.#enabled && this.#announcesData) {
      yield* this.#process.write(2, `${sign} [${bytes} bytes data]\n`);
    }
  }

  *#lines(sign: string, head: string): Blocking<void> {
    if (!this.#enabled) return;
    const lines = head.split('\n').slice(0, -1);
    yield* this.#process.write(2, lines.map((line) => `${sign} ${line}\n`).join(''));
  }
}
