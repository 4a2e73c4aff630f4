// Old ReplicaSets: whether their Pods are gone, and which of them are kept for a roll-back.
import type { KubeObject } from '../../api/objects.ts';
import type { Client } from '../../apiserver/types.ts';
import { replicasOf, revisionOf, type Deployment, type ReplicaSet } from './replica-sets.ts';

/** Whether any Pod of these sets is still there and has not ended by itself. */
export function havePods(client: Client, sets: readonly ReplicaSet[]): boolean {
  return sets.some((set) =>
    client
      .list('Pod', { by: { index: 'byOwner', key: set.metadata.uid } })
      .some(({ status }) => status.phase !== 'Succeeded' && status.phase !== 'Failed'),
  );
}

/** Deletes empty sets beyond the history limit, lowest revision first. */
export function cleanUpHistory(
  client: Client,
  deployment: Deployment,
  oldSets: readonly ReplicaSet[],
): void {
  const limit = deployment.spec.revisionHistoryLimit ?? 10;
  const empty = oldSets.filter(
    (set) =>
      replicasOf(set) === 0 &&
      (set.status.replicas ?? 0) === 0 &&
      set.metadata.deletionTimestamp === undefined,
  );
  const byRevision = [...empty].sort(
    (a, b) => revisionOf(a as unknown as KubeObject) - revisionOf(b as unknown as KubeObject),
  );
  for (const set of byRevision.slice(0, Math.max(0, empty.length - limit))) {
    client.delete('ReplicaSet', set.metadata.namespace ?? '', set.metadata.name);
  }
}
