// activeDeadlineSeconds (pkg/kubelet/active_deadline.go).
import type { Clock, Timer } from '../../../runtime/clock.ts';
import { parseTime } from '../../../runtime/time.ts';
import type { PodObject } from '../pod.ts';
import type { Ticker } from '../ticker.ts';

export const deadlineReason = 'DeadlineExceeded';
export const deadlineMessage = 'Pod was active on the node longer than the specified deadline';

/** When the Pod's time is up; undefined without a limit or before its start. */
export function deadlineMs(pod: PodObject, startTime: string | undefined): number | undefined {
  const seconds = pod.spec.activeDeadlineSeconds;
  const startMs = startTime === undefined ? undefined : parseTime(startTime);
  return seconds === undefined || startMs === undefined ? undefined : startMs + seconds * 1000;
}

/** Has Pods looked at when their time is up. */
export class Deadlines {
  readonly #clock: Clock;
  readonly #ticker: Ticker;
  readonly #onDue: (uid: string) => void;
  readonly #timers = new Map<string, Timer>();

  constructor(clock: Clock, ticker: Ticker, onDue: (uid: string) => void) {
    this.#clock = clock;
    this.#ticker = ticker;
    this.#onDue = onDue;
  }

  watch(pod: PodObject, startTime: string | undefined): void {
    const { uid } = pod.metadata;
    const dueMs = deadlineMs(pod, startTime);
    const known = this.#timers.get(uid);
    if (dueMs === undefined || dueMs < this.#clock.nowMs()) return;
    const atMs = this.#ticker.from(dueMs);
    if (known?.atMs === atMs) return;
    known?.cancel();
    const label = `deadline of ${pod.metadata.name}`;
    this.#timers.set(
      uid,
      this.#clock.at(atMs, () => this.#onDue(uid), label),
    );
  }

  forget(uid: string): void {
    this.#timers.get(uid)?.cancel();
    this.#timers.delete(uid);
  }

  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
  }
}
