// Which Pods a quota with scopes is about (pkg/quota/v1/evaluator/core/pods.go podMatchesScopeFunc).
import type {
  Pod,
  ResourceQuota,
  ScopedResourceSelectorRequirement,
} from '../../../api/generated/types.ts';
import type { Kind, KubeObject } from '../../../api/objects.ts';
import { computeQosClass } from '../../registry/qos.ts';

type Requirement = ScopedResourceSelectorRequirement;

function requirementsOf({ spec }: ResourceQuota): readonly Requirement[] {
  const scopes = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  return [...scopes, ...(spec?.scopeSelector?.matchExpressions ?? [])];
}

/** True when the quota counts this object; scopes are about Pods only. */
export function isInScope(quota: ResourceQuota, kind: Kind, object: KubeObject): boolean {
  const requirements = requirementsOf(quota);
  if (requirements.length === 0) return true;
  return kind === 'Pod' && requirements.every((requirement) => matches(requirement, object as Pod));
}

function matches({ scopeName, operator, values = [] }: Requirement, { spec }: Pod): boolean {
  switch (scopeName) {
    case 'Terminating':
      return spec?.activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return spec?.activeDeadlineSeconds === undefined;
    case 'BestEffort':
      return computeQosClass(spec) === 'BestEffort';
    case 'NotBestEffort':
      return computeQosClass(spec) !== 'BestEffort';
    case 'CrossNamespacePodAffinity':
      return usesForeignNamespaces(spec);
    case 'PriorityClass': {
      const name = spec?.priorityClassName ?? '';
      if (operator === 'Exists') return name !== '';
      if (operator === 'DoesNotExist') return name === '';
      return values.includes(name) === (operator === 'In');
    }
    default:
      return false;
  }
}

function usesForeignNamespaces(spec: Pod['spec']): boolean {
  const { podAffinity, podAntiAffinity } = spec?.affinity ?? {};
  const terms = [podAffinity, podAntiAffinity].flatMap((affinity) => [
    ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ podAffinityTerm }) => podAffinityTerm,
    ),
  ]);
  return terms.some(
    ({ namespaces, namespaceSelector }) =>
      (namespaces ?? []).length > 0 || namespaceSelector !== undefined,
  );
}
