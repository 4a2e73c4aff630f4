// The contract of a filter plugin: why a node cannot take a Pod.
import type { Kind, StoredOf } from '../../../api/objects.ts';
import type { NodeInfo, SchedulablePod } from '../node-info.ts';

export interface Rejection {
  readonly reasons: readonly string[];
  /** Whether taking Pods away from the node could make room (else preemption is not tried there). */
  readonly preemptionHelps: boolean;
}

/** What filters may look at beside the node. */
export interface FilterContext {
  readonly nodes: readonly NodeInfo[];
  get<K extends Kind>(kind: K, namespace: string, name: string): StoredOf<K> | undefined;
  list<K extends Kind>(kind: K): readonly StoredOf<K>[];
}

export type Filter = (
  pod: SchedulablePod,
  node: NodeInfo,
  context: FilterContext,
) => Rejection | undefined;

export const rejected = (reason: string, preemptionHelps = false): Rejection => ({
  reasons: [reason],
  preemptionHelps,
});
