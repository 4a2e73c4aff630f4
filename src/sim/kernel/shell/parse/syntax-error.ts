// A script that cannot be read, and how dash and busybox ash say so.
import type { Dialect } from '../dialect.ts';

export type SyntaxProblem =
  | 'unterminated-quote'
  | 'backquote'
  | 'missing-brace'
  | 'bad-for-variable'
  | 'bad-function-name'
  | 'too-deep'
  | 'too-long';

/** Thrown by the parser. */
export class ShellSyntaxError {
  readonly line: number;
  /** More text could still make it right: an interactive shell asks for another line. */
  readonly incomplete: boolean;
  readonly #problem: SyntaxProblem | undefined;
  readonly #token: string;
  readonly #expecting: string | undefined;

  constructor(
    line: number,
    problem: SyntaxProblem | { readonly token: string; readonly expecting?: string | undefined },
    incomplete: boolean,
  ) {
    this.line = line;
    this.incomplete = incomplete;
    this.#problem = typeof problem === 'string' ? problem : undefined;
    this.#token = typeof problem === 'string' ? '' : problem.token;
    this.#expecting = typeof problem === 'string' ? undefined : problem.expecting;
  }

  /** The text without the shell's name and line. */
  message(dialect: Dialect): string {
    if (this.#problem !== undefined) {
      return dialect === 'dash'
        ? `Syntax error: ${capitalised(texts[this.#problem])}`
        : `syntax error: ${texts[this.#problem]}`;
    }
    const expecting = this.#expecting === undefined ? '' : ` (expecting "${this.#expecting}")`;
    return dialect === 'dash'
      ? `Syntax error: ${this.#token} unexpected${expecting}`
      : `syntax error: unexpected ${this.#token}${expecting}`;
  }
}

const texts: Readonly<Record<SyntaxProblem, string>> = {
  'unterminated-quote': 'unterminated quoted string',
  backquote: 'EOF in backquote substitution',
  'missing-brace': "missing '}'",
  'bad-for-variable': 'bad for loop variable',
  'bad-function-name': 'bad function name',
  'too-deep': 'nesting too deep',
  'too-long': 'script too long',
};

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
