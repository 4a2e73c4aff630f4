// Commands from standard input, line by line: what they do not read themselves is the next command.
import type { Blocking } from '../types.ts';
import { Parser } from './parse/parser.ts';
import { maxSourceLength } from './parse/source.ts';
import { ShellSyntaxError } from './parse/syntax-error.ts';
import type { List } from './parse/syntax.ts';
import { runList } from './run/list.ts';
import type { Shell } from './shell.ts';

/** Reads text until it makes complete commands. */
export class CommandReader {
  readonly #shell: Shell;
  #text = '';
  #line = 1;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** Whether a command was begun and not finished. */
  get unfinished(): boolean {
    return this.#text !== '';
  }

  /** Forgets what was begun. */
  reset(): void {
    this.#text = '';
  }

  /** Adds a line; the commands it completes, or undefined where more is needed. Throws ShellSyntaxError. */
  add(line: string, atEnd: boolean): readonly List[] | undefined {
    this.#text += line;
    const mayContinue = !atEnd && this.#text.length < maxSourceLength;
    const lists: List[] = [];
    try {
      const { aliases, isAsh } = this.#shell;
      const parser = new Parser(this.#text, {
        aliases,
        firstLine: this.#line,
        mayContinue,
        extended: isAsh,
      });
      for (let list = parser.next(); list !== undefined; list = parser.next()) lists.push(list);
      this.#line = parser.source.line;
    } catch (thrown) {
      if (thrown instanceof ShellSyntaxError && thrown.incomplete) return undefined;
      this.#text = '';
      throw thrown;
    }
    this.#text = '';
    return lists;
  }
}

/** Runs everything that standard input holds. */
export function* runStandardInput(shell: Shell): Blocking<number> {
  const reader = new CommandReader(shell);
  let status = 0;
  for (;;) {
    const line = yield* shell.persist(() => shell.process.readToNewline(0));
    if (line === undefined && !reader.unfinished) return status;
    const lists = reader.add(line ?? '', line === undefined);
    for (const list of lists ?? []) {
      status = yield* runList(shell, list, false);
      shell.status = status;
    }
    if (line === undefined) return status;
  }
}
