// A place in a YAML text, and how the scanner moves over it.

/** A place: all three count from 0; `index` is in UTF-16 units. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

/**
 * What is wrong with a text, in goyaml's words. `said` is the line that goyaml prints, which is often not the line of the
 * mistake (0: it prints none); `mark` is where the mistake is.
 */
export class YamlError extends Error {
  readonly mark: Mark;

  constructor(problem: string, said: number, mark: Mark) {
    super(said === 0 ? `yaml: ${problem}` : `yaml: line ${said}: ${problem}`);
    this.mark = mark;
  }
}

/** An error of the scanner (go-yaml prints the line after its mark, unless the mark is on the first line). */
export function scannerError(problem: string, context: Mark, mark: Mark): YamlError {
  return new YamlError(problem, mark.line !== 0 ? mark.line + 1 : context.line, mark);
}

/** An error of the parser: go-yaml prints the mark's line counted from 0, or else the line where the surrounding thing began. */
export function parserError(problem: string, mark: Mark, context?: Mark): YamlError {
  return new YamlError(problem, mark.line !== 0 ? mark.line : (context?.line ?? 0), mark);
}

export const isBlank = (char: string): boolean => char === ' ' || char === '\t';
export const isBreak = (char: string): boolean =>
  char === '\n' || char === '\r' || char === '\u0085' || char === '\u2028' || char === '\u2029';
/** A blank, a line break, or the end of the text. */
export const isBlankOrEnd = (char: string): boolean =>
  char === '' || isBlank(char) || isBreak(char);

export class Cursor {
  readonly text: string;
  #index = 0;
  #line = 0;
  #column = 0;

  constructor(text: string) {
    this.text = text;
  }

  get mark(): Mark {
    return { index: this.#index, line: this.#line, column: this.#column };
  }

  get column(): number {
    return this.#column;
  }

  get line(): number {
    return this.#line;
  }

  get index(): number {
    return this.#index;
  }

  /** The character here or further on; '' past the end. */
  peek(ahead = 0): string {
    return this.text.charAt(this.#index + ahead);
  }

  /** Whether the text goes on with `---` or `...` at the start of a line, and then a blank or the end. */
  atDocumentMarker(): boolean {
    if (this.#column !== 0) return false;
    const next = this.text.slice(this.#index, this.#index + 3);
    return (next === '---' || next === '...') && isBlankOrEnd(this.peek(3));
  }

  /** Passes characters that are no line breaks. A surrogate pair counts as one column. */
  skip(count = 1): void {
    for (let passed = 0; passed < count; passed++) {
      this.#index += isHighSurrogate(this.text.charCodeAt(this.#index)) ? 2 : 1;
      this.#column += 1;
    }
  }

  /** Passes one character and returns it. */
  read(): string {
    const from = this.#index;
    this.skip();
    return this.text.slice(from, this.#index);
  }

  /** Passes a line break and returns how YAML reads it. */
  readBreak(): string {
    const char = this.peek();
    this.#index += char === '\r' && this.peek(1) === '\n' ? 2 : 1;
    this.#line += 1;
    this.#column = 0;
    return char === '\u2028' || char === '\u2029' ? char : '\n';
  }

  /** Starts a line that is not there: what ends a text ends its last line. */
  breakAtEnd(): void {
    if (this.#column === 0) return;
    this.#column = 0;
    this.#line += 1;
  }
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
