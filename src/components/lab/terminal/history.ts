// Lines typed before: stepping through them, and searching them backwards as Ctrl-R does.

const longestHistory = 1000;

export class History {
  readonly #lines: string[];
  #index: number;
  #draft = '';

  constructor(lines: readonly string[] = []) {
    this.#lines = lines.slice(-longestHistory);
    this.#index = this.#lines.length;
  }

  /** Remembers a line that was entered; blank lines and a repetition of the last one are left out. */
  add(line: string): void {
    if (line.trim() !== '' && this.#lines.at(-1) !== line) this.#lines.push(line);
    if (this.#lines.length > longestHistory) this.#lines.shift();
    this.#index = this.#lines.length;
  }

  /** The line before or after the one shown; the text being typed waits below the newest. */
  step(direction: -1 | 1, shown: string): string {
    if (this.#index === this.#lines.length) this.#draft = shown;
    this.#index = Math.min(Math.max(this.#index + direction, 0), this.#lines.length);
    return this.#lines[this.#index] ?? this.#draft;
  }

  /**
   * The newest line that holds the words.
   * @param skip how many hits to pass over, for Ctrl-R pressed again
   */
  search(words: string, skip: number): string | undefined {
    let left = skip;
    for (let index = this.#lines.length - 1; index >= 0; index -= 1) {
      const line = this.#lines[index] ?? '';
      if (!line.includes(words)) continue;
      if (left === 0) return line;
      left -= 1;
    }
    return undefined;
  }

  /** The last word of the line `back` lines ago, for Alt-. */
  lastWord(back: number): string | undefined {
    return this.#lines
      .at(-1 - back)
      ?.trim()
      .split(/\s+/)
      .at(-1);
  }
}
