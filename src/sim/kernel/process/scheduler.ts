// Runs processes one after the other until each waits. All of them are done with an instant before time goes on.
import type { Clock } from '../../runtime/clock.ts';
import type { Process } from '../types.ts';
import type { KernelProcess } from './process.ts';

/** A process that is resumed this often at one instant is busy: it loses a millisecond. */
const maxResumesPerInstant = 10_000;

export class Scheduler {
  readonly #clock: Clock;
  #ready: KernelProcess[] = [];
  #running = false;
  #asked = false;
  #current: KernelProcess | undefined;
  readonly #run = (): void => {
    this.#asked = false;
    this.run();
  };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The process whose code runs now. */
  get current(): Process | undefined {
    return this.#current;
  }

  /** Has the process resumed at this instant, after all that are ready already. */
  enqueue(process: KernelProcess): void {
    this.#ready.push(process);
    if (this.#running || this.#asked) return;
    this.#asked = true;
    this.#clock.after(0, this.#run);
  }

  /** For the clock's own callbacks: resumes what is ready without another trip through the clock. */
  run(): void {
    if (this.#running) return;
    this.#running = true;
    try {
      while (this.#ready.length > 0) {
        const batch = this.#ready;
        this.#ready = [];
        for (let i = 0; i < batch.length; i += 1) {
          const process = batch[i];
          if (process !== undefined) this.#resume(process);
        }
      }
    } finally {
      this.#running = false;
      this.#current = undefined;
    }
  }

  #resume(process: KernelProcess): void {
    const nowMs = this.#clock.nowMs();
    if (process.resumedAtMs === nowMs) {
      process.resumes += 1;
      if (process.resumes > maxResumesPerInstant) {
        process.resumes = 0;
        this.#clock.after(1, () => this.enqueue(process));
        return;
      }
    } else {
      process.resumedAtMs = nowMs;
      process.resumes = 0;
    }
    this.#current = process;
    process.space.network.activity.stir();
    process.step();
    this.#current = undefined;
  }
}
