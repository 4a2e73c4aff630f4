// A loop that looks at things at fixed times, without a callback for the times when there is
// nothing to see.
import type { Clock } from '../../runtime/clock.ts';
import type { Task } from './task.ts';

/** The times of a loop that runs once every period. */
export class Ticker {
  readonly #periodMs: number;
  readonly #firstMs: number;

  /** @param firstMs when the loop ran or will run for the first time */
  constructor(periodMs: number, firstMs: number) {
    this.#periodMs = periodMs;
    this.#firstMs = firstMs;
  }

  /** The first turn of the loop later than a time. */
  after(ms: number): number {
    const turns = Math.floor((ms - this.#firstMs) / this.#periodMs) + 1;
    return this.#firstMs + Math.max(0, turns) * this.#periodMs;
  }

  /** The first turn at a time or later. */
  from(ms: number): number {
    return this.after(ms - 1);
  }
}

/**
 * Waits for some virtual milliseconds. The label is for timers that a learner wants to see coming.
 */
export function* sleep(clock: Clock, ms: number, label?: string): Task<void> {
  if (ms <= 0) return;
  yield (wake) => {
    const timer = clock.after(ms, wake, label);
    return () => timer.cancel();
  };
}
