// Moves the virtual clock along with the wall clock, at a speed that can change.
import type { Clock } from '#sim/runtime/clock.ts';

const tickMs = 20;

export class ClockDriver {
  readonly #clock: Clock;
  readonly #timer: NodeJS.Timeout;
  #speed: number;
  /** Wall and virtual time at which the present speed began. */
  #wallMs = Date.now();
  #virtualMs: number;

  constructor(clock: Clock, speed: number) {
    this.#clock = clock;
    this.#speed = speed;
    this.#virtualMs = clock.nowMs();
    this.#timer = setInterval(() => this.catchUp(), tickMs);
  }

  /** Virtual seconds per second; 0 stands still. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.catchUp();
    this.#speed = speed;
    this.#restart();
  }

  /** Runs everything that is due by now. */
  catchUp(): void {
    const dueMs = this.#virtualMs + (Date.now() - this.#wallMs) * this.#speed;
    this.#clock.advanceTo(Math.max(Math.floor(dueMs), this.#clock.nowMs()));
  }

  /** Moves the clock ahead at once. */
  advance(ms: number): void {
    this.catchUp();
    this.#clock.advanceTo(this.#clock.nowMs() + ms);
    this.#restart();
  }

  /** Moves the clock to the next thing that a person would notice; false when nothing is due. */
  jump(): boolean {
    this.catchUp();
    const next = this.#clock.labelled()[0]?.atMs ?? this.#clock.nextMs();
    if (next === undefined) return false;
    this.#clock.advanceTo(next);
    this.#restart();
    return true;
  }

  /** How far the virtual clock is behind the wall clock, in milliseconds. */
  get lagMs(): number {
    return Date.now() - this.#clock.nowMs();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #restart(): void {
    this.#wallMs = Date.now();
    this.#virtualMs = this.#clock.nowMs();
  }
}
