// What has changed between two states of a Pod as the API server told them.
import type { PodObject } from '../pod.ts';
import { sameJson } from '../status/equal.ts';

/** In the order in which they were made. */
export function byCreation(pods: readonly PodObject[]): readonly PodObject[] {
  return [...pods].sort((a, b) =>
    a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1,
  );
}

/**
 * Whether they differ in what the kubelet acts on, status aside (config.go podsDifferSemantically).
 */
export function differs(a: PodObject, b: PodObject): boolean {
  return !(
    sameJson(a.spec, b.spec) &&
    sameJson(a.metadata.labels, b.metadata.labels) &&
    sameJson(a.metadata.annotations, b.metadata.annotations) &&
    a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
    a.metadata.deletionGracePeriodSeconds === b.metadata.deletionGracePeriodSeconds
  );
}

/** Whether somebody answered a readiness gate. */
export function hasOtherGates(a: PodObject, b: PodObject): boolean {
  return (b.spec.readinessGates ?? []).some(({ conditionType }) => {
    const of = (pod: PodObject): unknown =>
      pod.status.conditions?.find(({ type }) => type === conditionType);
    return !sameJson(of(a), of(b));
  });
}
