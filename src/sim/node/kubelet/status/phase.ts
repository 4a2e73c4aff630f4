// A Pod's phase from the states of its containers (kubelet_pods.go getPhase).
import type { ContainerStatus } from '../../../api/generated/types.ts';
import {
  initContainers,
  isSidecar,
  regularContainers,
  restartPolicy,
  type PodObject,
} from '../pod.ts';

interface Counts {
  pendingInit: number;
  failedInit: number;
  unknown: number;
  running: number;
  waiting: number;
  stopped: number;
  succeeded: number;
}

/**
 * The phase that the container statuses amount to. `isOver` says that the Pod is being ended for
 * good, so that what has
 * stopped will not start again.
 */
export function podPhase(
  pod: PodObject,
  statuses: readonly ContainerStatus[],
  isOver: boolean,
): string {
  const byName = new Map(statuses.map((status) => [status.name, status]));
  const initialized = hasInitialized(pod, byName);
  const counts = countInit(pod, byName);
  countRegular(pod, byName, counts);
  if (counts.failedInit > 0 && restartPolicy(pod) === 'Never') return 'Failed';
  if (counts.pendingInit > 0 && !initialized) return 'Pending';
  if (counts.waiting > 0 && !isOver) return 'Pending';
  if (counts.running > 0 && counts.unknown === 0) return 'Running';
  if (counts.running === 0 && counts.stopped > 0 && counts.unknown === 0) {
    return stoppedPhase(pod, counts, isOver);
  }
  return 'Pending';
}

function stoppedPhase(pod: PodObject, counts: Counts, isOver: boolean): string {
  const allSucceeded = counts.stopped === counts.succeeded;
  if (isOver) return allSucceeded ? 'Succeeded' : 'Failed';
  if (restartPolicy(pod) === 'Always') return 'Running';
  if (allSucceeded) return 'Succeeded';
  return restartPolicy(pod) === 'Never' ? 'Failed' : 'Running';
}

/** Whether a regular container has ever been started. */
function hasInitialized(pod: PodObject, byName: ReadonlyMap<string, ContainerStatus>): boolean {
  return regularContainers(pod).some(({ name }) => {
    const status = byName.get(name);
    return (
      status?.state?.running !== undefined ||
      status?.state?.terminated !== undefined ||
      status?.lastState?.terminated !== undefined
    );
  });
}

function countInit(pod: PodObject, byName: ReadonlyMap<string, ContainerStatus>): Counts {
  const counts: Counts = {
    pendingInit: 0,
    failedInit: 0,
    unknown: 0,
    running: 0,
    waiting: 0,
    stopped: 0,
    succeeded: 0,
  };
  for (const container of initContainers(pod)) {
    const status = byName.get(container.name);
    if (isSidecar(container)) countSidecar(status, counts);
    else countPlainInit(status, counts);
  }
  return counts;
}

function countSidecar(status: ContainerStatus | undefined, counts: Counts): void {
  if (status === undefined) {
    counts.unknown += 1;
  } else if (status.state?.running !== undefined) {
    if (status.started !== true) counts.pendingInit += 1;
    counts.running += 1;
  } else if (status.state?.terminated !== undefined) {
    // A sidecar that has ended does not count: the others decide.
  } else if (status.state?.waiting !== undefined) {
    if (status.lastState?.terminated === undefined) counts.pendingInit += 1;
  } else {
    counts.unknown += 1;
  }
}

function countPlainInit(status: ContainerStatus | undefined, counts: Counts): void {
  if (status === undefined) {
    counts.pendingInit += 1;
  } else if (status.state?.running !== undefined) {
    counts.pendingInit += 1;
  } else if (status.state?.terminated !== undefined) {
    if (status.state.terminated.exitCode !== 0) counts.failedInit += 1;
  } else if (status.state?.waiting !== undefined) {
    const last = status.lastState?.terminated;
    if (last === undefined) counts.pendingInit += 1;
    else if (last.exitCode !== 0) counts.failedInit += 1;
  } else {
    counts.unknown += 1;
  }
}

function countRegular(
  pod: PodObject,
  byName: ReadonlyMap<string, ContainerStatus>,
  counts: Counts,
): void {
  for (const container of regularContainers(pod)) {
    const status = byName.get(container.name);
    if (status === undefined) {
      counts.unknown += 1;
    } else if (status.state?.running !== undefined) {
      counts.running += 1;
    } else if (status.state?.terminated !== undefined) {
      counts.stopped += 1;
      if (status.state.terminated.exitCode === 0) counts.succeeded += 1;
    } else if (status.state?.waiting !== undefined) {
      if (status.lastState?.terminated !== undefined) counts.stopped += 1;
      else counts.waiting += 1;
    } else {
      counts.unknown += 1;
    }
  }
}
