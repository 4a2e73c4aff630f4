// ${x:-word}, ${x%pattern} and the like.
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import type { Part, Word } from '../parse/syntax.ts';
import type { Shell } from '../shell.ts';
import { arithmeticValue } from './arithmetic-value.ts';
import { requireSet } from './parameters.ts';
import { replace, trim } from './trim.ts';

/** How words expand, handed in because words hold operators in turn. */
export interface WordExpansion {
  text(shell: Shell, word: Word): Blocking<string>;
  pattern(shell: Shell, word: Word): Blocking<string>;
}

type Parameter = Extract<Part, { readonly kind: 'parameter' }>;

/** The text of a parameter with an operator; `value` is undefined where it is unset. Throws ShellError. */
export function* applyOperator(
  shell: Shell,
  part: Parameter,
  value: string | undefined,
  words: WordExpansion,
): Blocking<string> {
  const argument = part.argument ?? { parts: [], literal: '' };
  const isSet = value !== undefined && !(part.colon && value === '');
  switch (part.operator) {
    case 'length':
      if (value === undefined) requireSet(shell, part.name);
      return String(lengthOf(shell, part.name, value ?? ''));
    case '-':
      return isSet ? value : yield* words.text(shell, argument);
    case '+':
      return isSet ? yield* words.text(shell, argument) : '';
    case '=':
      return isSet ? value : yield* assign(shell, part.name, argument, words);
    case '?':
      if (isSet) return value;
      throw new ShellError(yield* complaint(shell, part, argument, words));
    default:
  }
  if (value === undefined) requireSet(shell, part.name);
  const text = value ?? '';
  switch (part.operator) {
    case 'slice':
      return yield* slice(shell, part, text, argument, words);
    case 'replace':
    case 'replace-all': {
      if (!shell.isAsh) throw new ShellError('Bad substitution');
      const pattern = yield* words.pattern(shell, argument);
      const by = part.second === undefined ? '' : yield* words.text(shell, part.second);
      return replace(text, pattern, by, part.operator === 'replace-all');
    }
    case '%':
    case '%%':
    case '#':
    case '##':
      return trim(text, yield* words.pattern(shell, argument), part.operator);
    default:
      return text;
  }
}

function lengthOf(shell: Shell, name: string, value: string): number {
  if (name === '@' || name === '*') return shell.isAsh ? shell.parameters.length : value.length;
  return [...value].length;
}

function* assign(
  shell: Shell,
  name: string,
  argument: Word,
  words: WordExpansion,
): Blocking<string> {
  if (!/^[A-Za-z_]/.test(name)) throw new ShellError(`${name}: bad variable name`);
  const text = yield* words.text(shell, argument);
  shell.variables.set(name, text);
  return text;
}

function* complaint(
  shell: Shell,
  part: Parameter,
  argument: Word,
  words: WordExpansion,
): Blocking<string> {
  const own = yield* words.text(shell, argument);
  const usual = part.colon ? 'parameter not set or null' : 'parameter not set';
  return `${part.name}: ${own === '' ? usual : own}`;
}

/** ${x:from:length}, which ash has and dash has not. */
function* slice(
  shell: Shell,
  part: Parameter,
  text: string,
  argument: Word,
  words: WordExpansion,
): Blocking<string> {
  if (!shell.isAsh) throw new ShellError('Bad substitution');
  const from = Number(arithmeticValue(shell, yield* words.text(shell, argument)));
  const start = from < 0 ? Math.max(0, text.length + from) : from;
  if (part.second === undefined) return text.slice(start);
  const length = Number(arithmeticValue(shell, yield* words.text(shell, part.second)));
  const end = length < 0 ? text.length + length : start + length;
  return text.slice(start, Math.max(start, end));
}
