// The text of a script with a place in it.
import { ShellSyntaxError, type SyntaxProblem } from './syntax-error.ts';

/** How long a script may be, and how deep constructs may be nested. */
export const maxSourceLength = 1 << 18;
const maxDepth = 150;

export interface SourceOptions {
  readonly firstLine?: number;
  /** More lines may follow: an unfinished construct is incomplete rather than wrong. */
  readonly mayContinue?: boolean;
  readonly depth?: number;
  /** What busybox ash has beyond POSIX: `$'\\n'` and `&>`. */
  readonly extended?: boolean;
}

export class Source {
  text: string;
  at = 0;
  line: number;
  readonly mayContinue: boolean;
  readonly extended: boolean;
  #depth: number;

  constructor(text: string, options: SourceOptions = {}) {
    this.text = text;
    this.line = options.firstLine ?? 1;
    this.mayContinue = options.mayContinue ?? false;
    this.extended = options.extended ?? false;
    this.#depth = options.depth ?? 0;
    if (text.length > maxSourceLength) this.fail('too-long');
  }

  get depth(): number {
    return this.#depth;
  }

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The character at a distance, '' beyond the end. */
  peek(distance = 0): string {
    return this.text[this.at + distance] ?? '';
  }

  /** Takes a character and counts lines. */
  next(): string {
    const character = this.text[this.at] ?? '';
    this.at += 1;
    if (character === '\n') this.line += 1;
    return character;
  }

  sees(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  /** Skips joined lines (a backslash before a newline). */
  skipJoins(): void {
    while (this.peek() === '\\' && this.peek(1) === '\n') {
      this.at += 2;
      this.line += 1;
      if (this.atEnd && this.mayContinue) {
        throw new ShellSyntaxError(this.line, { token: 'end of file' }, true);
      }
    }
  }

  skipBlanks(): void {
    for (;;) {
      const character = this.peek();
      if (character === ' ' || character === '\t') this.at += 1;
      else if (character === '\\' && this.peek(1) === '\n') this.skipJoins();
      else if (character === '#') this.#skipComment();
      else return;
    }
  }

  #skipComment(): void {
    const end = this.text.indexOf('\n', this.at);
    this.at = end < 0 ? this.text.length : end;
  }

  /** Reads something nested one level deeper. */
  nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > maxDepth) this.fail('too-deep');
    const result = read();
    this.#depth -= 1;
    return result;
  }

  fail(problem: SyntaxProblem): never {
    const unfinished =
      problem === 'unterminated-quote' || problem === 'backquote' || problem === 'missing-brace';
    throw new ShellSyntaxError(this.line, problem, this.mayContinue && unfinished);
  }
}
