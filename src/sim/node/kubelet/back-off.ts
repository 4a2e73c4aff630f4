// Waiting times that double (client-go util/flowcontrol/backoff.go), by key.
import type { Clock } from '../../runtime/clock.ts';

interface Entry {
  delayMs: number;
  lastUpdateMs: number;
}

export class BackOff {
  readonly #clock: Clock;
  readonly #firstMs: number;
  readonly #maxMs: number;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock, firstMs: number, maxMs: number) {
    this.#clock = clock;
    this.#firstMs = firstMs;
    this.#maxMs = maxMs;
  }

  /** The key's present delay in milliseconds; 0 when it has none. */
  delayMs(key: string): number {
    return this.#entries.get(key)?.delayMs ?? 0;
  }

  /** Whether less than the delay has passed since the event (the end of a container). */
  isWaitingSince(key: string, eventMs: number): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined || this.#expired(entry, eventMs)) return false;
    return this.#clock.nowMs() - eventMs < entry.delayMs;
  }

  /** Whether less than the delay has passed since the delay was last raised. */
  isWaitingSinceUpdate(key: string): boolean {
    const entry = this.#entries.get(key);
    const nowMs = this.#clock.nowMs();
    if (entry === undefined || this.#expired(entry, nowMs)) return false;
    return nowMs - entry.lastUpdateMs < entry.delayMs;
  }

  /** When the wait since an event is over, in virtual time. */
  endsMs(key: string, eventMs: number): number {
    return eventMs + this.delayMs(key);
  }

  /** Doubles the delay, or starts it anew when the event is long after the last one. */
  next(key: string, eventMs: number): void {
    const entry = this.#entries.get(key);
    const nowMs = this.#clock.nowMs();
    const delayMs =
      entry === undefined || this.#expired(entry, eventMs)
        ? this.#firstMs
        : Math.min(entry.delayMs * 2, this.#maxMs);
    this.#entries.set(key, { delayMs, lastUpdateMs: nowMs });
  }

  /** Forgets every key that begins with a prefix (a Pod is gone). */
  forget(prefix: string): void {
    for (const key of [...this.#entries.keys()]) {
      if (key.startsWith(prefix)) this.#entries.delete(key);
    }
  }

  #expired(entry: Entry, eventMs: number): boolean {
    return eventMs - entry.lastUpdateMs > this.#maxMs * 2;
  }
}
