// When a probe is made: every period, at once when triggered, and not at all while nothing can have
// changed.
import type { Clock, Timer } from '../../../runtime/clock.ts';
import { answer, type Task } from '../task.ts';

/**
 * Has a listener called once when something moves; undefined: things are moving, or nobody can
 * tell.
 */
export type Stirred = (listener: () => void) => (() => void) | undefined;

const maxSettleMs = 300;

export class ProbeSchedule {
  readonly #clock: Clock;
  readonly #periodMs: number;
  readonly #label: string;
  /** The ticks lie whole periods after this. */
  #baseMs = 0;
  /** The last tick that was used or passed over. */
  #usedMs = 0;
  #isTriggered = false;
  #wake: (() => void) | undefined;
  #resume: (() => void) | undefined;

  constructor(clock: Clock, periodMs: number, label: string) {
    this.#clock = clock;
    this.#periodMs = periodMs;
    this.#label = label;
  }

  start(): void {
    this.#baseMs = this.#clock.nowMs();
    this.#usedMs = this.#baseMs;
  }

  /** Has the probe made now; the ticks count from now on. */
  trigger(): void {
    this.#isTriggered = true;
    this.#wake?.();
  }

  /** What `afterChange` waits for has happened. */
  resume(): void {
    this.#resume?.();
  }

  /**
   * Waits for the next tick or a trigger. A tick that came while a probe took its time is due at
   * once.
   */
  *next(): Task<void> {
    if (!this.#isTriggered) {
      yield* answer<undefined>((done) => {
        const dueMs = this.#usedMs + this.#periodMs;
        return this.#listen(
          () => done(undefined),
          this.#clock.at(dueMs, () => done(undefined), this.#label),
        );
      });
      this.#wake = undefined;
    }
    const nowMs = this.#clock.nowMs();
    if (this.#isTriggered) this.#baseMs = nowMs;
    this.#isTriggered = false;
    this.#usedMs = this.#lastTickMs();
  }

  /** Waits until what a probe has set in motion is over; a trigger ends that early. */
  *settle(): Task<void> {
    if (this.#isTriggered) return;
    yield* answer<undefined>((done) => {
      const waitMs = Math.min(maxSettleMs, this.#periodMs / 2);
      return this.#listen(
        () => done(undefined),
        this.#clock.after(waitMs, () => done(undefined)),
      );
    });
    this.#wake = undefined;
  }

  /** Waits for `resume` or a trigger, then for the next tick. */
  *afterChange(): Task<void> {
    if (!this.#isTriggered) {
      yield* answer<undefined>((done) => {
        this.#resume = () => done(undefined);
        return this.#listen(() => done(undefined));
      });
      this.#passOver();
    }
    yield* this.next();
  }

  /**
   * Waits until something has moved, then for the next tick. Where nobody can tell, every tick
   * counts.
   */
  *afterStir(stirred: Stirred): Task<void> {
    if (!this.#isTriggered) {
      let ignore: (() => void) | undefined;
      let isTold = true;
      yield* answer<undefined>((done) => {
        ignore = stirred(() => done(undefined));
        isTold = ignore !== undefined;
        this.#resume = () => done(undefined);
        const forget = this.#listen(() => done(undefined));
        if (!isTold) done(undefined);
        return () => {
          ignore?.();
          forget();
        };
      });
      ignore?.();
      if (isTold) this.#passOver();
    }
    yield* this.next();
  }

  /** Has `trigger` wake; a timer that waits for the same is called off with it. */
  #listen(wake: () => void, timer?: Timer): () => void {
    this.#wake = () => {
      timer?.cancel();
      wake();
    };
    return () => {
      timer?.cancel();
      this.#wake = undefined;
      this.#resume = undefined;
    };
  }

  /** Ticks that passed in a wait without ticks are gone. */
  #passOver(): void {
    this.#wake = undefined;
    this.#resume = undefined;
    this.#usedMs = this.#lastTickMs();
  }

  #lastTickMs(): number {
    const passed = Math.floor((this.#clock.nowMs() - this.#baseMs) / this.#periodMs);
    return this.#baseMs + passed * this.#periodMs;
  }
}
