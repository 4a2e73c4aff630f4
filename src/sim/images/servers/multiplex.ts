// Several activities inside one process, as a server with an event loop has them: each is a generator of its own, and
// the process sleeps until one of them can go on.
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Process, SignalName, Wait, Waiter } from '../../kernel/types.ts';
import { Queue } from '../../kernel/wait-queue.ts';

interface Activity {
  readonly steps: Blocking<void>;
  wait: Wait | undefined;
  waiter: Waiter | undefined;
  dueMs: number;
}

/** The event loop of one process. */
export class EventLoop {
  readonly #process: Process;
  readonly #staysWhenIdle: boolean;
  readonly #activities = new Set<Activity>();
  readonly #ready: Activity[] = [];
  readonly #woken = new Queue();
  #isStopped = false;

  /** @param options.staysWhenIdle whether `run` waits for further activities when all are over */
  constructor(process: Process, options: { readonly staysWhenIdle?: boolean } = {}) {
    this.#process = process;
    this.#staysWhenIdle = options.staysWhenIdle ?? false;
  }

  /** Adds an activity. A failed system call that it does not catch (a connection reset, say) ends it alone. */
  add(steps: Blocking<void>): void {
    const activity = { steps, wait: undefined, waiter: undefined, dueMs: Infinity };
    this.#activities.add(activity);
    this.#ready.push(activity);
    this.#woken.wake();
  }

  /** How many activities are not over. */
  get size(): number {
    return this.#activities.size;
  }

  /** Ends `run` at the next opportunity; what is still active then is ended too. */
  stop(): void {
    this.#isStopped = true;
    this.#woken.wake();
  }

  /** Runs until stopped or until nothing is active. Signals that the process handles go to `onSignal`. */
  *run(onSignal?: (signal: SignalName) => void): Blocking<void> {
    try {
      for (;;) {
        this.#takeSignals(onSignal);
        if (this.#isStopped || (this.#activities.size === 0 && !this.#staysWhenIdle)) return;
        const activity = this.#ready.shift();
        if (activity !== undefined) this.#advance(activity);
        else yield* this.#sleep();
      }
    } finally {
      for (const activity of this.#activities) this.#end(activity);
    }
  }

  #takeSignals(onSignal: ((signal: SignalName) => void) | undefined): void {
    for (;;) {
      const signal = this.#process.takeSignal();
      if (signal === undefined) return;
      onSignal?.(signal);
    }
  }

  #advance(activity: Activity): void {
    this.#forget(activity);
    try {
      const step = activity.steps.next();
      if (step.done === true) this.#activities.delete(activity);
      else this.#suspend(activity, step.value);
    } catch (error) {
      if (!isErrno(error)) throw error;
      this.#activities.delete(activity);
    }
  }

  #suspend(activity: Activity, wait: Wait): void {
    activity.wait = wait;
    const timeoutMs =
      wait.on === 'queues' ? wait.timeoutMs : wait.on === 'sleep' ? wait.ms : undefined;
    activity.dueMs = this.#process.clock.nowMs() + (timeoutMs ?? Infinity);
    if (wait.on !== 'queues') return;
    activity.waiter = { wake: () => this.#makeReady(activity) };
    for (const queue of wait.queues) queue.add(activity.waiter);
  }

  #makeReady(activity: Activity): void {
    this.#forget(activity);
    this.#ready.push(activity);
    this.#woken.wake();
  }

  /** Takes an activity off everything that it waits for. */
  #forget(activity: Activity): void {
    const { wait, waiter } = activity;
    if (wait?.on === 'queues' && waiter !== undefined) {
      for (const queue of wait.queues) queue.remove(waiter);
    }
    activity.wait = undefined;
    activity.waiter = undefined;
    activity.dueMs = Infinity;
  }

  #end(activity: Activity): void {
    this.#forget(activity);
    activity.steps.return(undefined);
    this.#activities.delete(activity);
  }

  *#sleep(): Blocking<void> {
    const waiting = [...this.#activities];
    const busy = waiting.find(({ wait }) => wait?.on === 'cpu');
    if (busy?.wait !== undefined) {
      const { wait } = busy;
      yield wait;
      this.#makeReady(busy);
      return;
    }
    const dueMs = Math.min(...waiting.map((activity) => activity.dueMs));
    const timeoutMs = dueMs === Infinity ? undefined : dueMs - this.#process.clock.nowMs();
    yield { on: 'queues', queues: [this.#woken], timeoutMs };
    const nowMs = this.#process.clock.nowMs();
    for (const activity of waiting) if (activity.dueMs <= nowMs) this.#makeReady(activity);
  }
}
