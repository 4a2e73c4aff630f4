// Child processes of the shell: subshells, programs, and waiting for them.
import { isErrno } from '../../errno.ts';
import { signalDescription } from '../../signals.ts';
import type { Blocking, Process, Program, SignalName } from '../../types.ts';
import { Interrupted, ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { runSubshell } from './top.ts';
import { inherited } from './redirect.ts';

export interface ForkOptions {
  readonly descriptors?: ReadonlyMap<number, number> | undefined;
  /** The job's process group, 0 for a new one; only used with job control. */
  readonly processGroup?: number | undefined;
  readonly background?: boolean;
}

/** Runs part of the script in a process of its own. Throws ShellError at the process limit. */
export function fork(
  shell: Shell,
  run: (subshell: Shell) => Blocking<number>,
  options: ForkOptions = {},
): Process {
  // The copy is made at once, as fork(2) does; the child runs only after this process has stopped to wait.
  const copy: { shell?: Shell } = {};
  // Without job control Ctrl-C is not meant for background commands.
  const deaf = options.background === true && !shell.options.has('m');
  const program: Program = (process) => runSubshell(copy.shell ?? shell.fork(process), run, deaf);
  const child = start(shell, { argv: shell.process.argv, program, ...options });
  copy.shell = shell.fork(child);
  return child;
}

interface StartOptions extends ForkOptions {
  readonly argv: readonly string[];
  readonly program?: Program | undefined;
  readonly env?: ReadonlyMap<string, string>;
}

/** Starts a process. Throws ErrnoError as Process.spawn does, ShellError at the process limit. */
export function start(shell: Shell, options: StartOptions): Process {
  const withJobs = shell.options.has('m');
  try {
    return shell.process.spawn({
      argv: options.argv,
      program: options.program,
      env: options.env ?? shell.variables.environment(),
      cwd: shell.process.cwd,
      descriptors: options.descriptors ?? inherited(shell),
      processGroup: withJobs ? (options.processGroup ?? 0) : undefined,
    });
  } catch (thrown) {
    if (!isErrno(thrown) || thrown.code !== 'EAGAIN') throw thrown;
    throw new ShellError(shell.isAsh ? `can't fork: ${thrown.message}` : 'Cannot fork');
  }
}

/** Waits for children that run in the foreground, and gives the status of the last. */
export function* waitForeground(shell: Shell, children: readonly Process[]): Blocking<number> {
  const last = children.at(-1);
  if (last === undefined) return 0;
  const terminal = shell.options.has('m') ? shell.process.terminal(0) : undefined;
  if (terminal !== undefined) terminal.foreground = children[0]?.processGroup ?? 0;
  for (const child of children) {
    while (child.exit === undefined) {
      yield { on: 'queues', queues: [child.exited] };
      shell.collectSignals();
    }
  }
  reapAll(shell);
  if (terminal !== undefined) terminal.foreground = shell.process.processGroup;
  if (shell.interactive && children.some(({ exit }) => exit?.signal === 'INT')) {
    throw new Interrupted();
  }
  const signal = last.exit?.signal;
  if (signal !== undefined) yield* tellOfSignal(shell, signal);
  return statusOf(shell, children);
}

/** `$?` of a pipeline: its last command's, or with pipefail that of the last that failed. */
function statusOf(shell: Shell, children: readonly Process[]): number {
  const codes = children.map(({ exit }) => exit?.code ?? 0);
  const failed = shell.options.has('P') ? codes.findLast((code) => code !== 0) : undefined;
  return failed ?? codes.at(-1) ?? 0;
}

/** Takes note of all children that have ended, also of orphans that this shell inherited as process 1. */
export function reapAll(shell: Shell): void {
  while (shell.process.reap() !== undefined);
}

/** "Terminated" and the like, as shells print when a signal ended a foreground command. */
function* tellOfSignal(shell: Shell, signal: SignalName): Blocking<void> {
  if (signal === 'PIPE' || signal === 'INT' || shell.isSubshell) return;
  yield* shell.write(2, `${signalDescription(signal)}\n`);
}
