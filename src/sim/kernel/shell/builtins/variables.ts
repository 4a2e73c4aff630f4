// export, readonly, unset, local, let.
import type { Blocking } from '../../types.ts';
import { arithmeticValue } from '../expand/arithmetic-value.ts';
import { ShellError } from '../flow.ts';
import { singleQuoted } from '../run/trace.ts';
import type { Shell } from '../shell.ts';
import { isName, type Variable } from '../variables.ts';
import type { BuiltinTable } from './builtin.ts';

/** Splits `name=value`; throws ShellError for what is no name. */
function assignment(word: string): readonly [name: string, value: string | undefined] {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
  return [name, equals < 0 ? undefined : word.slice(equals + 1)];
}

function operandsOf(words: readonly string[]): readonly string[] {
  return words[1] === '--' ? words.slice(2) : words.slice(1);
}

function* list(
  shell: Shell,
  command: string,
  shown: (variable: Variable) => boolean,
): Blocking<number> {
  for (const [name, variable] of shell.variables.entries()) {
    if (!shown(variable)) continue;
    const value = variable.value === undefined ? '' : `=${singleQuoted(variable.value)}`;
    yield* shell.write(1, `${command} ${name}${value}\n`);
  }
  return 0;
}

function* exportNames(shell: Shell, words: readonly string[]): Blocking<number> {
  const [option] = words.slice(1);
  if (option === undefined || option === '-p') {
    return yield* list(shell, 'export', ({ exported }) => exported);
  }
  const unexport = option === '-n';
  for (const word of unexport ? words.slice(2) : operandsOf(words)) {
    const [name, value] = assignment(word);
    if (value !== undefined) shell.variables.set(name, value);
    const old = shell.variables.find(name);
    if (!unexport) shell.variables.export(name);
    else if (old !== undefined) shell.variables.put(name, { ...old, exported: false });
  }
  return 0;
}

function* readOnly(shell: Shell, words: readonly string[]): Blocking<number> {
  if (words[1] === undefined || words[1] === '-p') {
    return yield* list(shell, 'readonly', (variable) => variable.readOnly);
  }
  for (const word of operandsOf(words)) {
    const [name, value] = assignment(word);
    if (value !== undefined) shell.variables.set(name, value);
    shell.variables.makeReadOnly(name);
  }
  return 0;
}

function unset(shell: Shell, words: readonly string[]): number {
  const functions = words[1] === '-f';
  const first = words[1] === '-f' || words[1] === '-v' ? 2 : 1;
  for (const name of words.slice(first)) {
    if (functions) shell.functions.delete(name);
    else {
      if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
      shell.variables.unset(name);
    }
  }
  return 0;
}

function local(shell: Shell, words: readonly string[]): number {
  const scope = shell.locals.at(-1);
  if (scope === undefined) throw new ShellError('not in a function');
  for (const word of operandsOf(words)) {
    if (word === '-') continue;
    const [name, value] = assignment(word);
    if (!scope.has(name)) scope.set(name, shell.variables.find(name));
    if (value !== undefined) shell.variables.set(name, value);
    else if (shell.isAsh) shell.variables.put(name, undefined);
  }
  return 0;
}

/** ash alone has it. */
export function letBuiltin(shell: Shell, words: readonly string[]): number {
  let value = 0n;
  for (const word of words.slice(1)) value = arithmeticValue(shell, word);
  return value === 0n ? 1 : 0;
}

export const variableSpecials: BuiltinTable = {
  export: exportNames,
  readonly: readOnly,
  unset,
  local,
};
