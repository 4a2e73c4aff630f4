// In which order the containers of a Pod with sidecars end (kuberuntime_termination_order.go):
// regular containers first, then the sidecars from the last to the first.
import type { Clock } from '../../../runtime/clock.ts';
import { initContainers, isSidecar, regularContainers, type PodObject } from '../pod.ts';
import { answer, before, type Task } from '../task.ts';
import { sleep } from '../ticker.ts';

export class TerminationOrder {
  /** Names that must have ended before a container's turn. */
  readonly #after = new Map<string, readonly string[]>();
  readonly #running: Set<string>;
  #waiting: (() => void)[] = [];

  /** @param running names of the containers that run when the ending begins */
  constructor(pod: PodObject, running: readonly string[]) {
    this.#running = new Set(running);
    const later = regularContainers(pod).map(({ name }) => name);
    for (const container of [...initContainers(pod)].reverse()) {
      if (!isSidecar(container)) continue;
      this.#after.set(container.name, [...later]);
      later.push(container.name);
    }
  }

  /**
   * Waits for the container's turn, no longer than the grace period; answers whole seconds waited.
   */
  *waitForTurn(clock: Clock, name: string, graceSeconds: number): Task<number> {
    const startedMs = clock.nowMs();
    const { isFree } = this.#gate(name);
    if (!isFree()) yield* before(this.#turn(isFree), sleep(clock, graceSeconds * 1000));
    return Math.floor((clock.nowMs() - startedMs) / 1000);
  }

  ended(name: string): void {
    this.#running.delete(name);
    for (const look of [...this.#waiting]) look();
  }

  #gate(name: string): { isFree: () => boolean } {
    const others = this.#after.get(name) ?? [];
    return { isFree: () => others.every((other) => !this.#running.has(other)) };
  }

  *#turn(isFree: () => boolean): Task<true> {
    return yield* answer<true>((done) => {
      const look = (): void => {
        if (isFree()) done(true);
      };
      this.#waiting.push(look);
      return () => {
        this.#waiting = this.#waiting.filter((one) => one !== look);
      };
    });
  }
}
