// CPU use as a rate, from counters that only grow.

/** A rate needs some time between two looks; within it the last one is given again. */
const leastMs = 1_000;

interface Sample {
  readonly atMs: number;
  readonly usedMs: number;
  readonly milli: number;
}

export class UsageMeter {
  readonly #samples = new Map<string, Sample>();

  /** Thousandths of a CPU since the last look at this container. */
  cpuMilli(id: string, nowMs: number, usedMs: number): number {
    const last = this.#samples.get(id);
    if (last === undefined) {
      this.#samples.set(id, { atMs: nowMs, usedMs, milli: 0 });
      return 0;
    }
    const passedMs = nowMs - last.atMs;
    if (passedMs < leastMs) return last.milli;
    const milli = Math.ceil(((usedMs - last.usedMs) / passedMs) * 1000);
    this.#samples.set(id, { atMs: nowMs, usedMs, milli });
    return milli;
  }

  forget(id: string): void {
    this.#samples.delete(id);
  }
}
