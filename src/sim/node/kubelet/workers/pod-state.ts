// Where a Pod is on its way through the kubelet (pod_workers.go podSyncStatus).
import type { PodStatus } from '../../../api/generated/types.ts';
import type { Timer } from '../../../runtime/clock.ts';
import type { PodObject } from '../pod.ts';
import type { RunningTask } from '../task.ts';

/** What is to be done: keep it running, end its containers, or clean up after them. */
export type WorkType = 'sync' | 'terminating' | 'terminated';

export interface PodState {
  readonly uid: string;
  /** As last heard from the API server. */
  pod: PodObject;
  work: WorkType;
  /** The Pod is no longer at the API server. */
  isRemoved: boolean;
  isEvicted: boolean;
  isFinished: boolean;
  /** How long its containers may take to end, once it is ending; can only shrink. */
  graceSeconds: number | undefined;
  /** What an eviction writes into the status before the containers end. */
  changeStatus: ((status: PodStatus) => PodStatus) | undefined;
  task: RunningTask | undefined;
  /** Ends what may be ended early: waiting for volumes, or for containers to stop. */
  interrupt: (() => void) | undefined;
  /** Something happened while the worker was busy. */
  isPending: boolean;
  lastSyncMs: number;
  timer: Timer | undefined;
  /** When the worker last succeeded: the regular resyncs count from here. */
  quietSinceMs: number | undefined;
}

export function newPodState(pod: PodObject): PodState {
  return {
    uid: pod.metadata.uid,
    pod,
    work: 'sync',
    isRemoved: false,
    isEvicted: false,
    isFinished: false,
    graceSeconds: undefined,
    changeStatus: undefined,
    task: undefined,
    interrupt: undefined,
    isPending: false,
    lastSyncMs: 0,
    timer: undefined,
    quietSinceMs: undefined,
  };
}

/**
 * The grace period that counts now, and whether it has become shorter
 * (calculateEffectiveGracePeriod).
 */
export function effectiveGrace(
  state: PodState,
  override: number | undefined,
): { readonly seconds: number; readonly isShorter: boolean } {
  const { pod, graceSeconds } = state;
  let seconds = graceSeconds;
  for (const given of [pod.metadata.deletionGracePeriodSeconds, override]) {
    if (given !== undefined && (seconds === undefined || given < seconds)) seconds = given;
  }
  seconds = Math.max(1, seconds ?? pod.spec.terminationGracePeriodSeconds ?? 30);
  return { seconds, isShorter: graceSeconds !== undefined && seconds < graceSeconds };
}
