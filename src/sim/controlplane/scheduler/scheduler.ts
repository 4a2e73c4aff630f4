// kube-scheduler: one Pod at a time from the queue, filters, scores, binding; preemption where nothing fits.
import type { Client, EventRecorder } from '../../apiserver/types.ts';
import type { StoredOf } from '../../api/objects.ts';
import type { Clock } from '../../runtime/clock.ts';
import { Random } from '../../runtime/random.ts';
import { formatTime } from '../../runtime/time.ts';
import { SchedulerCache } from './cache.ts';
import { filterNode } from './filters/all.ts';
import type { FilterContext, Rejection } from './filters/filter.ts';
import { unboundClaims } from './filters/volume-binding.ts';
import { fitErrorText } from './fit-error.ts';
import type { NodeInfo, SchedulablePod } from './node-info.ts';
import { preempt } from './preemption.ts';
import { SchedulingQueue } from './queue.ts';
import { bestNode } from './scores/all.ts';

/** From a Pod's arrival to its binding, as recorded on an idle cluster. */
const cycleMs = 3;
/** In large clusters so many feasible nodes are enough (schedule_one.go, numFeasibleNodesToFind). */
const enoughNodes = 100;

export interface SchedulerOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly client: Client;
  readonly recorder: EventRecorder;
}

/** A node's heartbeat changes nothing for Pods that wait; its labels, taints and room do (QueueingHints). */
function mattersForScheduling(node: StoredOf<'Node'>, old: StoredOf<'Node'>): boolean {
  const facts = ({ metadata, spec, status }: StoredOf<'Node'>) =>
    JSON.stringify([metadata.labels, spec.taints, spec.unschedulable, status.allocatable]);
  return facts(node) !== facts(old);
}

export class Scheduler {
  readonly #clock: Clock;
  readonly #client: Client;
  readonly #recorder: EventRecorder;
  readonly #random: Random;
  readonly #cache = new SchedulerCache();
  readonly #queue: SchedulingQueue;
  #cycleIsDue = false;
  #startIndex = 0;

  constructor({ clock, seed, client, recorder }: SchedulerOptions) {
    this.#clock = clock;
    this.#client = client;
    this.#recorder = recorder;
    this.#random = new Random(seed, 'kube-scheduler');
    this.#queue = new SchedulingQueue({ clock, onActive: () => this.#askForCycle() });
  }

