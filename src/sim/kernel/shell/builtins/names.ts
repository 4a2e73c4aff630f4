// What names mean: alias, unalias, type, command, hash.
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import { singleQuoted } from '../run/trace.ts';
import type { Shell } from '../shell.ts';
import type { BuiltinTable } from './builtin.ts';

const keywords = new Set(
  'if then else elif fi do done case esac while until for in { } !'.split(' '),
);

function* alias(shell: Shell, words: readonly string[]): Blocking<number> {
  let status = 0;
  const operands = words.length > 1 ? words.slice(1) : [...shell.aliases.keys()].sort();
  for (const operand of operands) {
    const equals = operand.indexOf('=', 1);
    if (equals > 0) {
      shell.aliases.set(operand.slice(0, equals), operand.slice(equals + 1));
      continue;
    }
    const value = shell.aliases.get(operand);
    if (value === undefined) {
      yield* shell.write(2, `alias: ${operand} not found\n`);
      status = 1;
    } else {
      yield* shell.write(1, `${operand}=${singleQuoted(value)}\n`);
    }
  }
  return status;
}

function* unalias(shell: Shell, words: readonly string[]): Blocking<number> {
  let status = 0;
  for (const operand of words.slice(1)) {
    if (operand === '-a') shell.aliases.clear();
    else if (!shell.aliases.delete(operand)) {
      yield* shell.write(2, `unalias: ${operand} not found\n`);
      status = 1;
    }
  }
  return status;
}

/** The executable that a name stands for on PATH. */
export function whichProgram(shell: Shell, name: string): string | undefined {
  const { files } = shell.process;
  const runs = (path: string): boolean =>
    files.access(path, 'execute') && files.stat(path).type === 'file';
  if (name.includes('/')) return runs(name) ? name : undefined;
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`;
    if (runs(path)) return path;
  }
  return undefined;
}

function describe(shell: Shell, name: string): string | undefined {
  if (keywords.has(name)) return 'is a shell keyword';
  const aliased = shell.aliases.get(name);
  if (aliased !== undefined) return `is an alias for ${aliased}`;
  if (shell.functions.has(name)) return shell.isAsh ? 'is a function' : 'is a shell function';
  const builtin = shell.evaluator.builtin(shell, name);
  if (builtin !== undefined) return `is a ${builtin.special ? 'special ' : ''}shell builtin`;
  const path = whichProgram(shell, name);
  return path === undefined ? undefined : `is ${path}`;
}

function* type(shell: Shell, words: readonly string[]): Blocking<number> {
  let status = 0;
  for (const name of words.slice(1)) {
    const what = describe(shell, name);
    if (what === undefined) status = 127;
    yield* shell.write(1, what === undefined ? `${name}: not found\n` : `${name} ${what}\n`);
  }
  return status;
}

function* command(shell: Shell, words: readonly string[]): Blocking<number> {
  const option = words[1];
  if (option === '-v' || option === '-V') {
    const name = words[2] ?? '';
    if (option === '-V') return yield* type(shell, ['type', name]);
    return yield* short(shell, name);
  }
  const rest = option === '-p' || option === '--' ? words.slice(2) : words.slice(1);
  return rest.length === 0 ? 0 : yield* shell.evaluator.words(shell, rest);
}

/** `command -v`: what would run, in one word. */
function* short(shell: Shell, name: string): Blocking<number> {
  const aliased = shell.aliases.get(name);
  const known =
    keywords.has(name) ||
    shell.functions.has(name) ||
    shell.evaluator.builtin(shell, name) !== undefined;
  const text =
    aliased !== undefined
      ? `alias ${name}=${singleQuoted(aliased)}`
      : known
        ? name
        : whichProgram(shell, name);
  if (text === undefined) return 127;
  yield* shell.write(1, `${text}\n`);
  return 0;
}

/** Programs are looked up anew each time, so there is nothing to remember; only unknown names are worth a word. */
function hash(shell: Shell, words: readonly string[]): number {
  for (const name of words.slice(1)) {
    if (name === '-r' || whichProgram(shell, name) !== undefined) continue;
    throw new ShellError(`${name}: not found`, 1);
  }
  return 0;
}

export const nameBuiltins: BuiltinTable = { alias, unalias, type, command, hash };
