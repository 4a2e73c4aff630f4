// Deletes Pods from nodes with a NoExecute taint that they do not tolerate, or no longer (pkg/controller/tainteviction).
import type { Taint, Toleration } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import type { EventRecorder } from '../../apiserver/types.ts';
import type { Timer } from '../../runtime/clock.ts';
import { formatTime } from '../../runtime/time.ts';
import { tolerates } from '../scheduler/filters/node-basics.ts';
import {
  follow,
  type Controller,
  type ControllerContext,
  type StoredPod,
} from '../shared/controller.ts';

/** From the taint to the eviction that it causes, beside the tolerated time. */
const latencyMs = 10;

interface Planned {
  readonly timer: Timer;
  readonly namespace: string;
  readonly name: string;
}

/** How long the Pod may stay: undefined for ever, 0 not at all (GetMinTolerationTime). */
function toleratedMs(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
): number | undefined {
  const used = taints.map((taint) => tolerations.filter((one) => tolerates(one, taint)));
  if (used.some((list) => list.length === 0)) return 0;
  const seconds = used.flat().flatMap(({ tolerationSeconds }) => tolerationSeconds ?? []);
  return seconds.length === 0 ? undefined : Math.max(0, Math.min(...seconds)) * 1000;
}

export class TaintEvictionController implements Controller {
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #planned = new Map<string, Planned>();

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#recorder = context.recorder('taint-eviction-controller');
  }

  start(): void {
    const { client } = this.#context;
    follow(client, 'Node', ({ type, object, old }) => {
      if (type === 'DELETED') return;
      if (JSON.stringify(noExecute(object)) === JSON.stringify(noExecute(old))) return;
      const pods = client.list('Pod', { by: { index: 'byNode', key: object.metadata.name } });
      for (const pod of pods) this.#judge(pod, noExecute(object));
    });
    follow(client, 'Pod', ({ type, object, old }) => {
      if (type === 'DELETED') {
        this.#forget(object.metadata.uid);
        return;
      }
      const isNew = object.spec.nodeName !== old?.spec.nodeName;
      const tolerationsChanged =
        JSON.stringify(object.spec.tolerations) !== JSON.stringify(old?.spec.tolerations);
      if (!isNew && !tolerationsChanged) return;
      const node = client.get('Node', '', object.spec.nodeName ?? '');
      if (node !== undefined) this.#judge(object, noExecute(node));
    });
  }

  #forget(uid: string): void {
    this.#planned.get(uid)?.timer.cancel();
    this.#planned.delete(uid);
  }

  #judge(pod: StoredPod, taints: readonly Taint[]): void {
    const { uid, name, namespace = '' } = pod.metadata;
    if (taints.length === 0) {
      this.#cancel(pod);
      return;
    }
    const stayMs = toleratedMs(taints, pod.spec.tolerations ?? []);
    if (stayMs === undefined) {
      this.#cancel(pod);
      return;
    }
    const known = this.#planned.get(uid);
    if (known !== undefined && stayMs > 0) return;
    this.#forget(uid);
    const { clock } = this.#context;
    const label = stayMs > 0 ? `eviction of ${name}` : undefined;
    const timer = clock.after(stayMs + latencyMs, () => this.#evict(uid, namespace, name), label);
    this.#planned.set(uid, { timer, namespace, name });
  }

  #cancel(pod: StoredPod): void {
    const { uid, name, namespace = '' } = pod.metadata;
    if (!this.#planned.has(uid)) return;
    this.#forget(uid);
    const text = `Cancelling deletion of Pod ${namespace}/${name}`;
    this.#recorder.event(pod as unknown as KubeObject, 'Normal', 'TaintManagerEviction', text);
  }

  #evict(uid: string, namespace: string, name: string): void {
    this.#planned.delete(uid);
    const { client, clock } = this.#context;
    const pod = client.get('Pod', namespace, name);
    if (pod?.metadata.uid !== uid || pod.metadata.deletionTimestamp !== undefined) return;
    const text = `Marking for deletion Pod ${namespace}/${name}`;
    this.#recorder.event(pod as unknown as KubeObject, 'Normal', 'TaintManagerEviction', text);
    const condition = {
      lastProbeTime: null,
      lastTransitionTime: formatTime(clock.nowMs()),
      message: 'Taint manager: deleting due to NoExecute taint',
      reason: 'DeletionByTaintManager',
      status: 'True',
      type: 'DisruptionTarget',
    };
    const conditions = [...(pod.status.conditions ?? []), condition];
    client.updateStatus('Pod', {
      ...pod,
      status: { ...pod.status, conditions },
    } as unknown as KubeObject);
    client.delete('Pod', namespace, name);
  }
}

function noExecute(
  node: { readonly spec: { readonly taints?: readonly Taint[] | undefined } } | undefined,
): readonly Taint[] {
  return (node?.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
}
