// Queues that processes sleep on. Waking one is cheap when nobody sleeps there.
import type { Waiter, WaitQueue } from './types.ts';

export class Queue implements WaitQueue {
  #waiters: Waiter[] | undefined;

  /** Wakes everybody who sleeps here now; they are woken in the order in which they came. */
  wake(): void {
    const waiters = this.#waiters;
    if (waiters === undefined) return;
    this.#waiters = undefined;
    for (const waiter of waiters) waiter.wake();
  }

  add(waiter: Waiter): void {
    if (this.#waiters === undefined) this.#waiters = [waiter];
    else this.#waiters.push(waiter);
  }

  remove(waiter: Waiter): void {
    const waiters = this.#waiters;
    if (waiters === undefined) return;
    const index = waiters.indexOf(waiter);
    if (index < 0) return;
    if (waiters.length === 1) this.#waiters = undefined;
    else waiters.splice(index, 1);
  }

  /** Whether somebody sleeps here (a terminal asks whether a program reads). */
  get busy(): boolean {
    return this.#waiters !== undefined;
  }
}
