// Builtins that steer the script: loops, functions, exit, eval, exec, sourcing.
import { isErrno } from '../../errno.ts';
import type { Blocking } from '../../types.ts';
import { ReturnFromFunction, LoopExit, ShellError, ShellExit } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { notRun } from '../run/not-run.ts';
import { scriptProgram } from '../run/script-program.ts';
import { type BuiltinTable, wholeNumber } from './builtin.ts';

function number(word: string): number {
  const value = wholeNumber(word);
  if (value === undefined) throw new ShellError(`Illegal number: ${word}`);
  return value;
}

function loopExit(kind: LoopExit['kind']) {
  return (shell: Shell, words: readonly string[]): number => {
    const levels = words[1] === undefined ? 1 : number(words[1]);
    if (levels < 1) throw new ShellError(`Illegal number: ${words[1] ?? ''}`);
    if (shell.loopDepth === 0) return 0;
    throw new LoopExit(kind, Math.min(levels, shell.loopDepth));
  };
}

function exit(shell: Shell, words: readonly string[]): number {
  throw new ShellExit(words[1] === undefined ? shell.status : number(words[1]) & 255);
}

function returnFrom(shell: Shell, words: readonly string[]): number {
  const code = words[1] === undefined ? shell.status : number(words[1]);
  // dash hands on what does not fit into an exit status.
  throw new ReturnFromFunction(shell.isAsh ? code & 255 : code);
}

function shift(shell: Shell, words: readonly string[]): number {
  const count = words[1] === undefined ? 1 : number(words[1]);
  if (count > shell.parameters.length) {
    if (shell.isAsh) return 1;
    throw new ShellError("can't shift that many");
  }
  shell.parameters = shell.parameters.slice(count);
  return 0;
}

function* evalText(shell: Shell, words: readonly string[]): Blocking<number> {
  const text = words.slice(1).join(' ');
  if (text.trim() === '') return 0;
  return yield* shell.evaluator.text(shell, text);
}

function* source(shell: Shell, words: readonly string[]): Blocking<number> {
  const name = words[1];
  if (name === undefined) {
    if (!shell.isAsh) return 0;
    throw new ShellError('filename argument required');
  }
  const text = readScript(shell, name);
  const { script, parameters, line, builtin } = shell;
  shell.script = name;
  shell.builtin = undefined;
  if (shell.isAsh && words.length > 2) shell.parameters = words.slice(2);
  try {
    return yield* shell.evaluator.text(shell, text, 1);
  } catch (thrown) {
    if (thrown instanceof ReturnFromFunction) return thrown.code;
    throw thrown;
  } finally {
    shell.script = script;
    shell.line = line;
    shell.builtin = builtin;
    if (shell.isAsh && words.length > 2) shell.parameters = parameters;
  }
}

function readScript(shell: Shell, name: string): string {
  const { files } = shell.process;
  const directories = (shell.variables.get('PATH') ?? '').split(':');
  const places = name.includes('/') ? [name] : directories.map((each) => `${each || '.'}/${name}`);
  if (!name.includes('/') && shell.isAsh) places.push(name);
  const path = places.find((each) => files.exists(each));
  try {
    if (path !== undefined) return files.readText(path);
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    throw new ShellError(cannotOpen(shell, name, thrown.message));
  }
  if (!name.includes('/') && !shell.isAsh) throw new ShellError(`${name}: not found`);
  throw new ShellError(cannotOpen(shell, name, undefined));
}

function cannotOpen(shell: Shell, name: string, why: string | undefined): string {
  return shell.isAsh
    ? `can't open '${name}': ${why ?? 'No such file or directory'}`
    : `cannot open ${name}: ${why ?? 'No such file'}`;
}

/** Without a command only its redirections count, and they stay. */
function* exec(shell: Shell, words: readonly string[]): Blocking<number> {
  const command = words[1] === '--' ? words.slice(2) : words.slice(1);
  const name = command[0];
  if (name === undefined) return 0;
  const env = shell.variables.environment();
  try {
    return yield* shell.process.execute(command, env);
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    if (thrown.code === 'ENOEXEC') return yield* scriptProgram(shell, command, env)(shell.process);
    const code = yield* notRun(shell, name, thrown);
    if (shell.interactive) return code;
    throw new ShellExit(code);
  }
}

export const controlSpecials: BuiltinTable = {
  ':': () => 0,
  '.': source,
  source,
  break: loopExit('break'),
  continue: loopExit('continue'),
  eval: evalText,
  exec,
  exit,
  return: returnFrom,
  shift,
};

export const controlBuiltins: BuiltinTable = {
  true: () => 0,
  false: () => 1,
};
