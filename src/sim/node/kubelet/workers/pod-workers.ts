// One worker per Pod: a single thing is done for a Pod at a time, always by its latest state
// (pod_workers.go).
import type { PodStatus } from '../../../api/generated/types.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { Random } from '../../../runtime/random.ts';
import { isDeleted, isTerminalPhase, type PodObject } from '../pod.ts';
import type { Pleg } from '../runtime/pleg.ts';
import type { PodSnapshot } from '../runtime/snapshot.ts';
import { answer, run, type Task } from '../task.ts';
import type { Ticker } from '../ticker.ts';
import { times } from '../times.ts';
import { effectiveGrace, newPodState, type PodState } from './pod-state.ts';

/** How a sync ended: `retry` after the error back-off, `resync` after the regular one. */
export type SyncOutcome = 'ok' | 'resync' | 'retry' | 'terminal';

/** Wraps the parts of a sync that end early when the Pod is to be ended, or sooner than thought. */
export type Interruptible = <T>(task: Task<T>) => Task<T | undefined>;

/** What the workers do with a Pod (kubelet.go SyncPod, SyncTerminatingPod, SyncTerminatedPod). */
export interface PodSyncer {
  sync(pod: PodObject, seen: PodSnapshot, interruptible: Interruptible): Task<SyncOutcome>;
  terminate(
    pod: PodObject,
    seen: PodSnapshot,
    options: {
      readonly graceSeconds: number;
      readonly changeStatus: ((status: PodStatus) => PodStatus) | undefined;
      readonly interruptible: Interruptible;
    },
  ): Task<'done' | 'interrupted'>;
  finish(pod: PodObject, seen: PodSnapshot): void;
  /** What a retry at a time will do that is worth announcing. */
  announcement(uid: string, atMs: number): string | undefined;
  /** The Pod is gone from API and node. */
  forget(pod: PodObject): void;
}

export interface PodWorkersOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly pleg: Pleg;
  readonly ticker: Ticker;
  readonly syncer: PodSyncer;
  /** Whether the runtime has anything of the Pod. */
  readonly hasContainers: (uid: string) => boolean;
}

export interface KillOptions {
  readonly graceSeconds: number;
  readonly changeStatus: (status: PodStatus) => PodStatus;
}

export class PodWorkers {
  readonly #options: PodWorkersOptions;
  readonly #pods = new Map<string, PodState>();

  constructor(options: PodWorkersOptions) {
    this.#options = options;
  }

  stop(): void {
    for (const state of this.#pods.values()) {
      state.task?.cancel();
      state.timer?.cancel();
    }
  }

  pod(uid: string): PodObject | undefined {
    return this.#pods.get(uid)?.pod;
  }

  /** Pods that take part in life on the node: known, and not done with. */
  activePods(): readonly PodObject[] {
    return [...this.#pods.values()]
      .filter(({ work }) => work !== 'terminated')
      .map(({ pod }) => pod);
  }

  isTerminating(uid: string): boolean {
    const work = this.#pods.get(uid)?.work;
    return work !== undefined && work !== 'sync';
  }

  /** Whether the kubelet itself has decided to end the Pod. */
  isEvicted(uid: string): boolean {
    return this.#pods.get(uid)?.isEvicted ?? false;
  }

  /** Whether the Pod's containers may still run: until the worker has ended them. */
  mayRun(uid: string): boolean {
    const state = this.#pods.get(uid);
    return state !== undefined && state.work !== 'terminated';
  }

  /** Remembers the latest object without any work. */
  learn(pod: PodObject): void {
    const state = this.#pods.get(pod.metadata.uid);
    if (state !== undefined) state.pod = pod;
  }

  /** A new or changed Pod from the API server. */
  update(pod: PodObject): void {
    const { uid } = pod.metadata;
    const { hasContainers } = this.#options;
    const known = this.#pods.get(uid);
    const state = known ?? newPodState(pod);
    this.#pods.set(uid, state);
    state.pod = pod;
    if (known === undefined && isTerminalPhase(pod.status.phase) && !hasContainers(uid)) {
      state.work = 'terminated';
      state.isFinished = true;
      return;
    }
    const ends = isDeleted(pod) || isTerminalPhase(pod.status.phase);
    this.#advance(state, ends, undefined);
  }

  /** Has a Pod looked at that has not changed at the API server. */
  sync(uid: string): void {
    const state = this.#pods.get(uid);
    if (state !== undefined) this.#advance(state, false, undefined);
  }

  /** The Pod has vanished from the API server. */
  remove(pod: PodObject): void {
    const state = this.#pods.get(pod.metadata.uid);
    if (state === undefined) return;
    state.pod = pod;
    state.isRemoved = true;
    if (state.isFinished) this.#forget(state);
    else this.#advance(state, true, undefined);
  }

  /** Ends a Pod by the kubelet's own decision. */
  kill(uid: string, options: KillOptions): void {
    const state = this.#pods.get(uid);
    if (state === undefined || state.work !== 'sync') return;
    state.isEvicted = true;
    state.changeStatus = options.changeStatus;
    this.#advance(state, true, options.graceSeconds);
  }

  /** Has the Pod looked at when its next regular resync is due: what it refers to has changed. */
  resync(uid: string): void {
    const state = this.#pods.get(uid);
    if (state?.quietSinceMs === undefined || state.timer !== undefined) return;
    const nowMs = this.#options.clock.nowMs();
    let dueMs = state.quietSinceMs;
    while (dueMs <= nowMs) dueMs += this.#jittered(times.resyncMs);
    this.#wakeAt(state, dueMs);
  }

  #advance(state: PodState, ends: boolean, graceOverride: number | undefined): void {
    if (state.isFinished) return;
    const wasEnding = state.work !== 'sync';
    if (ends && !wasEnding) state.work = 'terminating';
    if (state.work === 'terminating') {
      const { seconds, isShorter } = effectiveGrace(state, graceOverride);
      state.graceSeconds = seconds;
      if (!wasEnding || isShorter) state.interrupt?.();
    }
    state.timer?.cancel();
    state.timer = undefined;
    if (state.task === undefined) this.#start(state);
    else state.isPending = true;
  }

