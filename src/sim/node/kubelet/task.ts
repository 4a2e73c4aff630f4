// Work that takes virtual time, written as generators: a task yields what it waits for and goes on
// when that has come.

/**
 * Something to wait for: is given what to call when it has come, and answers how to call the
 * waiting off.
 */
export type Pause = (wake: () => void) => () => void;

/**
 * A piece of work: `yield*` it inside another, or `run` it. Ended early, its `finally` blocks run.
 */
export type Task<T> = Generator<Pause, T, void>;

/** The outside's hand on a task that runs. */
export interface RunningTask {
  /** Ends the task where it waits; its `done` is not called. Harmless when it is over. */
  cancel(): void;
}

/** Runs a task until it waits, and on from there whenever it is woken. */
export function run<T>(task: Task<T>, done?: (value: T) => void): RunningTask {
  let stopWaiting: (() => void) | undefined;
  let over = false;
  let stepping = false;
  let woken = false;
  const step = (): void => {
    woken = false;
    stopWaiting = undefined;
    const result = task.next();
    if (over) {
      if (result.done !== true) task.return(undefined as T);
      return;
    }
    if (result.done === true) {
      over = true;
      done?.(result.value);
      return;
    }
    let used = false;
    stopWaiting = result.value(() => {
      if (used) return;
      used = true;
      advance();
    });
  };
  const advance = (): void => {
    if (over) return;
    woken = true;
    if (stepping) return;
    stepping = true;
    while (woken && !over) step();
    stepping = false;
  };
  advance();
  return {
    cancel: () => {
      if (over) return;
      over = true;
      stopWaiting?.();
      if (!stepping) task.return(undefined as T);
    },
  };
}

/** Waits for one call of `done`; `start` answers how to call it off. */
export function* answer<T>(start: (done: (value: T) => void) => () => void): Task<T> {
  let value: { readonly of: T } | undefined;
  yield (wake) =>
    start((given) => {
      value = { of: given };
      wake();
    });
  if (value === undefined) throw new Error('a task was woken without an answer');
  return (value as { readonly of: T }).of;
}

/** Runs tasks side by side and goes on when all are over. */
export function* all(tasks: readonly Task<void>[]): Task<void> {
  let left = tasks.length;
  if (left === 0) return;
  yield (wake) => {
    const running = tasks.map((task) =>
      run(task, () => {
        left -= 1;
        if (left === 0) wake();
      }),
    );
    return () => {
      for (const one of running) one.cancel();
    };
  };
}

/**
 * The task's value, or undefined when `limit` (a task that only waits) is over first; the slower
 * one is ended.
 */
export function* before<T>(task: Task<T>, limit: Task<void>): Task<T | undefined> {
  return yield* answer<T | undefined>((done) => {
    const running: RunningTask[] = [];
    let isDecided = false;
    const decide = (value: T | undefined): void => {
      if (isDecided) return;
      isDecided = true;
      for (const one of running) one.cancel();
      done(value);
    };
    running.push(run(task, decide));
    if (!isDecided) running.push(run(limit, () => decide(undefined)));
    return () => {
      for (const one of running) one.cancel();
    };
  });
}
