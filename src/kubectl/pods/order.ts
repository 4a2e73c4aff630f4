// Which Pod of several is taken (kubectl/pkg/util/podutils): for logs one that runs longest, for exec the most active.
import type { Pod } from '#sim/api/generated/types.ts';

function readyCondition(pod: Pod) {
  return pod.status?.conditions?.find(({ type }) => type === 'Ready');
}

export function isPodReady(pod: Pod): boolean {
  return readyCondition(pod)?.status === 'True';
}

const phaseRank: Readonly<Record<string, number>> = { Running: 0, Unknown: 1, Pending: 2 };

function restarts(pod: Pod): number {
  return Math.max(0, ...(pod.status?.containerStatuses ?? []).map((one) => one.restartCount ?? 0));
}

/** The places of two Pods as numbers and words, most important first; smaller comes first. */
function compareBy(a: Pod, b: Pod, keys: readonly ((pod: Pod) => string | number)[]): number {
  for (const key of keys) {
    const left = key(a);
    const right = key(b);
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

const unassigned = (pod: Pod): number => ((pod.spec?.nodeName ?? '') === '' ? 1 : 0);
const phase = (pod: Pod): number => phaseRank[pod.status?.phase ?? ''] ?? 0;
const notReady = (pod: Pod): number => (isPodReady(pod) ? 0 : 1);
const readySince = (pod: Pod): string =>
  isPodReady(pod) ? (readyCondition(pod)?.lastTransitionTime ?? '~') : '';
const created = (pod: Pod): string => pod.metadata?.creationTimestamp ?? '~';

/** The order of `kubectl logs deploy/x`: ByLogging. */
export function byLogging(pods: readonly Pod[]): readonly Pod[] {
  const keys = [unassigned, phase, notReady, readySince, (pod: Pod) => -restarts(pod), created];
  return pods.toSorted((a, b) => compareBy(a, b, keys));
}

/** The order of `kubectl exec deploy/x`: the reverse of ActivePods. */
export function byActivity(pods: readonly Pod[]): readonly Pod[] {
  const keys = [unassigned, phase, notReady, readySince, restarts, created];
  return pods.toSorted((a, b) => compareBy(a, b, keys));
}
