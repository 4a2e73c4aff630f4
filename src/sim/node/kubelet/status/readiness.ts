// Conditions that follow when one container's readiness changes (status_manager.go
// SetContainerReadiness).
import type { PodCondition, PodStatus } from '../../../api/generated/types.ts';
import type { PodObject } from '../pod.ts';
import {
  containersReadyCondition,
  initializedCondition,
  readyCondition,
  statusesOf,
} from './conditions.ts';

/** The status with ContainersReady, Ready and Initialized worked out anew. */
export function refreshReadiness(pod: PodObject, status: PodStatus): PodStatus {
  const conditions = status.conditions ?? [];
  const statuses = statusesOf(status);
  const phase = status.phase ?? '';
  const containersReady = containersReadyCondition(pod, statuses, phase);
  const fresh = [
    initializedCondition(pod, statuses, phase),
    readyCondition(pod, conditions, containersReady),
    containersReady,
  ];
  return {
    ...status,
    conditions: conditions.map((old): PodCondition => {
      const replacement = fresh.find(({ type }) => type === old.type);
      if (replacement === undefined) return old;
      return old.lastTransitionTime === undefined || replacement.status !== old.status
        ? replacement
        : { ...replacement, lastTransitionTime: old.lastTransitionTime };
    }),
  };
}
