// The ReplicaSet controller: as many Pods of a template as asked for (pkg/controller/replicaset/replica_set.go).
import type { ReplicaSetCondition, ReplicaSetStatus } from '../../api/generated/types.ts';
import type { StoredOf } from '../../api/objects.ts';
import { formatTime, parseTime } from '../../runtime/time.ts';
import { WorkQueue } from '../../runtime/work-queue.ts';
import { claimPods } from '../shared/claim-pods.ts';
import {
  conditionOf,
  follow,
  isActive,
  isReady,
  keyOf,
  notifyOwner,
  reactionMs,
  splitKey,
  type Controller,
  type ControllerContext,
  type StoredPod,
} from '../shared/controller.ts';
import { createPod, deletePod, podFromTemplate, slowStart } from '../shared/pod-control.ts';
import { deletionOrder } from './ranking.ts';

/** The most Pods created or deleted in one go (BurstReplicas). */
const burst = 500;

type ReplicaSet = StoredOf<'ReplicaSet'>;

/** Whether a Pod has been ready for so long; and if not, in how many milliseconds it will have been. */
export function availability(
  pod: StoredPod,
  minReadySeconds: number,
  nowMs: number,
): { readonly available: boolean; readonly inMs: number | undefined } {
  if (!isReady(pod)) return { available: false, inMs: undefined };
  if (minReadySeconds === 0) return { available: true, inMs: undefined };
  const sinceMs = parseTime(String(conditionOf(pod, 'Ready')?.lastTransitionTime ?? '')) ?? nowMs;
  const inMs = sinceMs + minReadySeconds * 1000 - nowMs;
  return inMs <= 0 ? { available: true, inMs: undefined } : { available: false, inMs };
}

export class ReplicaSetController implements Controller {
  readonly #context: ControllerContext;
  readonly #queue: WorkQueue;
  readonly #control;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#control = {
      client: context.client,
      recorder: context.recorder('replicaset-controller'),
    };
    this.#queue = new WorkQueue({
      clock: context.clock,
      latencyMs: reactionMs,
      reconcile: (key) => this.#reconcile(key),
    });
  }

  start(): void {
    const { client } = this.#context;
    follow(client, 'ReplicaSet', ({ object }) => this.#queue.add(keyOf(object)));
    follow(client, 'Pod', (event) => {
      notifyOwner(event, 'ReplicaSet', (key) => this.#queue.add(key));
      if (event.object.metadata.ownerReferences === undefined) this.#offerOrphan(event.object);
    });
  }

  /** A Pod that nobody owns may fit a ReplicaSet of its namespace. */
  #offerOrphan(pod: StoredPod): void {
    for (const set of this.#context.client.list('ReplicaSet', {
      namespace: pod.metadata.namespace,
    })) {
      this.#queue.add(keyOf(set));
    }
  }

  #reconcile(key: string): 'done' | 'retry' {
    const { namespace, name } = splitKey(key);
    const set = this.#context.client.get('ReplicaSet', namespace, name);
    if (set === undefined) return 'done';
    const pods = claimPods(this.#context.client, set, set.spec.selector).filter(isActive);
    const wanted = set.spec.replicas ?? 1;
    let failure: string | undefined;
    if (set.metadata.deletionTimestamp === undefined) {
      failure = this.#adjust(set, pods, wanted);
    }
    this.#writeStatus(set, pods, failure);
    return failure === undefined ? 'done' : 'retry';
  }

  /** Creates or deletes what is missing or too many; returns the server's words when a creation was refused. */
  #adjust(set: ReplicaSet, pods: readonly StoredPod[], wanted: number): string | undefined {
    const missing = wanted - pods.length;
    if (missing > 0) {
      let refusal: string | undefined;
      slowStart(Math.min(missing, burst), () => {
        const pod = podFromTemplate(set, set.spec.template ?? {});
        const created = createPod(this.#control, set, pod);
        if (!created.ok) refusal = created.status.message ?? '';
        return created.ok;
      });
      return refusal;
    }
    if (missing < 0) {
      const nowMs = this.#context.clock.nowMs();
      const order = deletionOrder(pods, this.#siblings(set), nowMs);
      for (const pod of order.slice(0, Math.min(-missing, burst)))
        deletePod(this.#control, set, pod);
    }
    return undefined;
  }

  /** Active Pods per node of all ReplicaSets with the same owner. */
  #siblings(set: ReplicaSet): ReadonlyMap<string, number> {
    const { client } = this.#context;
    const owner = set.metadata.ownerReferences?.find(({ controller }) => controller === true);
    const sets =
      owner === undefined
        ? [set]
        : client.list('ReplicaSet', { by: { index: 'byOwner', key: owner.uid } });
    const counts = new Map<string, number>();
    for (const one of sets) {
      const pods = client.list('Pod', { by: { index: 'byOwner', key: one.metadata.uid } });
      for (const pod of pods.filter(isActive)) {
        const node = pod.spec.nodeName ?? '';
        counts.set(node, (counts.get(node) ?? 0) + 1);
      }
    }
    return counts;
  }

  /** Status counts what was there before this sync's creations, as the real controller's does. */
  #writeStatus(set: ReplicaSet, pods: readonly StoredPod[], failure: string | undefined): void {
    const { client, clock } = this.#context;
    const current = client.get('ReplicaSet', set.metadata.namespace ?? '', set.metadata.name);
    if (current?.metadata.uid !== set.metadata.uid) return;
    const templateLabels = Object.entries(set.spec.template?.metadata?.labels ?? {});
    const minReadySeconds = set.spec.minReadySeconds ?? 0;
    const ready = pods.filter(isReady).length;
    const readiness = pods.map((pod) => availability(pod, minReadySeconds, clock.nowMs()));
    const available = readiness.filter((one) => one.available).length;
    const fullyLabeled = pods.filter((pod) =>
      templateLabels.every(([key, value]) => pod.metadata.labels?.[key] === value),
    ).length;
    const status: ReplicaSetStatus = {
      replicas: pods.length,
      ...(fullyLabeled > 0 ? { fullyLabeledReplicas: fullyLabeled } : {}),
      ...(ready > 0 ? { readyReplicas: ready } : {}),
      ...(available > 0 ? { availableReplicas: available } : {}),
      observedGeneration: set.metadata.generation,
      ...this.#conditions(set, failure),
    };
    if (JSON.stringify(status) !== JSON.stringify(current.status)) {
      client.updateStatus('ReplicaSet', { ...current, status });
    }
    const waits = readiness.map(({ inMs }) => inMs).filter((inMs) => inMs !== undefined);
    if (waits.length > 0) this.#queue.addAfter(keyOf(set), Math.min(...waits));
  }

  #conditions(
    set: ReplicaSet,
    failure: string | undefined,
  ): { readonly conditions?: readonly ReplicaSetCondition[] } {
    if (failure === undefined) return {};
    const before = set.status.conditions?.find(({ type }) => type === 'ReplicaFailure');
    const condition: ReplicaSetCondition = {
      type: 'ReplicaFailure',
      status: 'True',
      lastTransitionTime: before?.lastTransitionTime ?? formatTime(this.#context.clock.nowMs()),
      reason: 'FailedCreate',
      message: failure,
    };
    return { conditions: [condition] };
  }
}
