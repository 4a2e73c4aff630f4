// Terms of Pod (anti-)affinity: which Pods a term means (pkg/scheduler/framework/types.go, AffinityTerm).
import type { PodAffinityTerm } from '../../api/generated/types.ts';
import { matchesLabelSelector } from '../../api/selector.ts';
import type { FilterContext } from './filters/filter.ts';
import type { SchedulablePod } from './node-info.ts';

/** Whether a term that stands in `owner` means the Pod `other`. */
export function termMeans(
  term: PodAffinityTerm,
  owner: SchedulablePod,
  other: SchedulablePod,
  context: Pick<FilterContext, 'get'>,
): boolean {
  if (!inNamespaces(term, owner, other, context)) return false;
  if (term.labelSelector === undefined) return false;
  const labels = other.metadata.labels ?? {};
  if (!matchesLabelSelector(term.labelSelector, labels)) return false;
  const ownLabels = owner.metadata.labels ?? {};
  const agree = (term.matchLabelKeys ?? []).every(
    (key) => ownLabels[key] === undefined || ownLabels[key] === labels[key],
  );
  const differ = (term.mismatchLabelKeys ?? []).every(
    (key) => ownLabels[key] === undefined || ownLabels[key] !== labels[key],
  );
  return agree && differ;
}

function inNamespaces(
  term: PodAffinityTerm,
  owner: SchedulablePod,
  other: SchedulablePod,
  context: Pick<FilterContext, 'get'>,
): boolean {
  const namespace = other.metadata.namespace ?? '';
  const { namespaces = [], namespaceSelector } = term;
  if (namespaces.length === 0 && namespaceSelector === undefined) {
    return namespace === owner.metadata.namespace;
  }
  if (namespaces.includes(namespace)) return true;
  if (namespaceSelector === undefined) return false;
  const labels = context.get('Namespace', '', namespace)?.metadata.labels ?? {};
  return matchesLabelSelector(namespaceSelector, labels);
}

export const requiredAffinity = (pod: SchedulablePod): readonly PodAffinityTerm[] =>
  pod.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];

export const requiredAntiAffinity = (pod: SchedulablePod): readonly PodAffinityTerm[] =>
  pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
