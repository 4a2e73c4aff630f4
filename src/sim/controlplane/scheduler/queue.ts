// The scheduling queue: Pods by priority and age; failed ones back off and wait for the cluster to change.
import type { Clock, Timer } from '../../runtime/clock.ts';
import type { SchedulablePod } from './node-info.ts';

/** Back-off of a Pod that did not fit, doubling (pkg/scheduler/backend/queue: podInitialBackoff, podMaxBackoff). */
const backOffFirstMs = 1000;
const backOffMaxMs = 10_000;
/** A Pod that nothing has woken is tried again after this time (podMaxInUnschedulablePodsDuration). */
const longestWaitMs = 300_000;

interface Entry {
  pod: SchedulablePod;
  attempts: number;
  state: 'active' | 'backing-off' | 'unschedulable';
  backOffUntilMs: number;
  timer: Timer | undefined;
}

export interface QueueOptions {
  readonly clock: Clock;
  /** Called, at +0, whenever there is a Pod to schedule. */
  readonly onActive: () => void;
}

const keyOf = (pod: SchedulablePod): string => pod.metadata.uid;

export class SchedulingQueue {
  readonly #clock: Clock;
  readonly #onActive: () => void;
  readonly #entries = new Map<string, Entry>();
  /** Active Pods by priority, each list in the order of arrival. */
  readonly #active = new Map<number, Entry[]>();

  constructor({ clock, onActive }: QueueOptions) {
    this.#clock = clock;
    this.#onActive = onActive;
  }

  /** Takes a Pod that has no node yet, or a newer version of one that waits. */
  add(pod: SchedulablePod): void {
    const known = this.#entries.get(keyOf(pod));
    if (known !== undefined) {
      const changed = JSON.stringify(known.pod.spec) !== JSON.stringify(pod.spec);
      known.pod = pod;
      if (changed && known.state === 'unschedulable') this.#wake(known);
      return;
    }
    const entry: Entry = {
      pod,
      attempts: 0,
      state: 'unschedulable',
      backOffUntilMs: 0,
      timer: undefined,
    };
    this.#entries.set(keyOf(pod), entry);
    this.#activate(entry);
  }

  remove(uid: string): void {
    this.#entries.get(uid)?.timer?.cancel();
    this.#entries.delete(uid);
  }

  /** The Pod to try next, which leaves the active queue; undefined when none waits. */
  next(): SchedulablePod | undefined {
    const priorities = [...this.#active.keys()].sort((a, b) => b - a);
    for (const priority of priorities) {
      const list = this.#active.get(priority) ?? [];
      for (;;) {
        const entry = list.shift();
        if (entry === undefined) break;
        if (entry.state !== 'active' || this.#entries.get(keyOf(entry.pod)) !== entry) continue;
        entry.attempts += 1;
        entry.state = 'unschedulable';
        return entry.pod;
      }
      this.#active.delete(priority);
    }
    return undefined;
  }

  /** Puts a Pod that did not fit aside until the cluster changes or five minutes have passed. */
  putAside(uid: string): void {
    const entry = this.#entries.get(uid);
    if (entry === undefined) return;
    const backOffMs = Math.min(backOffFirstMs * 2 ** (entry.attempts - 1), backOffMaxMs);
    entry.backOffUntilMs = this.#clock.nowMs() + backOffMs;
    entry.timer?.cancel();
    entry.timer = this.#clock.after(longestWaitMs, () => this.#wake(entry));
  }

  /** Something happened that may make room: Pods that wait are tried again, once their back-off has passed. */
  wakeAll(mayHelp: (pod: SchedulablePod) => boolean = () => true): void {
    for (const entry of this.#entries.values()) {
      if (entry.state === 'unschedulable' && mayHelp(entry.pod)) this.#wake(entry);
    }
  }

  #wake(entry: Entry): void {
    if (entry.state !== 'unschedulable') return;
    entry.timer?.cancel();
    entry.timer = undefined;
    const waitMs = entry.backOffUntilMs - this.#clock.nowMs();
    if (waitMs <= 0) {
      this.#activate(entry);
      return;
    }
    entry.state = 'backing-off';
    entry.timer = this.#clock.after(waitMs, () => this.#activate(entry));
  }

  #activate(entry: Entry): void {
    entry.state = 'active';
    entry.timer = undefined;
    const priority = entry.pod.spec.priority ?? 0;
    const list = this.#active.get(priority);
    if (list === undefined) this.#active.set(priority, [entry]);
    else list.push(entry);
    this.#onActive();
  }
}
