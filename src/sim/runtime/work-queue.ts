// A controller's work queue: keys wait at most once, are worked one at a time, and back off when they fail.
import type { Clock, Timer } from './clock.ts';

export interface WorkQueueOptions {
  readonly clock: Clock;
  /** Works one key against the state as it is now. Return 'retry' to have it again after the back-off. */
  readonly reconcile: (key: string) => 'done' | 'retry';
  /** Virtual milliseconds between a key's arrival and its work: what a real controller's cache and queue take. */
  readonly latencyMs?: number;
  /** First back-off and its limit (client-go's default rate limiter: 5 ms, doubling to 1000 s). */
  readonly backOffFirstMs?: number;
  readonly backOffMaxMs?: number;
}

export class WorkQueue {
  readonly #options: Required<WorkQueueOptions>;
  readonly #waiting = new Map<string, Timer>();
  readonly #failures = new Map<string, number>();

  constructor(options: WorkQueueOptions) {
    this.#options = { latencyMs: 0, backOffFirstMs: 5, backOffMaxMs: 1_000_000, ...options };
  }

  /** Has the key worked soon; a key that already waits is not worked twice. */
  add(key: string): void {
    this.addAfter(key, this.#options.latencyMs);
  }

  /** Has the key worked after a delay in virtual milliseconds; of two delays the earlier one counts. */
  addAfter(key: string, delayMs: number, label?: string): void {
    const { clock } = this.#options;
    const dueMs = clock.nowMs() + delayMs;
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) {
      if (waiting.atMs <= dueMs) return;
      waiting.cancel();
    }
    this.#waiting.set(
      key,
      clock.at(dueMs, () => this.#work(key), label),
    );
  }

  #work(key: string): void {
    this.#waiting.delete(key);
    if (this.#options.reconcile(key) === 'done') {
      this.#failures.delete(key);
      return;
    }
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    const { backOffFirstMs, backOffMaxMs } = this.#options;
    this.addAfter(key, Math.min(backOffFirstMs * 2 ** failures, backOffMaxMs));
  }
}
