// wait, jobs, fg, bg.
import { signalDescription, signalNumber } from '../../signals.ts';
import type { Blocking, Process } from '../../types.ts';
import { ShellError } from '../flow.ts';
import { exitOf, type Job } from '../jobs.ts';
import { reapAll, waitForeground } from '../run/children.ts';
import type { Shell } from '../shell.ts';
import { type BuiltinTable, wholeNumber } from './builtin.ts';

/** Throws ShellError for a job there is not. */
export function jobOf(shell: Shell, spec: string | undefined): Job {
  const job = shell.jobs.bySpec(spec ?? '%%');
  if (job !== undefined) return job;
  if (spec === undefined) throw new ShellError('No current job');
  throw new ShellError(shell.isAsh ? `${spec}: no such job` : `No such job: ${spec}`);
}

/** Waits for a child; the number of the signal that came first, if one did. */
function* waitUnlessSignalled(shell: Shell, child: Process): Blocking<number | undefined> {
  while (child.exit === undefined) {
    yield { on: 'queues', queues: [child.exited] };
    const [first] = shell.collectSignals();
    if (first !== undefined) return 128 + signalNumber(first);
  }
  reapAll(shell);
  return undefined;
}

function* wait(shell: Shell, words: readonly string[]): Blocking<number> {
  const [already] = shell.collectSignals();
  if (already !== undefined) return 128 + signalNumber(already);
  const operands = words.slice(1);
  if (operands.length === 0) {
    for (const job of shell.jobs.all()) {
      const code = yield* waitForProcesses(shell, job);
      if (code !== undefined) return code;
    }
    return 0;
  }
  let status = 0;
  for (const operand of operands) {
    const job = operand.startsWith('%')
      ? jobOf(shell, operand)
      : shell.jobs.byPid(wholeNumber(operand) ?? -1);
    if (job === undefined) {
      status = 127;
      continue;
    }
    const one = job.processes.find(({ pid }) => String(pid) === operand);
    const code = yield* waitForProcesses(shell, job);
    if (code !== undefined) return code;
    shell.jobs.remove(job);
    yield* tell(shell, job);
    status = (one?.exit ?? exitOf(job))?.code ?? 0;
  }
  return status;
}

/** Undefined when the job has ended, else 128 plus the number of the signal that came. */
function* waitForProcesses(shell: Shell, job: Job): Blocking<number | undefined> {
  for (const process of job.processes) {
    const code = yield* waitUnlessSignalled(shell, process);
    if (code !== undefined) return code;
  }
  return undefined;
}

/** A script says what signal ended a job it waited for by name. */
function* tell(shell: Shell, job: Job): Blocking<void> {
  const signal = exitOf(job)?.signal;
  if (signal === undefined || signal === 'INT' || signal === 'PIPE' || shell.isSubshell) return;
  yield* shell.write(2, `${signalDescription(signal)}\n`);
}

function* jobs(shell: Shell, words: readonly string[]): Blocking<number> {
  reapAll(shell);
  const pidsOnly = words[1] === '-p';
  for (const job of shell.jobs.all()) {
    if (pidsOnly) yield* shell.write(1, `${job.processes[0]?.pid ?? ''}\n`);
    else yield* shell.write(1, describeJob(shell, job, words[1] === '-l'));
    if (exitOf(job) !== undefined) shell.jobs.remove(job);
  }
  return 0;
}

/** One line about a job, as `jobs` and an interactive shell's prompt show it. */
export function describeJob(shell: Shell, job: Job, withPid = false): string {
  const exit = exitOf(job);
  let state = 'Running';
  if (exit !== undefined) {
    state = exit.signal === undefined ? 'Done' : signalDescription(exit.signal);
    if (exit.signal === undefined && exit.code !== 0) state = `Done(${exit.code})`;
  }
  const mark = shell.isAsh ? `${shell.jobs.mark(job)} ` : ` ${shell.jobs.mark(job)}`;
  const pid = withPid ? `${job.processes[0]?.pid ?? ''} ` : '';
  const text = shell.options.has('m') ? job.text : '';
  return `[${job.number}]${mark} ${pid}${state.padEnd(27)}${text}\n`;
}

function* fg(shell: Shell, words: readonly string[]): Blocking<number> {
  const job = jobOf(shell, words[1]);
  yield* shell.write(1, `${job.text}\n`);
  for (const process of job.processes) {
    if (process.exit === undefined) shell.process.kill(process.pid, 'CONT');
  }
  shell.jobs.remove(job);
  return yield* waitForeground(shell, job.processes);
}

function* bg(shell: Shell, words: readonly string[]): Blocking<number> {
  const job = jobOf(shell, words[1]);
  for (const process of job.processes) {
    if (process.exit === undefined) shell.process.kill(process.pid, 'CONT');
  }
  yield* shell.write(1, `[${job.number}] ${job.text}\n`);
  return 0;
}

export const jobBuiltins: BuiltinTable = { wait, jobs, fg, bg };
