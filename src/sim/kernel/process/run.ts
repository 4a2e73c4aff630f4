// The life of a process: ready, asleep, stopped, ended; and what happens around its end.
import type { ExitStatus, Program, SignalName, Wait, WaitQueue } from '../types.ts';
import type { Timer } from '../../runtime/clock.ts';
import { Errno } from '../errno.ts';
import { end } from './end.ts';
import { exitStatus } from './exit-status.ts';
import type { KernelProcess } from './process.ts';

/** CPU time is booked in slices, so that what a long computation used shows while it runs. */
const cpuSliceMs = 1000;
/** What the smallest process takes. */
const baseBytes = 256 * 1024;

export class ProcessRun {
  readonly #process: KernelProcess;
  #generator: Generator<Wait, number, void> | undefined;
  #next: Program | undefined;
  #timer: Timer | undefined;
  #queues: readonly WaitQueue[] | undefined;
  #cpuLeftMs = 0;
  #queued = false;
  #stopped = false;
  #inStep = false;
  #doom: SignalName | undefined;
  #exit: ExitStatus | undefined;

  constructor(process: KernelProcess, program: Program) {
    this.#process = process;
    this.#next = program;
  }

  get state(): 'R' | 'S' | 'T' | 'Z' {
    if (this.#exit !== undefined) return 'Z';
    if (this.#stopped) return 'T';
    return this.#queued || this.#inStep || this.#cpuLeftMs > 0 ? 'R' : 'S';
  }

  get exit(): ExitStatus | undefined {
    return this.#exit;
  }

  /** Whether it will run at a known time, whatever others do. */
  get isTimed(): boolean {
    return this.#timer !== undefined || this.#queued;
  }

  /** Whether a fatal signal has come that takes effect at the next wait. */
  get doomed(): boolean {
    return this.#doom !== undefined;
  }

  /** Begins to run after so much CPU time. */
  start(costMs: number): void {
    this.#process.space.cgroup.allocate(this.#process, baseBytes);
    if (costMs > 0) this.#useCpu(costMs);
    else this.#enqueue();
  }

  /** Becomes another program at the next wait; handlers are forgotten, as exec(2) does. */
  replaceWith(program: Program): void {
    this.#next = program;
    const { dispositions } = this.#process;
    for (const [signal, disposition] of dispositions ?? []) {
      if (disposition === 'handle') dispositions?.delete(signal);
    }
  }

  /** Something it waited for has come true (or a signal has come). */
  wake(): void {
    if (this.#exit !== undefined || this.#queued || this.#inStep) return;
    // CPU time that was begun is used up first; a handler runs after it.
    if (this.#cpuLeftMs > 0) return;
    this.#stopWaiting();
    this.#enqueue();
  }

  stop(): void {
    this.#stopped = true;
  }

  continue(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    if (this.#timer === undefined && this.#queues === undefined) this.#enqueue();
  }

  /** Ends it by a signal: at once, or at the next wait when its own code is running. */
  kill(signal: SignalName): void {
    if (this.#exit !== undefined) return;
    if (this.#inStep) {
      this.#doom ??= signal;
      return;
    }
    this.#finish(exitStatus(0, signal));
  }

  /** Runs the program until it waits. For the scheduler alone. */
  step(): void {
    this.#queued = false;
    if (this.#exit !== undefined || this.#stopped) return;
    if (this.#next !== undefined) this.#load(this.#next);
    const generator = this.#generator;
    if (generator === undefined) return;
    this.#inStep = true;
    let result: IteratorResult<Wait, number>;
    try {
      result = generator.next();
    } catch (thrown) {
      this.#inStep = false;
      this.#generator = undefined;
      if (thrown instanceof Errno && this.#doom === undefined) this.#sayWhy(thrown);
      this.#finish(this.#doom === undefined ? exitStatus(1) : exitStatus(0, this.#doom));
      if (thrown instanceof Errno) return;
      throw thrown;
    }
    this.#inStep = false;
    if (this.#doom !== undefined) this.#finish(exitStatus(0, this.#doom));
    else if (result.done === true) {
      this.#generator = undefined;
      this.#finish(exitStatus(result.value));
    } else if (this.#next !== undefined) this.#useCpu(this.#process.space.machine.spawnCostMs);
    else this.#wait(result.value);
  }

  /** A program that lets a failed call through ends with the call's text on stderr. */
  #sayWhy({ message }: Errno): void {
    const { descriptors, argv } = this.#process;
    if (!descriptors.has(2)) return;
    try {
      descriptors.get(2).tryWrite(`${argv[0] ?? ''}: ${message}\n`, this.#process);
    } catch (thrown) {
      if (!(thrown instanceof Errno)) throw thrown;
    }
  }

  #load(program: Program): void {
    this.#next = undefined;
    close(this.#generator);
    this.#generator = program(this.#process);
  }

  #wait(wait: Wait): void {
    const { clock } = this.#process;
    switch (wait.on) {
      case 'sleep':
        if (wait.ms <= 0) this.#enqueue();
        else this.#wakeAfter(wait.ms);
        return;
      case 'cpu':
        this.#useCpu(wait.ms);
        return;
      case 'queues':
        if (wait.timeoutMs !== undefined && wait.timeoutMs <= 0) {
          this.#enqueue();
          return;
        }
        this.#queues = wait.queues;
        for (const queue of wait.queues) queue.add(this);
        if (wait.timeoutMs !== undefined && clock.nowMs() + wait.timeoutMs < Infinity) {
          this.#wakeAfter(wait.timeoutMs);
        }
    }
  }

  #wakeAfter(ms: number): void {
    this.#timer = this.#process.clock.after(ms, () => {
      this.#timer = undefined;
      this.wake();
      this.#process.space.machine.scheduler.run();
    });
  }

  #useCpu(ms: number): void {
    const process = this.#process;
    const slice = Math.min(ms, cpuSliceMs);
    if (!(slice > 0)) {
      this.#enqueue();
      return;
    }
    this.#cpuLeftMs = ms;
    process.cpuMs += slice;
    const readyMs = process.space.cgroup.serveCpu(process.clock.nowMs(), slice);
    this.#timer = process.clock.at(readyMs, () => {
      this.#timer = undefined;
      this.#cpuLeftMs = 0;
      if (ms > slice) {
        this.#useCpu(ms - slice);
        return;
      }
      this.wake();
      process.space.machine.scheduler.run();
    });
  }

  #enqueue(): void {
    if (this.#queued || this.#exit !== undefined) return;
    this.#queued = true;
    this.#process.space.machine.scheduler.enqueue(this.#process);
  }

  #stopWaiting(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    if (this.#queues === undefined) return;
    for (const queue of this.#queues) queue.remove(this);
    this.#queues = undefined;
  }

  #finish(status: ExitStatus): void {
    this.#stopWaiting();
    this.#cpuLeftMs = 0;
    this.#exit = status;
    const generator = this.#generator;
    this.#generator = undefined;
    this.#next = undefined;
    close(generator);
    end(this.#process);
  }
}

/** Lets a program's `finally` blocks run; what they would wait for does not come. */
function close(generator: Generator<Wait, number, void> | undefined): void {
  if (generator === undefined) return;
  try {
    for (let turn = 0; turn < 3; turn += 1) {
      if (generator.return(0).done === true) return;
    }
  } catch (thrown) {
    if (!(thrown instanceof Errno)) throw thrown;
  }
}
