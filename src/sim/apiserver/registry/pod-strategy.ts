// The status a Pod is created with (pkg/registry/core/pod/strategy.go).
import type { Pod, PodStatus } from '../../api/generated/types.ts';
import { computeQosClass } from './qos.ts';

/** Pending, with its QoS class; a Pod with scheduling gates says so from the start. `now` is a metav1.Time. */
export function initialPodStatus(pod: Pod, now: string): PodStatus {
  const status: PodStatus = { phase: 'Pending', qosClass: computeQosClass(pod.spec) };
  if ((pod.spec?.schedulingGates ?? []).length === 0) return status;
  return {
    ...status,
    conditions: [
      {
        lastProbeTime: null as unknown as undefined,
        lastTransitionTime: now,
        message: 'Scheduling is blocked due to non-empty scheduling gates',
        reason: 'SchedulingGated',
        status: 'False',
        type: 'PodScheduled',
      },
    ],
  };
}
