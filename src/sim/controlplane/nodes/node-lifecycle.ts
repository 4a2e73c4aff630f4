// The node lifecycle controller: notices nodes that fall silent, says so in their conditions and taints
// (pkg/controller/nodelifecycle/node_lifecycle_controller.go; 50 s of grace since v1.32).
import type { NodeCondition } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import type { EventRecorder } from '../../apiserver/types.ts';
import type { Timer } from '../../runtime/clock.ts';
import { formatTime } from '../../runtime/time.ts';
import {
  conditionOf,
  follow,
  type Controller,
  type ControllerContext,
  type StoredPod,
} from '../shared/controller.ts';
import {
  followConditions,
  notReadyTaint,
  readyStatus,
  setNoExecute,
  unreachableTaint,
  type StoredNode,
} from './node-taints.ts';

const monitorPeriodMs = 5000;
const graceMs = 50_000;
/** A node that has never reported is given more. */
const startUpGraceMs = 60_000;
/** Share of nodes that are down from which a zone counts as partly disrupted, and how many there must be. */
const unhealthyShare = 0.55;
const fewestUnhealthy = 2;
/** From a change of a node to its NoSchedule taints. */
const taintLatencyMs = 9;

const conditionTypes = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'] as const;

interface Health {
  /** When the node was last heard of: a lease renewed, or conditions posted. */
  heardMs: number;
  renewTime: string | undefined;
  heartbeat: string | undefined;
}

