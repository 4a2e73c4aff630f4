// Lists: one command after the other, some in the background; traps run in between.
import type { Blocking } from '../../types.ts';
import { ShellError, ShellExit } from '../flow.ts';
import type { Command, List, ListItem } from '../parse/syntax.ts';
import type { Shell } from '../shell.ts';
import { runCompound, runFor, runIf, runLoop, runCase } from './compound.ts';
import { runPipeline, startPipeline } from './pipeline.ts';
import { inherited } from './redirect.ts';
import { runSimple } from './simple.ts';
import { fork, waitForeground } from './children.ts';

/** Commands are paid for in bundles. */
const stepsPerBundle = 32;

/** Lists may be nested so deep, by functions, eval and constructs together; the host's own stack is used for it. */
const maxNesting = 300;

/** Runs a list; `last` when nothing else follows in this process. Throws what leaves it early. */
export function* runList(shell: Shell, list: List, last: boolean): Blocking<number> {
  if (shell.nesting >= maxNesting) throw new ShellError('nesting too deep');
  shell.nesting += 1;
  let status = 0;
  const end = list.length - 1;
  try {
    for (let i = 0; i <= end; i += 1) {
      const item = list[i];
      if (item === undefined || (shell.options.has('n') && !shell.interactive)) continue;
      if (item.background) status = startBackground(shell, item);
      else {
        if (++shell.steps >= stepsPerBundle) yield* payForSteps(shell);
        status = yield* runCommand(shell, item.command, last && i === end);
        if (status !== 0) check(shell, item.command, status);
      }
      shell.status = status;
      shell.collectSignals();
      if (shell.traps.pending) yield* runTraps(shell);
    }
    return status;
  } finally {
    shell.nesting -= 1;
  }
}

/** Runs the actions of signals that have come. */
export function* runTraps(shell: Shell): Blocking<void> {
  shell.collectSignals();
  const { traps } = shell;
  if (!traps.pending || traps.running) return;
  for (let signal = traps.next(); signal !== undefined; signal = traps.next()) {
    const action = traps.get(signal);
    if (action === undefined || action === '') continue;
    const { status } = shell;
    traps.running = true;
    try {
      yield* shell.evaluator.text(shell, action);
    } finally {
      traps.running = false;
    }
    shell.status = status;
  }
}

function startBackground(shell: Shell, item: ListItem): number {
  const { command, text } = item;
  const processes =
    command.kind === 'pipeline' && !command.negated
      ? startPipeline(shell, command.commands, true)
      : [
          fork(shell, (subshell) => runCommand(subshell, command, true), {
            background: true,
            descriptors: backgroundDescriptors(shell),
          }),
        ];
  const job = shell.jobs.add(processes, text);
  shell.lastBackground = job.processes.at(-1)?.pid ?? 0;
  return 0;
}

/** Without job control a background command reads nothing. */
function backgroundDescriptors(shell: Shell): Map<number, number> {
  const descriptors = inherited(shell);
  if (shell.options.has('m')) return descriptors;
  descriptors.set(0, shell.openNull());
  return descriptors;
}

/** Runs one command. A plain function where it can be, so that a sleeping shell keeps few frames. */
export function runCommand(shell: Shell, command: Command, last: boolean): Blocking<number> {
  switch (command.kind) {
    case 'simple':
      return runSimple(shell, command, last);
    case 'pipeline':
      return runPipeline(shell, command);
    case 'and-or':
      return runAndOr(shell, command, last);
    case 'if':
      return runIf(shell, command, last);
    case 'loop':
      return runLoop(shell, command);
    case 'for':
      return runFor(shell, command);
    case 'case':
      return runCase(shell, command, last);
    case 'group':
      return runList(shell, command.body, last);
    case 'subshell':
      return runInSubshell(shell, command.body, last);
    case 'redirected':
      return runCompound(shell, command);
    case 'function':
      return define(shell, command.name, command.body);
  }
}

// eslint-disable-next-line require-yield -- A definition waits for nothing.
function* define(shell: Shell, name: string, body: Command): Blocking<number> {
  shell.functions.set(name, body);
  return 0;
}

function* runInSubshell(shell: Shell, body: List, last: boolean): Blocking<number> {
  if (last && !shell.traps.any) {
    shell.isSubshell = true;
    return yield* runList(shell, body, true);
  }
  const child = fork(shell, (subshell) => runList(subshell, body, true));
  return yield* waitForeground(shell, [child]);
}

/** The commands whose failure `set -e` minds; constructs leave it to those within. */
function isChecked({ kind, ...command }: Command): boolean {
  if (kind === 'pipeline') return !(command as { negated?: boolean }).negated;
  return kind === 'simple' || kind === 'subshell';
}

/** `set -e`: a command that fails and is no test ends the shell. */
function check(shell: Shell, command: Command, status: number): void {
  if (shell.tested > 0 || !shell.options.has('e')) return;
  if (isChecked(command)) throw new ShellExit(status);
}

function* payForSteps(shell: Shell): Blocking<void> {
  const { steps } = shell;
  shell.steps = 0;
  yield* shell.process.work(steps);
}

function* runAndOr(
  shell: Shell,
  command: Extract<Command, { readonly kind: 'and-or' }>,
  last: boolean,
): Blocking<number> {
  const status = yield* runTested(shell, command.left);
  shell.status = status;
  if ((status === 0) !== (command.operator === '&&')) return status;
  const right = yield* runCommand(shell, command.right, last);
  if (right !== 0) check(shell, command.right, right);
  return right;
}

/** Runs a command whose failure is an answer. */
export function* runTested(shell: Shell, command: Command): Blocking<number> {
  shell.tested += 1;
  try {
    return yield* runCommand(shell, command, false);
  } finally {
    shell.tested -= 1;
  }
}