  /** Begins to watch and to schedule. */
  start(): void {
    this.#cache.fill(this.#client);
    for (const pod of this.#client.list('Pod')) this.#enqueue(pod);
    this.#client.watch('Node', ({ type, object, old }) => {
      if (type === 'DELETED') this.#cache.removeNode(object.metadata.name);
      else this.#cache.setNode(object);
      if (old === undefined || mattersForScheduling(object, old)) this.#queue.wakeAll();
    });
    this.#client.watch('Pod', ({ type, object, old }) => this.#onPod(type, object, old));
    for (const kind of ['PersistentVolumeClaim', 'PersistentVolume'] as const) {
      this.#client.watch(kind, () =>
        this.#queue.wakeAll((pod) => (pod.spec.volumes ?? []).length > 0),
      );
    }
  }

  #onPod(
    type: 'ADDED' | 'MODIFIED' | 'DELETED',
    pod: SchedulablePod,
    old: SchedulablePod | undefined,
  ): void {
    if (type === 'DELETED') {
      this.#cache.removePod(pod.metadata.uid);
      this.#queue.remove(pod.metadata.uid);
      if (pod.spec.nodeName !== undefined) this.#queue.wakeAll();
      return;
    }
    this.#cache.setPod(pod);
    if (pod.spec.nodeName === undefined) {
      this.#enqueue(pod);
      return;
    }
    this.#queue.remove(pod.metadata.uid);
    const hasEnded = (one: SchedulablePod) => /^(Succeeded|Failed)$/.test(one.status.phase ?? '');
    const madeRoom = old !== undefined && hasEnded(pod) && !hasEnded(old);
    if (madeRoom || old?.spec.nodeName === undefined) this.#queue.wakeAll();
  }

  #enqueue(pod: SchedulablePod): void {
    const isOurs = (pod.spec.schedulerName ?? 'default-scheduler') === 'default-scheduler';
    const isGated = (pod.spec.schedulingGates ?? []).length > 0;
    const isLeaving = pod.metadata.deletionTimestamp !== undefined;
    if (pod.spec.nodeName === undefined && isOurs && !isGated && !isLeaving) this.#queue.add(pod);
  }

  #askForCycle(): void {
    if (this.#cycleIsDue) return;
    this.#cycleIsDue = true;
    this.#clock.after(cycleMs, () => {
      this.#cycleIsDue = false;
      const pod = this.#queue.next();
      if (pod === undefined) return;
      const { namespace = '', name, uid } = pod.metadata;
      const current = this.#client.get('Pod', namespace, name);
      if (current?.metadata.uid === uid && current.spec.nodeName === undefined) {
        this.#schedule(current);
      }
      this.#askForCycle();
    });
  }

  #context(): FilterContext {
    return {
      nodes: this.#cache.nodes(),
      get: (kind, namespace, name) => this.#client.get(kind, namespace, name),
      list: (kind) => this.#client.list(kind),
    };
  }

  #schedule(pod: SchedulablePod): void {
    const context = this.#context();
    if (context.nodes.length === 0) {
      this.#fail(pod, 'no nodes available to schedule pods', undefined);
      return;
    }
    const preFilter = unboundClaims(pod, context);
    if (preFilter !== undefined) {
      const text = { nodeCount: context.nodes.length, preFilter, reasons: new Map() };
      const unhelpful =
        'preemption: ' +
        fitErrorText({
          ...text,
          preFilter: `${context.nodes.length} Preemption is not helpful for scheduling`,
        });
      this.#fail(pod, fitErrorText({ ...text, postFilter: unhelpful }), undefined);
      return;
    }
    const { feasible, rejections } = this.#filter(pod, context);
    const chosen = bestNode(pod, feasible, context, this.#random);
    if (chosen !== undefined) this.#bind(pod, chosen);
    else this.#explain(pod, rejections, context);
  }

  /** Goes round the nodes from where the last cycle stopped, until enough can take the Pod. */
  #filter(pod: SchedulablePod, context: FilterContext) {
    const { nodes } = context;
    const feasible: NodeInfo[] = [];
    const rejections = new Map<NodeInfo, Rejection>();
    let looked = 0;
    while (looked < nodes.length && feasible.length < enoughNodes) {
      const node = nodes[(this.#startIndex + looked) % nodes.length] as NodeInfo;
      const rejection = filterNode(pod, node, context);
      if (rejection === undefined) feasible.push(node);
      else rejections.set(node, rejection);
      looked += 1;
    }
    this.#startIndex = (this.#startIndex + looked) % nodes.length;
    return { feasible, rejections };
  }

  #bind(pod: SchedulablePod, chosen: NodeInfo): void {
    const { namespace = '', name, uid } = pod.metadata;
    const nodeName = chosen.node.metadata.name;
    const bound = this.#client.bind(namespace, name, nodeName);
    if (!bound.ok) {
      this.#queue.putAside(uid);
      return;
    }
    this.#queue.remove(uid);
    this.#cache.setPod(bound.object);
    this.#recorder.event(
      bound.object,
      'Normal',
      'Scheduled',
      `Successfully assigned ${namespace}/${name} to ${nodeName}`,
    );
  }

  #explain(
    pod: SchedulablePod,
    rejections: ReadonlyMap<NodeInfo, Rejection>,
    context: FilterContext,
  ): void {
    const counts = new Map<string, number>();
    for (const { reasons } of rejections.values()) {
      for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
    const outcome = preempt(pod, rejections, context);
    const nodeCount = context.nodes.length;
    if ('text' in outcome) {
      const text = fitErrorText({ nodeCount, reasons: counts, postFilter: outcome.text });
      this.#fail(pod, text, undefined);
      return;
    }
    const nodeName = outcome.node.node.metadata.name;
    this.#fail(pod, fitErrorText({ nodeCount, reasons: counts }), nodeName);
    for (const victim of outcome.victims) this.#evict(victim, pod, nodeName);
  }

  /** Writes the reason into the Pod, records it, and puts the Pod aside. */
  #fail(pod: SchedulablePod, message: string, nominatedNodeName: string | undefined): void {
    this.#queue.putAside(pod.metadata.uid);
    this.#recorder.event(pod, 'Warning', 'FailedScheduling', message);
    const others = (pod.status.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
    const before = (pod.status.conditions ?? []).find(({ type }) => type === 'PodScheduled');
    const isNew = before?.status !== 'False';
    const condition = {
      lastProbeTime: null,
      lastTransitionTime: isNew ? formatTime(this.#clock.nowMs()) : before.lastTransitionTime,
      message,
      reason: 'Unschedulable',
      status: 'False',
      type: 'PodScheduled',
    };
    const nominated = nominatedNodeName === undefined ? {} : { nominatedNodeName };
    if (before?.message === message && nominatedNodeName === undefined) return;
    const status = { ...pod.status, ...nominated, conditions: [...others, condition] };
    this.#client.updateStatus('Pod', { ...pod, status } as unknown as SchedulablePod);
  }

  #evict(victim: SchedulablePod, preemptor: SchedulablePod, nodeName: string): void {
    const { namespace = '', name } = victim.metadata;
    const condition = {
      lastProbeTime: null,
      lastTransitionTime: formatTime(this.#clock.nowMs()),
      message: 'default-scheduler: preempting to accommodate a higher priority pod',
      reason: 'PreemptionByScheduler',
      status: 'True',
      type: 'DisruptionTarget',
    };
    const conditions = [...(victim.status.conditions ?? []), condition];
    const status = { ...victim.status, conditions };
    this.#client.updateStatus('Pod', { ...victim, status } as unknown as SchedulablePod);
    this.#client.delete('Pod', namespace, name);
    this.#recorder.event(
      victim,
      'Normal',
      'Preempted',
      `Preempted by pod ${preemptor.metadata.uid} on node ${nodeName}`,
    );
  }
}
