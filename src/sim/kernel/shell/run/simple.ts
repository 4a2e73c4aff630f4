// Simple commands: assignments, builtins, functions, programs.
import { isErrno } from '../../errno.ts';
import type { Blocking, Process } from '../../types.ts';
import type { Builtin } from '../builtins/builtin.ts';
import { findBuiltin } from '../builtins/table.ts';
import { expandText, expandWords } from '../expand/expand.ts';
import { ReturnFromFunction, ShellError, ShellExit } from '../flow.ts';
import type { Command, SimpleCommand } from '../parse/syntax.ts';
import type { Shell } from '../shell.ts';
import { start, waitForeground } from './children.ts';
import { apply, closeOpened, forget, type Plan, plan, restore, type Saved } from './redirect.ts';
import { notRun } from './not-run.ts';
import { scriptProgram } from './script-program.ts';
import { trace } from './trace.ts';

/** Functions may call each other so deep; the host's own stack is used for it. */
const maxFunctionDepth = 200;

export function* runSimple(shell: Shell, command: SimpleCommand, last: boolean): Blocking<number> {
  shell.line = command.line;
  shell.substitutionStatus = 0;
  const words = yield* expandWords(shell, command.words);
  const name = words[0];
  if (name === undefined) return yield* assignOnly(shell, command);
  const builtin = findBuiltin(shell, name);
  const special = builtin?.special === true;
  const called = special ? undefined : shell.functions.get(name);
  let made: Plan | undefined;
  if (command.redirections.length > 0) {
    const planned = yield* planOrFail(shell, command, special);
    if (typeof planned === 'number') return planned;
    made = planned;
  }
  try {
    const assignments = yield* expandAssignments(shell, command);
    if (shell.options.has('x')) yield* trace(shell, assignments.map(joinPair), words);
    if (called === undefined && builtin === undefined) {
      return yield* runProgram(shell, words, assignments, made, last && !shell.traps.any);
    }
    const saved = made === undefined ? undefined : apply(shell, made);
    made = undefined;
    return yield* runHere(shell, { words, assignments, called, builtin, saved });
  } finally {
    if (made !== undefined) closeOpened(shell, made);
  }
}

type Pair = readonly [name: string, value: string];

function joinPair([name, value]: Pair): string {
  return `${name}=${value}`;
}

function* expandAssignments(shell: Shell, command: SimpleCommand): Blocking<Pair[]> {
  const pairs: Pair[] = [];
  for (const { name, value } of command.assignments) {
    pairs.push([name, yield* expandText(shell, value)]);
  }
  return pairs;
}

/** A failing redirection ends the shell only before a special builtin. */
function* planOrFail(
  shell: Shell,
  command: SimpleCommand,
  special: boolean,
): Blocking<Plan | number> {
  try {
    return yield* plan(shell, command.redirections);
  } catch (thrown) {
    if (!(thrown instanceof ShellError) || (special && !shell.interactive)) throw thrown;
    yield* shell.complain(thrown.message, thrown.bare);
    return thrown.code;
  }
}

function* assignOnly(shell: Shell, command: SimpleCommand): Blocking<number> {
  if (command.redirections.length > 0) {
    const made = yield* planOrFail(shell, command, false);
    if (typeof made === 'number') return made;
    closeOpened(shell, made);
  }
  const done: string[] = [];
  for (const { name, value } of command.assignments) {
    const text = yield* expandText(shell, value);
    shell.variables.set(name, text);
    if (shell.options.has('a')) shell.variables.export(name);
    if (shell.options.has('x')) done.push(`${name}=${text}`);
  }
  if (done.length > 0) yield* trace(shell, done, []);
  return shell.substitutionStatus;
}

interface Call {
  readonly words: readonly string[];
  readonly assignments: readonly Pair[];
  readonly called: Command | undefined;
  readonly builtin: Builtin | undefined;
  readonly saved: Saved | undefined;
}

