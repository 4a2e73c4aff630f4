// Which Pods a ReplicaSet deletes first (pkg/controller/controller_utils.go, ActivePodsWithRanks).
import { parseTime } from '../../runtime/time.ts';
import { conditionOf, isReady, type StoredPod } from '../shared/controller.ts';

const deletionCost = 'controller.kubernetes.io/pod-deletion-cost';
const phaseRank: Readonly<Record<string, number>> = { Pending: 0, Unknown: 1, Running: 2 };

/** Whole powers of two of seconds: Pods about as old as each other count as equally old. */
function ageBucket(sinceMs: number | undefined, nowMs: number): number {
  if (sinceMs === undefined) return -1;
  const seconds = Math.max(0, Math.floor((nowMs - sinceMs) / 1000));
  return seconds === 0 ? 0 : 32 - Math.clz32(seconds);
}

function readySinceMs(pod: StoredPod): number | undefined {
  return parseTime(String(conditionOf(pod, 'Ready')?.lastTransitionTime ?? ''));
}

function restarts(pod: StoredPod): number {
  return Math.max(0, ...(pod.status.containerStatuses ?? []).map((status) => status.restartCount));
}

/**
 * Pods in the order in which they go.
 * @param active the Pods that count towards the replicas
 * @param siblings how many Pods of the same Deployment run on each node
 */
export function deletionOrder(
  active: readonly StoredPod[],
  siblings: ReadonlyMap<string, number>,
  nowMs: number,
): readonly StoredPod[] {
  const ranks = (pod: StoredPod): readonly number[] => [
    pod.spec.nodeName === undefined ? 0 : 1,
    phaseRank[pod.status.phase ?? ''] ?? 1,
    isReady(pod) ? 1 : 0,
    Number(pod.metadata.annotations?.[deletionCost] ?? 0),
    -(siblings.get(pod.spec.nodeName ?? '') ?? 0),
    isReady(pod) ? ageBucket(readySinceMs(pod), nowMs) : 0,
    -restarts(pod),
    ageBucket(parseTime(pod.metadata.creationTimestamp), nowMs),
  ];
  return active
    .map((pod) => ({ pod, ranks: ranks(pod) }))
    .sort((a, b) => {
      const at = a.ranks.findIndex((rank, index) => rank !== b.ranks[index]);
      if (at >= 0) return (a.ranks[at] ?? 0) - (b.ranks[at] ?? 0);
      return a.pod.metadata.uid < b.pod.metadata.uid ? -1 : 1;
    })
    .map(({ pod }) => pod);
}
