// The kubelet process: watches the node's Pods, looks at its containers once a second, and keeps
// both in step. Everything in here is gone when it stops; what lasts is in the context.
import type { PodStatus } from '../../api/generated/types.ts';
import type { StoreEvent } from '../../apiserver/types.ts';
import type { Timer } from '../../runtime/clock.ts';
import { admit } from './admission/admit.ts';
import { BackOff } from './back-off.ts';
import type { KubeletContext } from './context.ts';
import { EvictionManager, type EvictionOptions } from './eviction/eviction-manager.ts';
import { isDeleted, isTerminalPhase, namespaceOf, type PodObject } from './pod.ts';
import { ProbeManager } from './prober/manager.ts';
import type { ProbeUpdate } from './prober/results.ts';
import type { ProbeType } from './prober/worker.ts';
import { needsRestart, Resizer } from './resize/resizer.ts';
import { Pleg, type PlegEvent } from './runtime/pleg.ts';
import { PodRuntime } from './runtime/pod-runtime.ts';
import { pruneDead } from './runtime/prune.ts';
import { StatusMaker } from './status/maker.ts';
import { StatusManager } from './status/manager.ts';
import { StartFailures } from './status/start-failures.ts';
import { run, type RunningTask } from './task.ts';
import { Ticker } from './ticker.ts';
import { times } from './times.ts';
import { refersTo } from './volumes/references.ts';
import { byCreation, differs, hasOtherGates } from './workers/changes.ts';
import { Deadlines } from './workers/deadlines.ts';
import { endOrphan } from './workers/orphans.ts';
import { PodWorkers } from './workers/pod-workers.ts';
import { Syncer } from './workers/syncer.ts';

export type NodeSide = Pick<EvictionOptions, 'onPressure' | 'nodeEvent'>;

export class KubeletProcess {
  readonly #context: KubeletContext;
  readonly #pods = new Map<string, PodObject>();
  readonly #failures = new StartFailures();
  readonly #status: StatusManager;
  readonly #probes: ProbeManager;
  readonly #pleg: Pleg;
  readonly #podRuntime: PodRuntime;
  readonly #workers: PodWorkers;
  readonly #resizer: Resizer;
  readonly #eviction: EvictionManager;
  readonly #deadlines: Deadlines;
  readonly #unwatch: readonly (() => void)[];
  readonly #cleanUp: Timer;
  readonly #endings: RunningTask[] = [];

