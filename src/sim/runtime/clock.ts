// The virtual clock: one queue of callbacks ordered by time and then by the order in which they were asked for.
// Nothing in the simulator knows any other time.

/** A callback that waits in the clock's queue. */
export interface Timer {
  /** When it is due, in virtual milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** What it is, in words a person can read ("restart of web"); undefined for machinery that no view should announce. */
  readonly label: string | undefined;
  /** Takes the callback out of the queue; harmless when it has already run. */
  cancel(): void;
}

interface Entry extends Timer {
  sequence: number;
  run: (() => void) | undefined;
}

/** Thrown when something asks for ever more callbacks at one instant: a bug, never the learner's fault. */
export class RunawayError extends Error {}

export interface ClockOptions {
  /** Virtual milliseconds since the Unix epoch at which the clock stands first. */
  readonly startMs: number;
  /** How many callbacks may run at one instant before that counts as a runaway loop. */
  readonly maxPerInstant?: number;
}

export class Clock {
  #nowMs: number;
  #sequence = 0;
  #ranAtThisInstant = 0;
  readonly #maxPerInstant: number;
  readonly #heap: Entry[] = [];

  constructor({ startMs, maxPerInstant = 2_000_000 }: ClockOptions) {
    this.#nowMs = startMs;
    this.#maxPerInstant = maxPerInstant;
  }

  /** The virtual time in milliseconds since the Unix epoch. */
  nowMs(): number {
    return this.#nowMs;
  }

  /** Asks for a callback after a delay in virtual milliseconds; a delay of 0 runs after all that is already due now. */
  after(delayMs: number, run: () => void, label?: string): Timer {
    return this.at(this.#nowMs + Math.max(0, delayMs), run, label);
  }

  /** Asks for a callback at a virtual time; a time that has passed counts as now. */
  at(atMs: number, run: () => void, label?: string): Timer {
    const entry: Entry = {
      atMs: Math.max(atMs, this.#nowMs),
      sequence: this.#sequence++,
      run,
      label,
      cancel: () => {
        entry.run = undefined;
      },
    };
    this.#push(entry);
    return entry;
  }

  /** The time of the next callback, or undefined when nothing is due ever. */
  nextMs(): number | undefined {
    this.#dropCancelled();
    return this.#heap[0]?.atMs;
  }

  /** The waiting timers that carry a label, earliest first. */
  labelled(): readonly Timer[] {
    return this.#heap
      .filter((entry) => entry.run !== undefined && entry.label !== undefined)
      .sort((a, b) => (before(a, b) ? -1 : 1));
  }

  /** Runs the next callback; false when there is none or it lies beyond the limit (the clock then stays where it is). */
  step(untilMs: number = Number.POSITIVE_INFINITY): boolean {
    this.#dropCancelled();
    const first = this.#heap[0];
    if (first === undefined || first.atMs > untilMs) return false;
    this.#pop();
    if (first.atMs > this.#nowMs) {
      this.#nowMs = first.atMs;
      this.#ranAtThisInstant = 0;
    }
    if (++this.#ranAtThisInstant > this.#maxPerInstant) {
      throw new RunawayError(`more than ${this.#maxPerInstant} callbacks at ${this.#nowMs} ms`);
    }
    const run = first.run;
    first.run = undefined;
    run?.();
    return true;
  }

  /** Runs everything due up to and including a time, and leaves the clock there. Returns how many callbacks ran. */
  advanceTo(untilMs: number): number {
    let count = 0;
    while (this.step(untilMs)) count += 1;
    if (untilMs > this.#nowMs) {
      this.#nowMs = untilMs;
      this.#ranAtThisInstant = 0;
    }
    return count;
  }

  #dropCancelled(): void {
    while (this.#heap.length > 0 && this.#heap[0]?.run === undefined) this.#pop();
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parentIndex = (index - 1) >> 2;
      const parent = heap[parentIndex] as Entry;
      if (before(parent, entry)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Entry;
    const length = heap.length;
    if (length === 0) return;
    let index = 0;
    for (;;) {
      const firstChild = index * 4 + 1;
      if (firstChild >= length) break;
      let best = firstChild;
      const end = Math.min(firstChild + 4, length);
      for (let child = firstChild + 1; child < end; child += 1) {
        if (before(heap[child] as Entry, heap[best] as Entry)) best = child;
      }
      if (before(last, heap[best] as Entry)) break;
      heap[index] = heap[best] as Entry;
      index = best;
    }
    heap[index] = last;
  }
}

function before(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence);
}
