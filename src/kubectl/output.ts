// What a command prints, in order. Collected and written when the command waits or ends, so that only waiting is a
// generator; warnings of the server come out before whatever is printed after them.
import type { Blocking, Process } from '#sim/kernel/types.ts';

export class Output {
  readonly #process: Process;
  #pending: { readonly descriptor: 1 | 2; text: string }[] = [];
  #outLength = 0;

  constructor(process: Process) {
    this.#process = process;
  }

  /** How many characters went to stdout so far. */
  get outLength(): number {
    return this.#outLength;
  }

  out(text: string): void {
    this.#outLength += text.length;
    this.#add(1, text);
  }

  err(text: string): void {
    this.#add(2, text);
  }

  line(text: string): void {
    this.out(`${text}\n`);
  }

  errLine(text: string): void {
    this.err(`${text}\n`);
  }

  /** Whether stderr may carry colours (kubectl/pkg/util/term AllowsColorOutput). */
  allowsColor(descriptor: 1 | 2): boolean {
    const term = this.#process.env.get('TERM') ?? '';
    if (term === '' || term === 'dumb' || this.#process.env.has('NO_COLOR')) return false;
    return this.#process.isTerminal(descriptor);
  }

  *flush(): Blocking<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending;
      this.#pending = [];
      for (const { descriptor, text } of batch) yield* this.#process.write(descriptor, text);
    }
  }

  #add(descriptor: 1 | 2, text: string): void {
    if (text === '') return;
    const last = this.#pending.at(-1);
    if (last?.descriptor === descriptor) last.text += text;
    else this.#pending.push({ descriptor, text });
  }
}
