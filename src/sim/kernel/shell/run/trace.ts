// `set -x`.
import type { Blocking } from '../../types.ts';
import type { Shell } from '../shell.ts';

const keywords = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'do',
  'done',
  'case',
  'esac',
  'while',
  'until',
  'for',
  'in',
]);

/** Prints a command before it runs: `+ echo hi`. busybox quotes what a shell would need quoted. */
export function* trace(
  shell: Shell,
  assignments: readonly string[],
  words: readonly string[],
): Blocking<void> {
  const prompt = shell.variables.get('PS4') ?? '+ ';
  const shown = shell.isAsh
    ? [...assignments.map(quoteValue), ...words.map(quoteWord)]
    : [...assignments, ...words];
  yield* shell.write(2, `${prompt}${shown.join(' ')}\n`);
}

function quoteValue(assignment: string): string {
  const equals = assignment.indexOf('=');
  return assignment.slice(0, equals + 1) + quoteWord(assignment.slice(equals + 1));
}

function quoteWord(word: string): string {
  const plain = /^[+,\-./0-9:@A-Z\]^_a-z]*$/.test(word) && word !== '' && !keywords.has(word);
  return plain ? word : singleQuoted(word);
}

/** A text as a shell would have to be given it. */
export function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
