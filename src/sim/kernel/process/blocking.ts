// System calls that may wait.
import { Errno } from '../errno.ts';
import type { Blocking, ExitStatus, Wait, WaitQueue } from '../types.ts';
import { reap } from './end.ts';
import type { KernelProcess } from './process.ts';

/** So many small steps cost this much CPU. */
const stepsPerSlice = 1024;
const sliceMs = 50;
/** Characters that are moved in one step. */
const charactersPerStep = 4096;
const forever: Wait = { on: 'sleep', ms: Number.MAX_SAFE_INTEGER };

function interrupted(process: KernelProcess): boolean {
  return process.pending !== undefined && process.pending.length > 0;
}

function* block(process: KernelProcess, queue: WaitQueue): Blocking<void> {
  if (interrupted(process)) throw new Errno('EINTR');
  yield { on: 'queues', queues: [queue] };
  if (interrupted(process)) throw new Errno('EINTR');
}

/** What a system call costs: nothing shows of a few, endless ones take time. */
function* pay(process: KernelProcess, steps: number): Blocking<void> {
  process.steps += steps;
  if (process.run.doomed) yield forever;
  if (process.steps >= stepsPerSlice) yield* payDebt(process);
}

function* payDebt(process: KernelProcess): Blocking<void> {
  const slices = Math.floor(process.steps / stepsPerSlice);
  process.steps -= slices * stepsPerSlice;
  yield { on: 'cpu', ms: slices * sliceMs };
}

export function* work(process: KernelProcess, steps: number): Blocking<void> {
  process.steps += steps;
  if (process.steps >= stepsPerSlice) yield* payDebt(process);
}

export function* read(
  process: KernelProcess,
  descriptor: number,
  maxLength: number,
  toNewline = false,
): Blocking<string | undefined> {
  if (maxLength <= 0) return '';
  for (;;) {
    const text = process.descriptors.get(descriptor).tryRead(maxLength, toNewline);
    if (text === undefined) return undefined;
    if (typeof text === 'string') {
      yield* pay(process, 1 + Math.floor(text.length / charactersPerStep));
      return text;
    }
    yield* block(process, text);
  }
}

/** How long a line may get before it is taken as one. */
const maxLineLength = 1 << 24;

export function* readLine(
  process: KernelProcess,
  descriptor: number,
): Blocking<string | undefined> {
  let line = '';
  for (;;) {
    const part = yield* read(process, descriptor, 65_536, true);
    if (part === undefined) return line === '' ? undefined : line;
    if (part.endsWith('\n')) return line + part.slice(0, -1);
    line += part;
    if (line.length > maxLineLength) return line;
  }
}

export function* write(process: KernelProcess, descriptor: number, text: string): Blocking<void> {
  if (process.run.doomed) yield forever;
  for (let rest = text; rest !== '';) {
    let taken: number | WaitQueue;
    try {
      taken = process.descriptors.get(descriptor).tryWrite(rest, process);
    } catch (thrown) {
      // SIGPIPE has come along with EPIPE, and may be the end.
      if (process.run.doomed) yield forever;
      throw thrown;
    }
    if (typeof taken === 'number') {
      rest = taken === rest.length ? '' : rest.slice(taken);
      yield* pay(process, 1 + Math.floor(taken / charactersPerStep));
    } else {
      yield { on: 'queues', queues: [taken] };
    }
  }
}

export function* wait(
  process: KernelProcess,
  pid: number | undefined,
): Blocking<{ readonly pid: number; readonly status: ExitStatus } | undefined> {
  for (;;) {
    const found = reapEnded(process, pid);
    if (found === undefined) return undefined;
    if (found.ended !== undefined) return found.ended;
    yield* block(process, process.childEnded);
  }
}

/** The first such child that has ended, taken note of; undefined altogether where there is no such child. */
export function reapEnded(
  process: KernelProcess,
  pid: number | undefined,
):
  | { readonly ended: { readonly pid: number; readonly status: ExitStatus } | undefined }
  | undefined {
  let candidates = 0;
  for (const child of process.children) {
    if (pid !== undefined && child.pid !== pid) continue;
    candidates += 1;
    if (child.exit === undefined) continue;
    reap(child);
    return { ended: { pid: child.pid, status: child.exit } };
  }
  return candidates === 0 ? undefined : { ended: undefined };
}

export function* sleep(process: KernelProcess, ms: number): Blocking<void> {
  if (!interrupted(process)) yield { on: 'sleep', ms };
}

export function* waitFor(
  process: KernelProcess,
  queues: readonly WaitQueue[],
  timeoutMs: number | undefined,
): Blocking<void> {
  if (!interrupted(process)) yield { on: 'queues', queues, timeoutMs };
}
