// Pod garbage collection: Pods of nodes that no longer exist, and of nodes declared out of service (pkg/controller/podgc).
import type { KubeObject } from '../../api/objects.ts';
import { formatTime } from '../../runtime/time.ts';
import {
  follow,
  isActive,
  type Controller,
  type ControllerContext,
  type StoredPod,
} from '../shared/controller.ts';
import { readyStatus } from './node-taints.ts';

const checkPeriodMs = 20_000;
/** A missing node may only be late in the cache: it is looked for again after so long. */
const quarantineMs = 40_000;
const outOfService = 'node.kubernetes.io/out-of-service';

export class PodGarbageCollector implements Controller {
  readonly #context: ControllerContext;
  readonly #missingSinceMs = new Map<string, number>();
  #startMs = 0;
  #lookIsDue = false;

  constructor(context: ControllerContext) {
    this.#context = context;
  }

  start(): void {
    const { client, clock } = this.#context;
    this.#startMs = clock.nowMs();
    client.watch('Node', ({ type, object }) => {
      const isOut = object.spec.taints?.some(({ key }) => key === outOfService) === true;
      if (type === 'DELETED' || isOut) this.#askForLook();
    });
    follow(client, 'Pod', ({ type, object }) => {
      const { nodeName } = object.spec;
      if (type === 'DELETED') return;
      const isHomeless = nodeName !== undefined && client.get('Node', '', nodeName) === undefined;
      const isStuck = object.metadata.deletionTimestamp !== undefined;
      if (isHomeless || isStuck) this.#askForLook();
    });
  }

  /** The real collector looks every 20 s; here only while there may be something to collect. */
  #askForLook(): void {
    if (this.#lookIsDue) return;
    this.#lookIsDue = true;
    const { clock } = this.#context;
    const steps = Math.floor((clock.nowMs() - this.#startMs) / checkPeriodMs) + 1;
    clock.at(this.#startMs + steps * checkPeriodMs, () => {
      this.#lookIsDue = false;
      if (this.#look()) this.#askForLook();
    });
  }

  /** Returns whether there is something left to look at next time. */
  #look(): boolean {
    const { client, clock } = this.#context;
    const nowMs = clock.nowMs();
    let more = false;
    const missing = new Set<string>();
    for (const pod of client.list('Pod')) {
      const { nodeName } = pod.spec;
      if (nodeName === undefined) {
        if (pod.metadata.deletionTimestamp !== undefined) this.#remove(pod);
        continue;
      }
      const node = client.get('Node', '', nodeName);
      if (node === undefined) {
        missing.add(nodeName);
        const sinceMs = this.#missingSinceMs.get(nodeName) ?? nowMs;
        this.#missingSinceMs.set(nodeName, sinceMs);
        if (nowMs - sinceMs >= quarantineMs) this.#orphaned(pod);
        else more = true;
        continue;
      }
      const isOut = node.spec.taints?.some(({ key }) => key === outOfService) === true;
      const isLeaving = pod.metadata.deletionTimestamp !== undefined;
      if (isOut && isLeaving && readyStatus(node) !== 'True') this.#remove(pod);
      else if (isLeaving && readyStatus(node) !== 'True') more = true;
    }
    for (const name of [...this.#missingSinceMs.keys()]) {
      if (!missing.has(name)) this.#missingSinceMs.delete(name);
    }
    return more;
  }

  #orphaned(pod: StoredPod): void {
    const condition = {
      lastProbeTime: null,
      lastTransitionTime: formatTime(this.#context.clock.nowMs()),
      message: 'PodGC: node no longer exists',
      reason: 'DeletionByPodGC',
      status: 'True',
      type: 'DisruptionTarget',
    };
    this.#remove(pod, condition);
  }

  /** Ends the Pod's record: phase Failed where it had none that is final, then gone at once. */
  #remove(pod: StoredPod, condition?: object): void {
    const { client } = this.#context;
    const { namespace = '', name } = pod.metadata;
    if (isActive(pod) || pod.status.phase === 'Running' || pod.status.phase === 'Pending') {
      const conditions = [
        ...(pod.status.conditions ?? []),
        ...(condition === undefined ? [] : [condition]),
      ];
      const status = { ...pod.status, phase: 'Failed', conditions };
      client.updateStatus('Pod', { ...pod, status } as unknown as KubeObject);
    }
    client.delete('Pod', namespace, name, { gracePeriodSeconds: 0 });
  }
}
