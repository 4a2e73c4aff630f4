// In-place resize: whether the node can give what a Pod asks for now, and how far that has got
// (kubelet.go handlePodResourcesResize, status_manager.go resize conditions).
import type {
  Container,
  PodCondition,
  ResourceRequirements,
} from '../../../api/generated/types.ts';
import { milliValue, value } from '../../../api/quantity.ts';
import { formatTime } from '../../../runtime/time.ts';
import { lackingResource } from '../admission/admit.ts';
import type { KubeletContext } from '../context.ts';
import { allocatable } from '../node/capacity.ts';
import type { PodObject } from '../pod.ts';
import type { PodSnapshot } from '../runtime/snapshot.ts';
import { sameJson } from '../status/equal.ts';
import { resizable } from './allocations.ts';
import { podRequests } from './requests.ts';

type Reason = 'Infeasible' | 'Deferred';

interface Conditions {
  pending: PodCondition | undefined;
  inProgress: PodCondition | undefined;
}

export class Resizer {
  readonly #context: KubeletContext;
  readonly #others: () => readonly PodObject[];
  readonly #conditions = new Map<string, Conditions>();

  /** @param others the Pods that share the node */
  constructor(context: KubeletContext, others: () => readonly PodObject[]) {
    this.#context = context;
    this.#others = others;
  }

  forget(uid: string): void {
    this.#conditions.delete(uid);
  }

  /** Conditions about a resize, in the order in which they stand in the status. */
  conditions(uid: string): readonly PodCondition[] {
    const { pending, inProgress } = this.#conditions.get(uid) ?? {};
    return [pending, inProgress].filter((one) => one !== undefined);
  }

  /** Whether a wanted resize waits for room. */
  isDeferred(uid: string): boolean {
    return this.#conditions.get(uid)?.pending?.reason === 'Deferred';
  }

  /**
   * Promises the Pod what it asks for, if the node can; answers the Pod with what it has been
   * promised.
   */
  settle(pod: PodObject, seen: PodSnapshot): PodObject {
    const { allocations } = this.#context;
    const { uid } = pod.metadata;
    const refusal = allocations.differs(pod) ? this.#refusal(pod) : undefined;
    if (refusal === undefined && allocations.differs(pod)) allocations.allocate(pod);
    const effective = allocations.apply(pod);
    const known = this.#conditions.get(uid) ?? { pending: undefined, inProgress: undefined };
    const next: Conditions = {
      pending: this.#condition('PodResizePending', known.pending, refusal !== undefined, refusal),
      inProgress: this.#condition(
        'PodResizeInProgress',
        known.inProgress,
        isUnderWay(effective, seen),
      ),
    };
    if (next.pending === undefined && next.inProgress === undefined) this.#conditions.delete(uid);
    else this.#conditions.set(uid, next);
    return effective;
  }

  #refusal(pod: PodObject): { readonly reason: Reason; readonly message: string } | undefined {
    const { node } = this.#context;
    const all = allocatable(node);
    const wanted = podRequests(pod);
    const memory = value(wanted['memory'] ?? '0');
    const cpu = milliValue(wanted['cpu'] ?? '0');
    const capacity = { memory: value(all['memory'] ?? '0'), cpu: milliValue(all['cpu'] ?? '0') };
    const infeasible = (what: string): { reason: Reason; message: string } => ({
      reason: 'Infeasible',
      message: `Node didn't have enough capacity: ${what}`,
    });
    if (memory > capacity.memory) {
      return infeasible(`memory, requested: ${memory}, capacity: ${capacity.memory}`);
    }
    if (cpu > capacity.cpu) {
      return infeasible(`cpu, requested: ${cpu}, capacity: ${capacity.cpu}`);
    }
    const others = this.#others().filter(({ metadata }) => metadata.uid !== pod.metadata.uid);
    const lacking = lackingResource(this.#context, pod, others);
    return lacking === undefined ? undefined : { reason: 'Deferred', message: lacking.message };
  }

  #condition(
    type: string,
    known: PodCondition | undefined,
    isTrue: boolean,
    why?: { readonly reason: string; readonly message: string },
  ): PodCondition | undefined {
    if (!isTrue) return undefined;
    if (known?.reason === why?.reason && known?.message === why?.message && known !== undefined) {
      return known;
    }
    const now = formatTime(this.#context.clock.nowMs());
    return { lastProbeTime: now, lastTransitionTime: now, ...why, status: 'True', type };
  }
}

/** Whether a running container has something else than it was promised. */
function isUnderWay(pod: PodObject, seen: PodSnapshot): boolean {
  return resizable(pod).some((container) => {
    const found = seen.containers.find(({ name }) => name === container.name);
    return found?.state === 'running' && changedResources(container, found.resources).length > 0;
  });
}

/** Of cpu and memory those for which a container has something else than it was promised. */
export function changedResources(
  container: Container,
  actual: ResourceRequirements,
): readonly string[] {
  const { requests = {}, limits = {} } = container.resources ?? {};
  return ['cpu', 'memory'].filter(
    (name) =>
      !sameJson([requests[name], limits[name]], [actual.requests?.[name], actual.limits?.[name]]),
  );
}

/** Whether a change of what the container has needs it to start anew. */
export function needsRestart(container: Container, actual: ResourceRequirements): boolean {
  return changedResources(container, actual).some((name) =>
    (container.resizePolicy ?? []).some(
      (policy) => policy.resourceName === name && policy.restartPolicy === 'RestartContainer',
    ),
  );
}