  constructor(context: KubeletContext, node: NodeSide) {
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
      onChange: (uid) => this.#statusChanged(uid),
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
    const ticker = phase(times.syncTickMs);
    this.#resizer = new Resizer(context, () => this.#allocatedPods());
    this.#podRuntime = this.#newPodRuntime();
    this.#workers = new PodWorkers({
      clock,
      random,
      pleg: this.#pleg,
      ticker,
      syncer: this.#newSyncer(),
      hasContainers: (uid) => records.get(uid) !== undefined,
    });
    this.#deadlines = new Deadlines(clock, ticker, (uid) => this.#workers.sync(uid));
    this.#eviction = new EvictionManager({
      context,
      pods: () => this.#workers.activePods(),
      evict: ({ metadata }, graceSeconds, changeStatus) =>
        this.#workers.kill(metadata.uid, { graceSeconds, changeStatus }),
      ...node,
    });
    api.watchPods((event) => clock.after(times.watchMs, () => this.#watched(event)));
    this.#unwatch = (['ConfigMap', 'Secret'] as const).map((kind) =>
      api.client.watch(kind, ({ object }) => {
        const { name, namespace = '' } = object.metadata;
        this.#contentChanged(kind, namespace, name);
      }),
    );
    for (const pod of byCreation(api.pods())) this.#add(pod);
    this.#cleanUp = clock.after(times.cleanUpMs, () => this.#endOrphans());
  }

  stop(): void {
    for (const unwatch of this.#unwatch) unwatch();
    for (const ending of this.#endings) ending.cancel();
    this.#cleanUp.cancel();
    this.#context.api.close();
    this.#workers.stop();
    this.#probes.stop();
    this.#pleg.stop();
    this.#status.stop();
    this.#deadlines.stop();
    this.#podRuntime.stop();
  }

  /** Every ten seconds: whether the node has room. */
  beat(): void {
    this.#eviction.look();
  }

  podNamed(namespace: string, name: string): PodObject | undefined {
    for (const pod of this.#pods.values()) {
      if (pod.metadata.name === name && namespaceOf(pod) === namespace) return pod;
    }
    return undefined;
  }

  /** The status of a Pod as the kubelet has it now. */
  statusOf(pod: PodObject): PodStatus {
    return this.#status.get(pod.metadata.uid) ?? pod.status;
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

  /** What Pods that were deleted while the kubelet was stopped have left behind. */
  #endOrphans(): void {
    for (const record of this.#context.records.all()) {
      if (this.#workers.pod(record.uid) !== undefined) continue;
      this.#endings.push(run(endOrphan(this.#context, record)));
    }
  }

  #newPodRuntime(): PodRuntime {
    const context = this.#context;
    return new PodRuntime({
      context,
      onResized: (uid) => this.#pleg.want(uid),
      crashBackOff: new BackOff(context.clock, times.backOffFirstMs, times.backOffMaxMs),
      verdicts: {
        liveness: (id) => this.#probes.result('liveness', id),
        startup: (id) => this.#probes.result('startup', id),
        resizeNeedsRestart: (container, { resources }) => needsRestart(container, resources),
      },
    });
  }

  #newSyncer(): Syncer {
    const context = this.#context;
    const maker = new StatusMaker({
      context,
      probes: this.#probes,
      resizer: this.#resizer,
      failures: this.#failures,
      last: (pod) => this.statusOf(pod),
    });
    return new Syncer({
      context,
      status: this.#status,
      probes: this.#probes,
      podRuntime: this.#podRuntime,
      failures: this.#failures,
      generate: (pod, seen, isOver) => maker.make(pod, seen, isOver),
      resizer: this.#resizer,
      onForget: ({ metadata }) => {
        this.#eviction.forget(metadata.uid);
        this.#deadlines.forget(metadata.uid);
      },
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
      const refusal = admit(this.#context, pod, this.#allocatedPods(), this.#eviction.conditions());
      if (refusal !== undefined) {
        this.#reject(pod, refusal.reason, refusal.message);
        return;
      }
      this.#context.allocations.allocate(pod);
    }
    this.#workers.update(pod);
  }

  #allocatedPods(): readonly PodObject[] {
    return this.#workers.activePods().map((pod) => this.#context.allocations.apply(pod));
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
    if (differs(before, pod)) {
      this.#workers.update(pod);
      return;
    }
    this.#workers.learn(pod);
    if (hasOtherGates(before, pod)) this.#workers.sync(uid);
    if (this.#status.isOverwritten(pod)) this.#status.reconcile(uid);
  }

  #remove(pod: PodObject): void {
    this.#pods.delete(pod.metadata.uid);
    this.#status.forget(pod.metadata.uid);
    this.#workers.remove(pod);
  }

  #statusChanged(uid: string): void {
    this.#probes.statusChanged(uid);
    const pod = this.#pods.get(uid);
    if (pod !== undefined) this.#deadlines.watch(pod, this.#status.get(uid)?.startTime);
  }

  /** Volumes show the change when the Pod is next looked at anyway. */
  #contentChanged(kind: 'ConfigMap' | 'Secret', namespace: string, name: string): void {
    for (const pod of this.#pods.values()) {
      if (namespaceOf(pod) !== namespace || !refersTo(pod, kind, name)) continue;
      this.#workers.resync(pod.metadata.uid);
    }
  }

  #seen(uid: string, events: readonly PlegEvent[]): void {
    if (events.some(({ type }) => type === 'died')) {
      const { clock } = this.#context;
      clock.after(times.pruneMs, () => {
        const keep = this.#workers.isEvicted(uid) ? 0 : 1;
        pruneDead(this.#context, uid, events, keep);
      });
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
