// Pipelines: all commands at once, each in a process of its own.
import { isErrno } from '../../errno.ts';
import type { Blocking, Process } from '../../types.ts';
import { findBuiltin } from '../builtins/table.ts';
import type { Command } from '../parse/syntax.ts';
import type { Shell } from '../shell.ts';
import { fork, waitForeground } from './children.ts';
import { inherited } from './redirect.ts';
import { startProgram } from './simple.ts';

export function* runPipeline(
  shell: Shell,
  command: Extract<Command, { readonly kind: 'pipeline' }>,
): Blocking<number> {
  const [only] = command.commands;
  if (command.commands.length === 1 && only !== undefined) {
    shell.tested += 1;
    try {
      const item = { command: only, background: false, text: '' };
      return (yield* shell.evaluator.list(shell, [item], false)) === 0 ? 1 : 0;
    } finally {
      shell.tested -= 1;
    }
  }
  const children = startPipeline(shell, command.commands, false);
  const status = yield* waitForeground(shell, children);
  if (!command.negated) return status;
  return status === 0 ? 1 : 0;
}

/** Starts all commands, connected by pipes. Throws ShellError at the process limit. */
export function startPipeline(
  shell: Shell,
  commands: readonly Command[],
  background: boolean,
): readonly Process[] {
  const { process } = shell;
  const base = inherited(shell);
  const children: Process[] = [];
  let input: number | undefined = background && !shell.options.has('m') ? shell.openNull() : 0;
  const ownInput = input;
  try {
    commands.forEach((command, index) => {
      const descriptors = new Map(base);
      if (input === undefined || !process.openDescriptors().includes(input)) descriptors.delete(0);
      else descriptors.set(0, input);
      const pipe = index === commands.length - 1 ? undefined : process.pipe();
      if (pipe !== undefined) descriptors.set(1, pipe[1]);
      const group = children[0]?.pid ?? 0;
      children.push(startOne(shell, command, descriptors, group, background));
      if (pipe !== undefined) process.close(pipe[1]);
      if (input !== undefined && input !== ownInput) process.close(input);
      input = pipe?.[0];
    });
  } finally {
    if (input !== undefined && input !== ownInput) process.close(input);
  }
  return children;
}

function startOne(
  shell: Shell,
  command: Command,
  descriptors: Map<number, number>,
  processGroup: number,
  background: boolean,
): Process {
  const words = plainWords(shell, command);
  if (words !== undefined) {
    try {
      const env = shell.variables.environment();
      const made = { map: descriptors, touched: new Set<number>(), opened: [] };
      return startProgram(shell, words, env, made, processGroup);
    } catch (thrown) {
      // A subshell says what is wrong.
      if (!isErrno(thrown)) throw thrown;
    }
  }
  const item = { command, background: false, text: '' };
  return fork(shell, (subshell) => subshell.evaluator.list(subshell, [item], true), {
    descriptors,
    processGroup,
    background,
  });
}

/** The words of a program call that needs no shell to be expanded; undefined for everything else. */
function plainWords(shell: Shell, command: Command): readonly string[] | undefined {
  if (command.kind !== 'simple' || shell.options.has('x')) return undefined;
  if (command.assignments.length > 0 || command.redirections.length > 0) return undefined;
  const words: string[] = [];
  for (const { literal } of command.words) {
    if (literal === undefined) return undefined;
    words.push(literal);
  }
  const name = words[0];
  if (name === undefined || shell.functions.has(name)) return undefined;
  return findBuiltin(shell, name) === undefined ? words : undefined;
}
