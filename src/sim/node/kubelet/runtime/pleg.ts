// The kubelet's only view of its containers: a list taken once a second (pleg/generic.go) and the
// cache it fills. The list is only really taken when something has changed or somebody waits for
// it.
import type { Clock, Timer } from '../../../runtime/clock.ts';
import type { ContainerRuntime } from '../../cri/types.ts';
import { answer, type Task } from '../task.ts';
import type { Ticker } from '../ticker.ts';
import { times } from '../times.ts';
import type { RuntimeRecords } from './records.ts';
import { emptySnapshot, takeSnapshot, type PodSnapshot } from './snapshot.ts';

/** A container or sandbox is seen in another state than at the look before. */
export interface PlegEvent {
  readonly type: 'started' | 'died' | 'removed' | 'changed';
  readonly id: string;
}

interface Cached {
  readonly snapshot: PodSnapshot;
  readonly modifiedMs: number;
}

interface Waiter {
  readonly thanMs: number;
  wake(): void;
}

export interface PlegOptions {
  readonly clock: Clock;
  readonly ticker: Ticker;
  readonly runtime: ContainerRuntime;
  readonly records: RuntimeRecords;
  /** Told after each look, for every Pod where something was seen. */
  readonly onEvents: (uid: string, events: readonly PlegEvent[]) => void;
}

export class Pleg {
  readonly #options: PlegOptions;
  readonly #startedMs: number;
  readonly #cache = new Map<string, Cached>();
  readonly #dirty = new Set<string>();
  /** Pods to be told of at the next look, whatever that shows. */
  readonly #wanted = new Set<string>();
  #waiters: Waiter[] = [];
  #timer: Timer | undefined;

  constructor(options: PlegOptions) {
    this.#options = options;
    this.#startedMs = options.clock.nowMs();
    for (const { uid } of options.records.all()) this.#dirty.add(uid);
    options.records.onChange((uid) => this.#touch(uid));
    if (this.#dirty.size > 0) this.#schedule();
  }

  stop(): void {
    this.#options.records.onChange(undefined);
    this.#timer?.cancel();
  }

  /** The Pod as last seen. */
  snapshot(uid: string): PodSnapshot {
    return this.#cache.get(uid)?.snapshot ?? emptySnapshot(uid);
  }

  /** Waits for a look that began after a time (podCache.GetNewerThan) and answers what it saw. */
  *newerThan(uid: string, thanMs: number): Task<PodSnapshot> {
    if (this.#lastLookMs() <= thanMs && (this.#cache.get(uid)?.modifiedMs ?? -1) <= thanMs) {
      yield* answer<undefined>((done) => {
        const waiter: Waiter = { thanMs, wake: () => done(undefined) };
        this.#waiters.push(waiter);
        this.#schedule();
        return () => {
          this.#waiters = this.#waiters.filter((one) => one !== waiter);
        };
      });
    }
    return this.snapshot(uid);
  }

  /** Has a Pod looked at and told of at the next look (SetPodWatchCondition). */
  want(uid: string): void {
    this.#wanted.add(uid);
    this.#touch(uid);
  }

  #touch(uid: string): void {
    this.#dirty.add(uid);
    this.#schedule();
  }

  /** When the list was last taken; one that nobody needed counts as taken. */
  #lastLookMs(): number {
    const { clock, ticker } = this.#options;
    const nowMs = clock.nowMs();
    const isDueNow = this.#timer?.atMs === nowMs;
    const lastMs = ticker.after(nowMs) - times.relistMs;
    const ms = isDueNow && lastMs === nowMs ? lastMs - times.relistMs : lastMs;
    return ms < this.#startedMs ? Number.NEGATIVE_INFINITY : ms;
  }

  #schedule(): void {
    if (this.#timer !== undefined) return;
    const { clock, ticker } = this.#options;
    this.#timer = clock.at(ticker.after(clock.nowMs()), () => this.#look());
  }

  #look(): void {
    this.#timer = undefined;
    const { clock } = this.#options;
    const nowMs = clock.nowMs();
    const uids = [...this.#dirty];
    this.#dirty.clear();
    for (const uid of uids) this.#lookAt(uid, nowMs);
    const due = this.#waiters.filter((waiter) => waiter.thanMs < nowMs);
    this.#waiters = this.#waiters.filter((waiter) => waiter.thanMs >= nowMs);
    for (const waiter of due) waiter.wake();
    if (this.#dirty.size > 0 || this.#waiters.length > 0) this.#schedule();
  }

  #lookAt(uid: string, nowMs: number): void {
    const { runtime, records, onEvents } = this.#options;
    const before = this.snapshot(uid);
    const record = records.get(uid);
    const after =
      record === undefined ? emptySnapshot(uid) : takeSnapshot(runtime, record, before.ips);
    const events = [...compare(before, after)];
    if (this.#wanted.delete(uid)) events.push({ type: 'changed', id: uid });
    if (record === undefined) this.#cache.delete(uid);
    else this.#cache.set(uid, { snapshot: after, modifiedMs: nowMs });
    if (events.length > 0) onEvents(uid, events);
  }
}

/** What happened between two looks, in no particular order. */
export function compare(before: PodSnapshot, after: PodSnapshot): readonly PlegEvent[] {
  const old = states(before);
  const now = states(after);
  const events: PlegEvent[] = [];
  for (const [id, state] of now) {
    if (old.get(id) === state) continue;
    if (state === 'running') events.push({ type: 'started', id });
    if (state === 'exited') events.push({ type: 'died', id });
  }
  for (const [id, state] of old) {
    if (now.has(id)) continue;
    if (state === 'running') events.push({ type: 'died', id });
    events.push({ type: 'removed', id });
  }
  return events;
}

function states(pod: PodSnapshot): Map<string, string> {
  const found = new Map<string, string>();
  for (const sandbox of pod.sandboxes) found.set(sandbox.id, sandbox.ready ? 'running' : 'exited');
  for (const container of pod.containers) found.set(container.id, container.state);
  return found;
}
