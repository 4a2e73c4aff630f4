// set: options and positional parameters.
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import { singleQuoted } from '../run/trace.ts';
import type { OptionLetter, Shell } from '../shell.ts';

const longNames: readonly (readonly [name: string, letter: OptionLetter | undefined])[] = [
  ['errexit', 'e'],
  ['noglob', 'f'],
  ['ignoreeof', undefined],
  ['interactive', 'i'],
  ['monitor', 'm'],
  ['noexec', 'n'],
  ['stdin', 's'],
  ['xtrace', 'x'],
  ['verbose', 'v'],
  ['vi', undefined],
  ['emacs', undefined],
  ['noclobber', 'C'],
  ['allexport', 'a'],
  ['notify', 'b'],
  ['nounset', 'u'],
  ['privileged', undefined],
  ['nolog', undefined],
  ['debug', undefined],
];
const ashNames: readonly (readonly [name: string, letter: OptionLetter | undefined])[] = [
  ...longNames
    .filter(([name]) => !['interactive', 'stdin', 'vi', 'emacs'].includes(name))
    .slice(0, 9),
  ['errtrace', undefined],
  ['vi', undefined],
  ['pipefail', 'P'],
];
const letters = new Set<string>(['a', 'b', 'C', 'e', 'f', 'm', 'n', 'u', 'v', 'x']);
const startLetters = new Set<string>([...letters, 'i', 's']);

function namesOf(shell: Shell): typeof longNames {
  return shell.isAsh ? ashNames : longNames;
}

function illegal(shell: Shell, option: string): ShellError {
  return new ShellError(`${shell.isAsh ? 'illegal' : 'Illegal'} option ${option}`);
}

function change(shell: Shell, letter: OptionLetter, on: boolean): void {
  if (on) shell.options.add(letter);
  else shell.options.delete(letter);
}

/** Turns the options of one word on or off; the word `-o` takes its name from the next. Returns how many words were used. */
export function applyOptions(
  shell: Shell,
  word: string,
  next: string | undefined,
  atStart = false,
): number {
  const on = word.startsWith('-');
  let used = 1;
  for (const letter of word.slice(1)) {
    if (letter === 'o') {
      applyLong(shell, next, on);
      used = 2;
    } else if ((atStart ? startLetters : letters).has(letter)) {
      change(shell, letter as OptionLetter, on);
    } else {
      throw illegal(shell, `${word.slice(0, 1)}${letter}`);
    }
  }
  return used;
}

function applyLong(shell: Shell, name: string | undefined, on: boolean): void {
  const found = namesOf(shell).find(([each]) => each === name);
  if (found === undefined) throw illegal(shell, `${on ? '-' : '+'}o ${name ?? ''}`);
  if (found[1] !== undefined) change(shell, found[1], on);
}

export function* set(shell: Shell, words: readonly string[]): Blocking<number> {
  if (words.length === 1) return yield* listVariables(shell);
  let index = 1;
  while (index < words.length) {
    const word = words[index] ?? '';
    if (word === '--' || word === '-') {
      shell.parameters = words.slice(index + 1);
      return 0;
    }
    if (!/^[-+]./.test(word)) {
      shell.parameters = words.slice(index);
      return 0;
    }
    if ((word === '-o' || word === '+o') && words[index + 1] === undefined) {
      return yield* listOptions(shell, word === '-o');
    }
    try {
      index += applyOptions(shell, word, words[index + 1]);
    } catch (thrown) {
      // busybox goes on after a wrong name.
      if (!(thrown instanceof ShellError) || !shell.isAsh || word !== '-o') throw thrown;
      yield* shell.complain(thrown.message);
      return 0;
    }
  }
  return 0;
}

function* listVariables(shell: Shell): Blocking<number> {
  for (const [name, { value }] of shell.variables.entries()) {
    if (value !== undefined) yield* shell.write(1, `${name}=${singleQuoted(value)}\n`);
  }
  return 0;
}

function* listOptions(shell: Shell, readable: boolean): Blocking<number> {
  if (readable && !shell.isAsh) yield* shell.write(1, 'Current option settings\n');
  for (const [name, letter] of namesOf(shell)) {
    const on = letter !== undefined && shell.options.has(letter);
    const line = readable
      ? `${name.padEnd(16)}${on ? 'on' : 'off'}`
      : `set ${on ? '-' : '+'}o ${name}`;
    yield* shell.write(1, `${line}\n`);
  }
  return 0;
}
