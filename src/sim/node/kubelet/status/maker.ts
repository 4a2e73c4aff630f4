// Makes a Pod's status from what the parts of the kubelet know.
import type { PodStatus } from '../../../api/generated/types.ts';
import type { KubeletContext } from '../context.ts';
import type { PodObject } from '../pod.ts';
import type { ProbeManager } from '../prober/manager.ts';
import type { Resizer } from '../resize/resizer.ts';
import type { PodSnapshot } from '../runtime/snapshot.ts';
import { deadlineMessage, deadlineMs, deadlineReason } from '../workers/deadlines.ts';
import { containerResources } from './container-resources.ts';
import { generateStatus } from './generate.ts';
import type { StartFailures } from './start-failures.ts';

export interface StatusMakerOptions {
  readonly context: KubeletContext;
  readonly probes: ProbeManager;
  readonly resizer: Resizer;
  readonly failures: StartFailures;
  /** The status told last. */
  readonly last: (pod: PodObject) => PodStatus;
}

export class StatusMaker {
  readonly #options: StatusMakerOptions;

  constructor(options: StatusMakerOptions) {
    this.#options = options;
  }

  /**
   * The status now.
   * @param isOver the Pod is ended for good
   */
  make(pod: PodObject, seen: PodSnapshot, isOver: boolean): PodStatus {
    const { context, probes, resizer, failures, last } = this.#options;
    const { api, clock, node } = context;
    const old = last(pod);
    const isLate = (deadlineMs(pod, old.startTime) ?? Number.POSITIVE_INFINITY) <= clock.nowMs();
    if (isLate) api.podEvent(pod, 'Normal', deadlineReason, deadlineMessage);
    return generateStatus({
      pod,
      seen,
      old,
      isOver,
      hostIp: node.ip,
      failures,
      resources: containerResources,
      readiness: (statuses, isInit) => probes.withReadiness(pod, statuses, isInit),
      evict: isLate ? { reason: deadlineReason, message: deadlineMessage } : undefined,
      resizeConditions: resizer.conditions(pod.metadata.uid),
    });
  }
}