export class NodeLifecycleController implements Controller {
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #health = new Map<string, Health>();
  /** Whether every node was silent at the last look: then nobody is evicted. */
  #allDown = false;
  #startMs = 0;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#recorder = context.recorder('node-controller');
  }

  start(): void {
    const { client, clock } = this.#context;
    this.#startMs = clock.nowMs();
    follow(client, 'Node', ({ type, object, old }) => {
      const { name } = object.metadata;
      if (type === 'DELETED') {
        this.#health.delete(name);
        return;
      }
      if (!this.#health.has(name)) this.#register(object);
      this.#hear(name, this.#health.get(name)?.renewTime, heartbeatOf(object));
      const relevant = (node: StoredNode | undefined) =>
        JSON.stringify([node?.spec.unschedulable, node?.spec.taints, statuses(node)]);
      if (relevant(object) !== relevant(old)) {
        clock.after(taintLatencyMs, () => followConditions(client, name, clock.nowMs()));
        this.#askForLook();
      }
    });
    follow(client, 'Lease', ({ object }) => {
      if (object.metadata.namespace !== 'kube-node-lease') return;
      const { name } = object.metadata;
      this.#hear(name, object.spec.renewTime, this.#health.get(name)?.heartbeat);
    });
    this.#askForLook();
  }

  #register(node: StoredNode): void {
    const { name } = node.metadata;
    const heardMs = this.#context.clock.nowMs();
    this.#health.set(name, { heardMs, renewTime: undefined, heartbeat: undefined });
    const text = `Node ${name} event: Registered Node ${name} in Controller`;
    this.#recorder.event(node as unknown as KubeObject, 'Normal', 'RegisteredNode', text);
    this.#askForLook();
  }

  #hear(name: string, renewTime: string | undefined, heartbeat: string | undefined): void {
    const health = this.#health.get(name);
    if (health === undefined) return;
    if (health.renewTime === renewTime && health.heartbeat === heartbeat) return;
    this.#health.set(name, { heardMs: this.#context.clock.nowMs(), renewTime, heartbeat });
  }

  #nextLook: Timer | undefined;

  /**
   * The real controller looks every five seconds. Here a look is asked for only at the first of those moments at which it
   * could find something: idle clusters cost nothing.
   */
  #askForLook(): void {
    const { clock } = this.#context;
    const nowMs = clock.nowMs();
    const pending = [...this.#health.keys()].some((name) => this.#isPending(name));
    const oldest = Math.min(...[...this.#health.values()].map(({ heardMs }) => heardMs));
    const earliestMs =
      pending || this.#allDown ? nowMs + 1 : Math.max(nowMs + 1, oldest + graceMs + 1);
    if (!Number.isFinite(earliestMs)) return;
    const steps = Math.ceil((earliestMs - this.#startMs) / monitorPeriodMs);
    const atMs = this.#startMs + steps * monitorPeriodMs;
    if (this.#nextLook !== undefined && this.#nextLook.atMs <= atMs) return;
    this.#nextLook?.cancel();
    this.#nextLook = clock.at(atMs, () => {
      this.#nextLook = undefined;
      this.#look();
      this.#askForLook();
    });
  }

  /** Whether taints and Pods of a node still have to be brought in line with its state. */
  #isPending(name: string): boolean {
    const node = this.#context.client.get('Node', '', name);
    if (node === undefined) return false;
    return this.#wantedTaint(node) !== currentNoExecute(node);
  }

  #wantedTaint(node: StoredNode): string | undefined {
    const ready = readyStatus(node);
    if (this.#allDown || ready === 'True') return undefined;
    return ready === 'False' ? notReadyTaint : unreachableTaint;
  }

  #look(): void {
    const { client, clock } = this.#context;
    const nowMs = clock.nowMs();
    const turnedNow = new Set<string>();
    for (const [name, health] of this.#health) {
      const node = client.get('Node', '', name);
      if (node === undefined) continue;
      const hasReported = readyStatus(node) !== undefined;
      const limitMs = hasReported ? graceMs : startUpGraceMs;
      const isSilent = nowMs - health.heardMs > limitMs && readyStatus(node) !== 'Unknown';
      if (!isSilent) continue;
      turnedNow.add(name);
      this.#markUnknown(node);
    }
    this.#followDisruption();
    for (const name of this.#health.keys()) {
      // The taint that evicts comes with the look after the one that found the node silent.
      const node = client.get('Node', '', name);
      if (node === undefined || turnedNow.has(name)) continue;
      setNoExecute(client, name, this.#wantedTaint(node), nowMs);
    }
  }

  /** With every node silent the fault is likelier on our side: nobody is evicted (zone state FullDisruption). */
  #followDisruption(): void {
    const { client, clock } = this.#context;
    const nodes = [...this.#health.keys()].flatMap((name) => client.get('Node', '', name) ?? []);
    const down = nodes.filter((node) => readyStatus(node) !== 'True').length;
    const wasAllDown = this.#allDown;
    this.#allDown = nodes.length > 0 && down === nodes.length;
    const partly = down > fewestUnhealthy && down / nodes.length >= unhealthyShare;
    // A small cluster of which most is down stops evicting too (secondary rate 0 up to 50 nodes).
    if (partly) this.#allDown = true;
    if (wasAllDown && !this.#allDown) {
      for (const health of this.#health.values()) health.heardMs = clock.nowMs();
    }
  }

  #markUnknown(node: StoredNode): void {
    const { client, clock } = this.#context;
    const at = formatTime(clock.nowMs());
    const before = node.status.conditions ?? [];
    const conditions = conditionTypes.map((type): NodeCondition => {
      const known = before.find((one) => one.type === type);
      const never = known === undefined;
      return {
        ...known,
        type,
        status: 'Unknown',
        reason: never ? 'NodeStatusNeverUpdated' : 'NodeStatusUnknown',
        message: never
          ? 'Kubelet never posted node status.'
          : 'Kubelet stopped posting node status.',
        lastHeartbeatTime: known?.lastHeartbeatTime ?? node.metadata.creationTimestamp,
        lastTransitionTime: at,
      };
    });
    const others = before.filter(({ type }) => !conditionTypes.some((one) => one === type));
    client.updateStatus('Node', {
      ...node,
      status: { ...node.status, conditions: [...others, ...conditions] },
    });
    if (before.some(({ type, status }) => type === 'Ready' && status === 'True')) {
      const text = `Node ${node.metadata.name} status is now: NodeNotReady`;
      this.#recorder.event(node as unknown as KubeObject, 'Normal', 'NodeNotReady', text);
    }
    const pods = client.list('Pod', { by: { index: 'byNode', key: node.metadata.name } });
    for (const pod of pods) this.#markPod(pod, at);
  }

  /** The Pods' condition Ready becomes False; what their containers said last stays (MarkPodsNotReady). */
  #markPod(pod: StoredPod, at: string): void {
    const ready = conditionOf(pod, 'Ready');
    if (ready?.status !== 'True') return;
    const conditions = (pod.status.conditions ?? []).map((one) =>
      one.type === 'Ready' ? { ...one, status: 'False', lastTransitionTime: at } : one,
    );
    this.#context.client.updateStatus('Pod', { ...pod, status: { ...pod.status, conditions } });
    this.#recorder.event(
      pod as unknown as KubeObject,
      'Warning',
      'NodeNotReady',
      'Node is not ready',
    );
  }
}

const statuses = (node: StoredNode | undefined): string =>
  (node?.status.conditions ?? []).map(({ type, status }) => `${type}=${status}`).join();

const heartbeatOf = (node: StoredNode): string | undefined =>
  readyStatus(node) === 'Unknown'
    ? undefined
    : node.status.conditions?.find(({ type }) => type === 'Ready')?.lastHeartbeatTime;

function currentNoExecute(node: StoredNode): string | undefined {
  const keys = [notReadyTaint, unreachableTaint];
  return node.spec.taints?.find(({ key, effect }) => effect === 'NoExecute' && keys.includes(key))
    ?.key;
}
