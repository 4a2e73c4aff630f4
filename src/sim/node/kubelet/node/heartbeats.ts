// One timer for everything that nodes do every ten seconds, however many nodes there are.
import type { Clock, Timer } from '../../../runtime/clock.ts';

export class Heartbeats {
  readonly #clock: Clock;
  readonly #periodMs: number;
  readonly #beats = new Set<() => void>();
  #timer: Timer | undefined;

  constructor(clock: Clock, periodMs: number) {
    this.#clock = clock;
    this.#periodMs = periodMs;
  }

  /** Has something done at every beat; answers how to end that. */
  add(beat: () => void): () => void {
    this.#beats.add(beat);
    if (this.#timer === undefined) this.#wait();
    return () => {
      this.#beats.delete(beat);
      if (this.#beats.size > 0) return;
      this.#timer?.cancel();
      this.#timer = undefined;
    };
  }

  #wait(): void {
    this.#timer = this.#clock.after(this.#periodMs, () => {
      this.#wait();
      for (const beat of [...this.#beats]) beat();
    });
  }
}