/** Runs a function or builtin in this process. Assignments before it last only as long, but for special builtins. */
function* runHere(shell: Shell, call: Call): Blocking<number> {
  const { called, builtin, saved } = call;
  const { variables } = shell;
  const before = call.assignments.map(([name]) => [name, variables.find(name)] as const);
  const isExec = builtin?.name === 'exec';
  try {
    for (const [name, value] of call.assignments) {
      variables.set(name, value);
      if (called !== undefined || isExec) variables.export(name);
    }
    if (called !== undefined) return yield* runFunction(shell, called, call.words);
    if (builtin !== undefined) return yield* runBuiltin(shell, builtin, call.words);
    return 0;
  } finally {
    if (builtin?.special !== true) {
      for (const [name, variable] of before.reverse()) variables.put(name, variable);
    }
    if (saved !== undefined) {
      if (isExec) forget(shell, saved);
      else restore(shell, saved);
    }
  }
}

/** An error ends the shell where the builtin is special (XCU 2.8.1). */
export function* runBuiltin(
  shell: Shell,
  builtin: Builtin,
  words: readonly string[],
): Blocking<number> {
  const outer = shell.builtin;
  shell.builtin = builtin.name;
  try {
    const outcome = builtin.run(shell, words);
    return typeof outcome === 'number' ? outcome : yield* outcome;
  } catch (thrown) {
    if (!(thrown instanceof ShellError)) throw thrown;
    yield* shell.complain(thrown.message, thrown.bare);
    if (builtin.special && !shell.interactive) throw new ShellExit(thrown.code);
    return thrown.code;
  } finally {
    shell.builtin = outer;
  }
}

function* runFunction(shell: Shell, body: Command, words: readonly string[]): Blocking<number> {
  if (shell.functionDepth >= maxFunctionDepth) {
    throw new ShellError(`Maximum function recursion depth (${maxFunctionDepth}) reached`);
  }
  const { parameters, loopDepth } = shell;
  shell.parameters = words.slice(1);
  shell.loopDepth = 0;
  shell.functionDepth += 1;
  shell.locals.push(new Map());
  try {
    return yield* shell.evaluator.list(
      shell,
      [{ command: body, background: false, text: '' }],
      false,
    );
  } catch (thrown) {
    if (thrown instanceof ReturnFromFunction) return thrown.code;
    throw thrown;
  } finally {
    shell.parameters = parameters;
    shell.loopDepth = loopDepth;
    shell.functionDepth -= 1;
    for (const [name, variable] of shell.locals.pop() ?? []) shell.variables.put(name, variable);
  }
}

/** Runs a program, in this process if nothing follows. */
export function* runProgram(
  shell: Shell,
  words: readonly string[],
  assignments: readonly Pair[],
  made: Plan | undefined,
  replace: boolean,
): Blocking<number> {
  const env = new Map(shell.variables.environment());
  for (const [name, value] of assignments) env.set(name, value);
  try {
    if (replace) return yield* becomeProgram(shell, words, env, made);
    const child = startProgram(shell, words, env, made);
    return yield* waitForeground(shell, [child]);
  } catch (thrown) {
    if (!isErrno(thrown)) throw thrown;
    return yield* notRun(shell, words[0] ?? '', thrown, made?.map);
  }
}

/** A text without `#!` is run by a shell, as POSIX has it. */
export function startProgram(
  shell: Shell,
  words: readonly string[],
  env: ReadonlyMap<string, string>,
  made: Plan | undefined,
  processGroup?: number,
): Process {
  const options = { argv: words, env, descriptors: made?.map, processGroup };
  try {
    return start(shell, options);
  } catch (thrown) {
    if (!isErrno(thrown) || thrown.code !== 'ENOEXEC') throw thrown;
    return start(shell, { ...options, program: scriptProgram(shell, words, env) });
  }
}

function* becomeProgram(
  shell: Shell,
  words: readonly string[],
  env: ReadonlyMap<string, string>,
  made: Plan | undefined,
): Blocking<number> {
  const saved = made === undefined ? undefined : apply(shell, made);
  made?.opened.splice(0);
  for (const descriptor of shell.savedDescriptors) {
    if (![...(saved?.values() ?? [])].includes(descriptor)) shell.process.close(descriptor);
  }
  try {
    return yield* shell.process.execute(words, env);
  } catch (thrown) {
    if (saved !== undefined) restore(shell, saved);
    if (!isErrno(thrown) || thrown.code !== 'ENOEXEC') throw thrown;
    const child = startProgram(shell, words, env, made);
    return yield* waitForeground(shell, [child]);
  }
}
