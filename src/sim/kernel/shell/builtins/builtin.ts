// What a builtin is.
import type { Blocking } from '../../types.ts';
import type { Shell } from '../shell.ts';

export interface Builtin {
  readonly name: string;
  /** Special builtins (XCU 2.14): their errors end the shell, assignments before them stay, functions do not hide them. */
  readonly special: boolean;
  /** Gets its words with its own name first; gives the exit status. May throw ShellError. */
  readonly run: (shell: Shell, words: readonly string[]) => Blocking<number> | number;
}

export type BuiltinTable = Readonly<Record<string, Builtin['run']>>;

/** A whole number from a word, or undefined. */
export function wholeNumber(word: string): number | undefined {
  return /^[0-9]{1,15}$/.test(word) ? Number(word) : undefined;
}
