// An interactive shell: prompt, line, commands; Ctrl-C ends what runs and brings the prompt back.
import type { Blocking } from '../types.ts';
import { describeJob } from './builtins/jobs.ts';
import { Interrupted, LoopExit, ReturnFromFunction, ShellError } from './flow.ts';
import { exitOf } from './jobs.ts';
import { ShellSyntaxError } from './parse/syntax-error.ts';
import { expandPrompt } from './prompt.ts';
import { reapAll } from './run/children.ts';
import { runList } from './run/list.ts';
import { reportError } from './run/top.ts';
import type { Shell } from './shell.ts';
import { CommandReader } from './standard-input.ts';

/** Runs until `exit` or the end of the input. Throws ShellExit. */
export function* runInteractive(shell: Shell): Blocking<number> {
  prepare(shell);
  const reader = new CommandReader(shell);
  for (;;) {
    try {
      if (!reader.unfinished) yield* tellOfJobs(shell);
      const line = yield* readLine(shell, reader);
      if (line === undefined) {
        yield* shell.write(2, '\n');
        return shell.status;
      }
      for (const list of reader.add(line, false) ?? []) {
        shell.status = yield* runList(shell, list, false);
      }
    } catch (thrown) {
      reader.reset();
      yield* recover(shell, thrown);
    }
  }
}

function prepare(shell: Shell): void {
  const { process, options } = shell;
  options.add('i');
  const terminal = process.terminal(0);
  process.onSignal('INT', 'handle');
  // Not ignored but taken and dropped, so that what it starts does not ignore them, too.
  process.onSignal('TERM', 'handle');
  process.onSignal('QUIT', 'handle');
  if (terminal === undefined) return;
  options.add('m');
  terminal.foreground = process.processGroup;
}

function* readLine(shell: Shell, reader: CommandReader): Blocking<string | undefined> {
  const name = reader.unfinished ? 'PS2' : 'PS1';
  const first = shell.isAsh ? '\\w \\$ ' : '\\$ ';
  const usual = reader.unfinished ? '> ' : first;
  yield* shell.write(2, expandPrompt(shell, shell.variables.get(name) ?? usual));
  return yield* shell.persist(() => shell.process.readToNewline(0));
}

/** Brings the shell back to its prompt; what ends the shell, or is a bug, is thrown on. */
function* recover(shell: Shell, thrown: unknown): Blocking<void> {
  shell.tested = 0;
  shell.loopDepth = 0;
  shell.builtin = undefined;
  const terminal = shell.process.terminal(0);
  if (terminal !== undefined) terminal.foreground = shell.process.processGroup;
  if (thrown instanceof Interrupted) {
    shell.status = 130;
    yield* shell.write(2, '\n');
  } else if (thrown instanceof ShellError || thrown instanceof ShellSyntaxError) {
    shell.status = yield* reportError(shell, thrown);
  } else if (!(thrown instanceof LoopExit) && !(thrown instanceof ReturnFromFunction)) {
    throw thrown;
  }
}

/** Background jobs that have ended since the last prompt. */
function* tellOfJobs(shell: Shell): Blocking<void> {
  reapAll(shell);
  for (const job of shell.jobs.all()) {
    if (exitOf(job) === undefined) continue;
    yield* shell.write(2, describeJob(shell, job));
    shell.jobs.remove(job);
  }
}
