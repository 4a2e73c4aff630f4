// The bottom of every shell process: what is thrown ends here as an exit status, and the EXIT trap runs.
import type { Blocking } from '../../types.ts';
import { ReturnFromFunction, Interrupted, LoopExit, ShellError, ShellExit } from '../flow.ts';
import { ShellSyntaxError } from '../parse/syntax-error.ts';
import type { Shell } from '../shell.ts';

/** Runs a subshell's part of the script to its end. */
export function runSubshell(
  shell: Shell,
  run: (shell: Shell) => Blocking<number>,
  ignoresInterrupts: boolean,
): Blocking<number> {
  if (ignoresInterrupts) {
    shell.process.onSignal('INT', 'ignore');
    shell.process.onSignal('QUIT', 'ignore');
  }
  return runToEnd(shell, () => run(shell));
}

/** The exit status of what runs, after the EXIT trap. */
export function* runToEnd(shell: Shell, run: () => Blocking<number>): Blocking<number> {
  try {
    shell.status = yield* run();
  } catch (thrown) {
    shell.status = yield* statusOf(shell, thrown);
  }
  const action = shell.traps.get('EXIT');
  if (action === undefined || action === '') return shell.status;
  shell.traps.set('EXIT', undefined);
  const { status } = shell;
  try {
    yield* shell.evaluator.text(shell, action);
    return status;
  } catch (thrown) {
    return yield* statusOf(shell, thrown);
  }
}

/** The exit status that something thrown means; errors are printed. */
function* statusOf(shell: Shell, thrown: unknown): Blocking<number> {
  if (thrown instanceof ShellExit || thrown instanceof ReturnFromFunction) return thrown.code;
  if (thrown instanceof LoopExit) return 0;
  if (thrown instanceof Interrupted) return 130;
  return yield* reportError(shell, thrown);
}

/** Prints an error and gives its status; what is no error of a script (a bug) is thrown on. */
export function* reportError(shell: Shell, thrown: unknown): Blocking<number> {
  if (thrown instanceof ShellError) {
    yield* shell.complain(thrown.message, thrown.bare);
    return thrown.code;
  }
  if (thrown instanceof ShellSyntaxError) {
    shell.line = thrown.line;
    yield* shell.complain(thrown.message(shell.dialect));
    return 2;
  }
  throw thrown;
}