  #start(state: PodState): void {
    state.isPending = false;
    state.quietSinceMs = undefined;
    let isOver = false;
    const task = run(this.#work(state), (next) => {
      isOver = true;
      state.task = undefined;
      state.lastSyncMs = this.#options.clock.nowMs();
      this.#complete(state, next);
    });
    if (!isOver) state.task = task;
  }

  *#work(state: PodState): Task<SyncOutcome> {
    const { pleg, syncer } = this.#options;
    const seen = yield* pleg.newerThan(state.uid, state.lastSyncMs);
    const interruptible: Interruptible = (task) => interruptibly(state, task);
    switch (state.work) {
      case 'sync':
        return yield* syncer.sync(state.pod, seen, interruptible);
      case 'terminating': {
        const { graceSeconds = 1, changeStatus } = state;
        const options = { graceSeconds, changeStatus, interruptible };
        const end = yield* syncer.terminate(state.pod, seen, options);
        return end === 'done' ? 'terminal' : 'retry';
      }
      case 'terminated':
        syncer.finish(state.pod, seen);
        return 'terminal';
    }
  }

  #complete(state: PodState, outcome: SyncOutcome): void {
    const { clock } = this.#options;
    const nowMs = clock.nowMs();
    if (outcome === 'terminal') {
      if (state.work === 'terminated') {
        state.isFinished = true;
        if (state.isRemoved) this.#forget(state);
        return;
      }
      state.work = state.work === 'sync' ? 'terminating' : 'terminated';
      if (state.work === 'terminating') {
        state.graceSeconds = effectiveGrace(state, undefined).seconds;
      }
    }
    if (state.isPending) {
      this.#start(state);
      return;
    }
    const delays = {
      ok: undefined,
      terminal: 0,
      resync: this.#jittered(times.resyncMs),
      retry: this.#jittered(times.errorBackOffMs),
    };
    const delayMs = delays[outcome];
    if (delayMs === undefined) state.quietSinceMs = nowMs;
    else this.#wakeAt(state, nowMs + delayMs);
  }

  #wakeAt(state: PodState, dueMs: number): void {
    const { clock, ticker } = this.#options;
    const atMs = Math.max(ticker.from(dueMs), ticker.after(clock.nowMs()));
    const label = this.#options.syncer.announcement(state.uid, atMs);
    const wake = (): void => {
      state.timer = undefined;
      this.#advance(state, false, undefined);
    };
    state.timer = clock.at(atMs, wake, label);
  }

  #jittered(ms: number): number {
    return ms * (1 + this.#options.random.next() * times.backOffJitter);
  }

  #forget(state: PodState): void {
    state.timer?.cancel();
    this.#pods.delete(state.uid);
    this.#options.syncer.forget(state.pod);
  }
}

/** Runs a task that ends without a value when the state is interrupted. */
function* interruptibly<T>(state: PodState, task: Task<T>): Task<T | undefined> {
  return yield* answer<T | undefined>((done) => {
    let isOver = false;
    const running = run(task, (value) => {
      isOver = true;
      state.interrupt = undefined;
      done(value);
    });
    if (isOver) return () => undefined;
    state.interrupt = () => {
      state.interrupt = undefined;
      running.cancel();
      done(undefined);
    };
    return () => {
      state.interrupt = undefined;
      running.cancel();
    };
  });
}
