// Background jobs: `&`, `jobs`, `wait`, `%1`.
import type { ExitStatus, Process } from '../types.ts';

export interface Job {
  readonly number: number;
  readonly processes: readonly Process[];
  readonly text: string;
  /** Whether its end has been told of. */
  told: boolean;
}

const maxEnded = 200;

export class Jobs {
  #jobs: Job[] = [];

  add(processes: readonly Process[], text: string): Job {
    this.#forgetOld();
    const number = this.#jobs.reduce((most, job) => Math.max(most, job.number), 0) + 1;
    const job: Job = { number, processes, text, told: false };
    this.#jobs.push(job);
    return job;
  }

  /** A subshell of ash can still list its parent's jobs. */
  takeOver(parent: Jobs): void {
    this.#jobs = [...parent.#jobs];
  }

  all(): readonly Job[] {
    return this.#jobs;
  }

  remove(job: Job): void {
    this.#jobs = this.#jobs.filter((other) => other !== job);
  }

  byPid(pid: number): Job | undefined {
    return this.#jobs.find(({ processes }) => processes.some((process) => process.pid === pid));
  }

  /** `%1`, `%%`, `%+`, `%-`, `%text`, `%?text`. */
  bySpec(spec: string): Job | undefined {
    const rest = spec.slice(1);
    if (rest === '' || rest === '%' || rest === '+') return this.#jobs.at(-1);
    if (rest === '-') return this.#jobs.at(-2);
    if (/^[0-9]+$/.test(rest)) return this.#jobs.find((job) => job.number === Number(rest));
    if (rest.startsWith('?')) return this.#jobs.find((job) => job.text.includes(rest.slice(1)));
    return this.#jobs.find((job) => job.text.startsWith(rest));
  }

  /** `+` for the current job, `-` for the one before. */
  mark(job: Job): string {
    if (job === this.#jobs.at(-1)) return '+';
    return job === this.#jobs.at(-2) ? '-' : ' ';
  }

  #forgetOld(): void {
    const ended = this.#jobs.filter((job) => exitOf(job) !== undefined);
    const old = new Set(ended.slice(0, Math.max(0, ended.length - maxEnded)));
    if (old.size > 0) this.#jobs = this.#jobs.filter((job) => !old.has(job));
  }
}

/** The exit of a job that has ended: that of its last process. */
export function exitOf(job: Job): ExitStatus | undefined {
  for (const process of job.processes) if (process.exit === undefined) return undefined;
  return job.processes.at(-1)?.exit;
}
