// Expansion of words (XCU 2.6): parameters, commands, arithmetic, then fields and file names.
import { escapeGlob } from '../../glob.ts';
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import type { Part, Word } from '../parse/syntax.ts';
import type { Shell } from '../shell.ts';
import { arithmeticValue } from './arithmetic-value.ts';
import { Fields } from './fields.ts';
import { matchFileNames } from './file-names.ts';
import { joiner, parameterValue, requireSet } from './parameters.ts';
import { homeOf } from './tilde.ts';
import { applyOperator, type WordExpansion } from './operators.ts';

const words: WordExpansion = { text: expandText, pattern: expandPattern };

type Parameter = Extract<Part, { readonly kind: 'parameter' }>;

/** After these builtins `x=$y` is an assignment, which is not split. */
const declarations: ReadonlySet<string> = new Set(['export', 'readonly', 'local']);

function isAssignment({ parts }: Word): boolean {
  const [first] = parts;
  return first?.kind === 'text' && !first.quoted && /^[A-Za-z_]\w*=/.test(first.text);
}

/** How many words one command may have. */
const maxFields = 1 << 19;

/** The fields that words expand to: the words of a command. */
export function* expandWords(shell: Shell, words: readonly Word[]): Blocking<string[]> {
  const fields: string[] = [];
  const declares = declarations.has(words[0]?.literal ?? '');
  for (const word of words) {
    if (declares && isAssignment(word)) fields.push(yield* expandText(shell, word));
    else if (word.literal !== undefined) fields.push(word.literal);
    else yield* expandFields(shell, word, fields);
    if (fields.length > maxFields) throw new ShellError('out of memory');
  }
  return fields;
}

function* expandFields(shell: Shell, word: Word, into: string[]): Blocking<void> {
  const ifs = shell.variables.get('IFS') ?? ' \t\n';
  const match = (pattern: string): readonly string[] =>
    shell.options.has('f') ? [] : matchFileNames(shell.process.files, pattern);
  const fields = new Fields(ifs, match);
  yield* addParts(shell, word.parts, fields);
  fields.finish();
  for (const field of fields.fields) into.push(field);
}

/** `given` when the parts stand in for a parameter (`${x:-word}`): then their text is split, too. */
function* addParts(
  shell: Shell,
  parts: readonly Part[],
  fields: Fields,
  given = false,
): Blocking<void> {
  for (const part of parts) {
    if (part.kind === 'text') {
      if (part.quoted) fields.quoted(part.text);
      else if (given) fields.split(part.text);
      else fields.literal(part.text);
    } else if (part.kind === 'tilde') {
      fields.quoted(homeOf(shell, part.user));
    } else if (part.kind === 'parameter') {
      yield* addParameter(shell, part, fields);
    } else {
      const text = yield* partText(shell, part);
      const quoted = part.kind !== 'bad-substitution' && part.quoted;
      if (quoted) fields.quoted(text);
      else fields.split(text);
    }
  }
}

function* addParameter(shell: Shell, part: Parameter, fields: Fields): Blocking<void> {
  const many = part.name === '@' || part.name === '*';
  if (many && part.operator === '') {
    addPositional(shell, part, fields);
    return;
  }
  const { argument } = part;
  if (argument !== undefined && (part.operator === '-' || part.operator === '+')) {
    const value = parameterValue(shell, part.name);
    const isSet = value !== undefined && !(part.colon && value === '');
    if (isSet === (part.operator === '+')) {
      // The word that stands in keeps its own quoting.
      if (part.quoted) fields.quoted('');
      if (argument.parts.length > 0) yield* addParts(shell, argument.parts, fields, true);
      else if (argument.literal !== '') fields.split(argument.literal ?? '');
      return;
    }
    if (isSet && many) {
      addPositional(shell, part, fields);
      return;
    }
  }
  const text = yield* parameterText(shell, part);
  if (part.quoted) fields.quoted(text);
  else fields.split(text);
}

function addPositional(shell: Shell, part: Parameter, fields: Fields): void {
  const { parameters } = shell;
  if (part.quoted && part.name === '*') {
    fields.quoted(parameters.join(joiner(shell)));
    return;
  }
  if (part.quoted && parameters.length === 0) fields.vanishing();
  parameters.forEach((value, index) => {
    if (part.quoted) {
      if (index > 0) fields.next();
      fields.quoted(value);
    } else {
      if (index > 0) fields.end();
      fields.split(value);
    }
  });
}

/** One string: for assignments, redirections, here-documents, the word of a case. */
export function* expandText(shell: Shell, word: Word): Blocking<string> {
  if (word.literal !== undefined) return word.literal;
  let text = '';
  for (const part of word.parts) {
    text += part.kind === 'text' ? part.text : yield* partText(shell, part);
  }
  return text;
}

/** A pattern: what is quoted stands for itself. */
export function* expandPattern(shell: Shell, word: Word): Blocking<string> {
  let pattern = '';
  if (word.parts.length === 0) return word.literal ?? '';
  for (const part of word.parts) {
    const text = yield* partText(shell, part);
    const quoted = part.kind === 'tilde' || (part.kind !== 'bad-substitution' && part.quoted);
    pattern += quoted ? escapeGlob(text) : text;
  }
  return pattern;
}

function* partText(shell: Shell, part: Part): Blocking<string> {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'tilde':
      return homeOf(shell, part.user);
    case 'parameter':
      return yield* parameterText(shell, part);
    case 'command':
      return yield* shell.evaluator.substitute(shell, part.body);
    case 'arithmetic':
      return yield* arithmeticText(shell, part.expression);
    case 'bad-substitution':
      throw new ShellError(shell.isAsh ? 'syntax error: bad substitution' : 'Bad substitution');
  }
}

function* parameterText(shell: Shell, part: Parameter): Blocking<string> {
  const value = parameterValue(shell, part.name);
  if (part.operator === '') {
    if (value === undefined) requireSet(shell, part.name);
    return value ?? '';
  }
  return yield* applyOperator(shell, part, value, words);
}

function* arithmeticText(shell: Shell, expression: Word): Blocking<string> {
  const text = yield* expandText(shell, expression);
  return arithmeticValue(shell, text).toString();
}
