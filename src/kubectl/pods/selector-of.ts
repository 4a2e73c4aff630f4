// The labels by which an object finds its Pods (kubectl/pkg/polymorphichelpers SelectorsForObject).
import type { LabelSelector } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { formatSelector, requirementsOf } from '#sim/api/selector.ts';
import { Failure } from '../failure.ts';

const withLabelSelector = ['ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job'];
const withMap = ['Service', 'ReplicationController'];

/** `k=v,k2=v2` of a map, keys sorted. */
export function mapSelector(labels: Readonly<Record<string, string>>): string {
  return Object.keys(labels)
    .sort()
    .map((key) => `${key}=${labels[key] ?? ''}`)
    .join(',');
}

/** The text of the selector; throws for kinds that have none, in the words of `what` (`get the logs from`). */
export function selectorOf(object: KubeObject, what: string): string {
  const kind = object.kind ?? '';
  const selector = (object['spec'] as { selector?: unknown } | undefined)?.selector;
  if (withLabelSelector.includes(kind)) {
    return formatSelector(requirementsOf((selector ?? {}) as LabelSelector));
  }
  if (withMap.includes(kind)) {
    const labels = (selector ?? {}) as Readonly<Record<string, string>>;
    if (Object.keys(labels).length === 0) {
      throw new Failure(
        `cannot ${what} *v1.${kind}: invalid service '${object.metadata?.name ?? ''}': Service is defined without a selector`,
      );
    }
    return mapSelector(labels);
  }
  throw new Failure(`cannot ${what} *v1.${kind}: selector for *v1.${kind} not implemented`);
}
