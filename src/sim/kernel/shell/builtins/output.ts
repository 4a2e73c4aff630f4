// echo and printf.
import { unescape } from '../../commands/base/escapes.ts';
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { formatArguments } from './printf.ts';

/** What echo prints. dash interprets backslashes always and only knows -n; busybox has -n, -e and -E. */
export function echoText(words: readonly string[], isAsh: boolean): string {
  let first = 0;
  let newline = true;
  let escapes = !isAsh;
  for (; first < words.length; first += 1) {
    const word = words[first] ?? '';
    if (!(isAsh ? /^-[neE]+$/ : /^-n$/).test(word)) break;
    if (word.includes('n')) newline = false;
    if (isAsh)
      escapes = word.lastIndexOf('e') > word.lastIndexOf('E') || (escapes && !word.includes('E'));
    if (!isAsh) {
      first += 1;
      break;
    }
  }
  const text = words.slice(first).join(' ');
  if (!escapes) return newline ? `${text}\n` : text;
  const { text: plain, stopped } = unescape(text, 'after-zero');
  return newline && !stopped ? `${plain}\n` : plain;
}

export function* echo(shell: Shell, words: readonly string[]): Blocking<number> {
  yield* shell.write(1, echoText(words.slice(1), shell.isAsh));
  return 0;
}

export function* printf(shell: Shell, words: readonly string[]): Blocking<number> {
  const operands = words[1] === '--' ? words.slice(2) : words.slice(1);
  const format = operands[0];
  if (format === undefined) {
    throw shell.isAsh
      ? new ShellError('usage: printf FORMAT [ARGUMENT...]', 2, true)
      : new ShellError('usage: printf format [arg ...]');
  }
  const { text, problems, invalid } = formatArguments(format, operands.slice(1));
  for (const { kind, word } of problems) {
    const dash = kind === 'no-number' ? 'expected numeric value' : 'not completely converted';
    if (shell.isAsh) yield* shell.complain(`invalid number '${word}'`, true);
    else yield* shell.complain(`${word}: ${dash}`);
  }
  yield* shell.write(1, text);
  if (invalid !== undefined) {
    throw shell.isAsh
      ? new ShellError(`${invalid}: invalid format`, 1, true)
      : new ShellError(`${invalid}: invalid directive`);
  }
  return problems.length > 0 ? 1 : 0;
}
