// The kubelet process: watches the node's Pods, looks at its containers once a second, and keeps both in step.
// Everything in here is gone when it stops; what lasts is in the context.
import type { StoreEvent } from '../../apiserver/types.ts';
import { admit } from './admission/admit.ts';
import { BackOff } from './back-off.ts';
import type { KubeletContext } from './context.ts';
import { isDeleted, isTerminalPhase, namespaceOf, type PodObject } from './pod.ts';
import { ProbeManager } from './prober/manager.ts';
import type { ProbeUpdate } from './prober/results.ts';
import type { ProbeType } from './prober/worker.ts';
import { Pleg, type PlegEvent } from './runtime/pleg.ts';
import { PodRuntime } from './runtime/pod-runtime.ts';
import { pruneDead } from './runtime/prune.ts';
import type { PodSnapshot } from './runtime/snapshot.ts';
import { sameJson } from './status/equal.ts';
import { generateStatus } from './status/generate.ts';
import { StatusManager } from './status/manager.ts';
import { StartFailures } from './status/start-failures.ts';
import { Ticker } from './ticker.ts';
import { times } from './times.ts';
import { PodWorkers } from './workers/pod-workers.ts';
import { Syncer } from './workers/syncer.ts';

export class KubeletProcess {
  readonly #context: KubeletContext;
  readonly #pods = new Map<string, PodObject>();
  readonly #failures = new StartFailures();
  readonly #status: StatusManager;
  readonly #probes: ProbeManager;
  readonly #pleg: Pleg;
  readonly #workers: PodWorkers;

  constructor(context: KubeletContext) {
    this.#context = context;
    const { clock, random, api, runtime, records } = context;
    const nowMs = clock.nowMs();
    const phase = (periodMs: number): Ticker =>
      new Ticker(periodMs, nowMs + random.below(periodMs));
    this.#status = new StatusManager({
      clock,
      api,
      ticker: phase(times.statusSyncMs),
      mayRun: (uid) => this.#workers.mayRun(uid),
      pod: (uid) => this.#pods.get(uid),
      onChange: (uid) => this.#probes.statusChanged(uid),
    });
    this.#probes = new ProbeManager({
      context,
      status: this.#status,
      onUpdate: (type, update) => this.#probed(type, update),
    });
    this.#pleg = new Pleg({
      clock,
      ticker: phase(times.relistMs),
      runtime,
      records,
      onEvents: (uid, events) => this.#seen(uid, events),
    });
    this.#workers = new PodWorkers({
      clock,
      random,
      pleg: this.#pleg,
      ticker: phase(times.syncTickMs),
      syncer: this.#newSyncer(),
      hasContainers: (uid) => records.get(uid) !== undefined,
    });
    api.watchPods((event) => clock.after(times.watchMs, () => this.#watched(event)));
    for (const pod of byCreation(api.pods())) this.#add(pod);
  }

  stop(): void {
    this.#context.api.close();
    this.#workers.stop();
    this.#probes.stop();
    this.#pleg.stop();
    this.#status.stop();
  }

  podNamed(namespace: string, name: string): PodObject | undefined {
    for (const pod of this.#pods.values()) {
      if (pod.metadata.name === name && namespaceOf(pod) === namespace) return pod;
    }
    return undefined;
  }

  /** The API server can be reached again: takes up what was missed. */
  catchUp(): void {
    const now = this.#context.api.pods();
    const uids = new Set(now.map(({ metadata }) => metadata.uid));
    for (const [uid, pod] of [...this.#pods]) if (!uids.has(uid)) this.#remove(pod);
    for (const pod of byCreation(now)) {
      if (this.#pods.has(pod.metadata.uid)) this.#change(pod);
      else this.#add(pod);
      this.#status.reconcile(pod.metadata.uid);
    }
  }

  #newSyncer(): Syncer {
    const context = this.#context;
    const podRuntime = new PodRuntime({
      context,
      crashBackOff: new BackOff(context.clock, times.backOffFirstMs, times.backOffMaxMs),
      verdicts: {
        liveness: (id) => this.#probes.result('liveness', id),
        startup: (id) => this.#probes.result('startup', id),
        resizeNeedsRestart: () => false,
      },
    });
    return new Syncer({
      context,
      status: this.#status,
      probes: this.#probes,
      podRuntime,
      failures: this.#failures,
      generate: (pod, seen, isOver) => this.#generate(pod, seen, isOver),
      resize: () => false,
      onForget: () => undefined,
    });
  }

  #generate(pod: PodObject, seen: PodSnapshot, isOver: boolean): ReturnType<typeof generateStatus> {
    return generateStatus({
      pod,
      seen,
      old: this.#status.get(pod.metadata.uid) ?? pod.status,
      isOver,
      hostIp: this.#context.node.ip,
      failures: this.#failures,
      resources: () => ({ resources: {} }),
      readiness: (statuses, isInit) => this.#probes.withReadiness(pod, statuses, isInit),
      evict: undefined,
      resizeConditions: [],
    });
  }

  #watched({ type, object }: StoreEvent<'Pod'>): void {
    const { uid } = object.metadata;
    if (type === 'DELETED') this.#remove(object);
    else if (this.#pods.has(uid)) this.#change(object);
    else this.#add(object);
  }

  #add(pod: PodObject): void {
    const { uid } = pod.metadata;
    if (this.#pods.has(uid)) return;
    this.#pods.set(uid, pod);
    const isNew = !isDeleted(pod) && !isTerminalPhase(pod.status.phase);
    if (isNew && this.#context.records.get(uid) === undefined) {
      const refusal = admit(this.#context, pod, this.#workers.activePods());
      if (refusal !== undefined) {
        this.#reject(pod, refusal.reason, refusal.message);
        return;
      }
    }
    this.#workers.update(pod);
  }

  #reject(pod: PodObject, reason: string, message: string): void {
    this.#context.api.podEvent(pod, 'Warning', reason, message);
    this.#status.set(pod, {
      ...(pod.status.qosClass === undefined ? {} : { qosClass: pod.status.qosClass }),
      phase: 'Failed',
      reason,
      message: `Pod was rejected: ${message}`,
    });
  }

  #change(pod: PodObject): void {
    const { uid } = pod.metadata;
    const before = this.#pods.get(uid);
    if (before === undefined || before.metadata.resourceVersion === pod.metadata.resourceVersion) {
      return;
    }
    this.#pods.set(uid, pod);
    if (differs(before, pod)) this.#workers.update(pod);
    else {
      this.#workers.learn(pod);
      if (hasOtherGates(before, pod)) this.#workers.sync(uid);
      if (this.#status.isOverwritten(pod)) this.#status.reconcile(uid);
    }
  }

  #remove(pod: PodObject): void {
    this.#pods.delete(pod.metadata.uid);
    this.#status.forget(pod.metadata.uid);
    this.#workers.remove(pod);
  }

  #seen(uid: string, events: readonly PlegEvent[]): void {
    if (events.some(({ type }) => type === 'died')) {
      const { clock } = this.#context;
      clock.after(times.pruneMs, () => pruneDead(this.#context, uid, events));
    }
    if (events.some(({ type }) => type !== 'removed')) this.#workers.sync(uid);
  }

  #probed(type: ProbeType, { uid, containerId, result }: ProbeUpdate): void {
    const id = `containerd://${containerId}`;
    if (type === 'readiness') this.#status.setReady(uid, id, result === 'success');
    else if (type === 'startup') this.#status.setStarted(uid, id, result === 'success');
    else if (result !== 'failure') return;
    this.#workers.sync(uid);
  }
}

function byCreation(pods: readonly PodObject[]): readonly PodObject[] {
  return [...pods].sort((a, b) =>
    a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1,
  );
}

/** Whether two states of a Pod differ in what the kubelet acts on, status aside (config.go podsDifferSemantically). */
function differs(a: PodObject, b: PodObject): boolean {
  return !(
    sameJson(a.spec, b.spec) &&
    sameJson(a.metadata.labels, b.metadata.labels) &&
    sameJson(a.metadata.annotations, b.metadata.annotations) &&
    a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
    a.metadata.deletionGracePeriodSeconds === b.metadata.deletionGracePeriodSeconds
  );
}

/** Whether somebody answered a readiness gate. */
function hasOtherGates(a: PodObject, b: PodObject): boolean {
  return (b.spec.readinessGates ?? []).some(({ conditionType }) => {
    const of = (pod: PodObject): unknown =>
      pod.status.conditions?.find(({ type }) => type === conditionType);
    return !sameJson(of(a), of(b));
  });
}
