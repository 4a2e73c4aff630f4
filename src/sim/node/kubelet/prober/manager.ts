// The probes of all containers, and what they mean for `started` and `ready`
// (pkg/kubelet/prober/prober_manager.go).
import type { ContainerStatus, Probe } from '../../../api/generated/types.ts';
import type { KubeletContext } from '../context.ts';
import {
  findSpecContainer,
  initContainers,
  isSidecar,
  regularContainers,
  type PodObject,
  type SpecContainer,
} from '../pod.ts';
import type { StatusManager } from '../status/manager.ts';
import { times } from '../times.ts';
import { ProbeResults, type ProbeUpdate } from './results.ts';
import { ProbeWorker, type ProbeType } from './worker.ts';

export interface ProbeManagerOptions {
  readonly context: KubeletContext;
  readonly status: StatusManager;
  readonly onUpdate: (type: ProbeType, update: ProbeUpdate) => void;
}

const types: readonly ProbeType[] = ['startup', 'readiness', 'liveness'];

export class ProbeManager {
  readonly #options: ProbeManagerOptions;
  readonly #startedMs: number;
  readonly #results: Readonly<Record<ProbeType, ProbeResults>>;
  /** By Pod, then by container and type. */
  readonly #workers = new Map<string, Map<string, ProbeWorker>>();

  constructor(options: ProbeManagerOptions) {
    this.#options = options;
    this.#startedMs = options.context.clock.nowMs();
    const results = (type: ProbeType): ProbeResults =>
      new ProbeResults((update) => options.onUpdate(type, update));
    this.#results = {
      startup: results('startup'),
      readiness: results('readiness'),
      liveness: results('liveness'),
    };
  }

  /** The last result of a kind for a container, by id. */
  result(type: ProbeType, containerId: string): boolean | undefined {
    const result = this.#results[type].get(containerId);
    return result === undefined || result === 'unknown' ? undefined : result === 'success';
  }

  /** Starts the probes of a Pod's containers, those that do not run yet. */
  addPod(pod: PodObject): void {
    const sidecars = initContainers(pod).filter(isSidecar);
    for (const container of regularContainers(pod)) this.#add(pod, { kind: 'regular', container });
    for (const container of sidecars) this.#add(pod, { kind: 'init', container });
  }

  /** The Pod is being ended: only readiness is looked at any longer. */
  stopLivenessAndStartup(uid: string): void {
    for (const [key, worker] of [...(this.#workers.get(uid) ?? [])]) {
      if (!key.endsWith('/readiness')) worker.stop();
    }
  }

  removePod(uid: string): void {
    for (const worker of [...(this.#workers.get(uid)?.values() ?? [])]) worker.stop();
  }

  stop(): void {
    for (const uid of [...this.#workers.keys()]) this.removePod(uid);
  }

  statusChanged(uid: string): void {
    for (const worker of this.#workers.get(uid)?.values() ?? []) worker.statusChanged();
  }

  /**
   * Fills in `started` and `ready`; a readiness probe that has not succeeded yet is made at once.
   */
  withReadiness(
    pod: PodObject,
    statuses: readonly ContainerStatus[],
    isInit: boolean,
  ): readonly ContainerStatus[] {
    return statuses.map((status) => {
      const one = findSpecContainer(pod, status.name);
      const started = this.#hasStarted(pod, status);
      if (isInit && one !== undefined && !isSidecar(one.container)) {
        return { ...status, started, ready: status.state?.terminated?.exitCode === 0 };
      }
      return { ...status, started, ready: started && this.#isReady(pod, status) };
    });
  }

  #hasStarted(pod: PodObject, status: ContainerStatus): boolean {
    if (status.state?.running === undefined) return false;
    const result = this.#results.startup.get(bareId(status));
    if (result !== undefined) return result === 'success';
    return this.#worker(pod, status.name, 'startup') === undefined;
  }

  #isReady(pod: PodObject, status: ContainerStatus): boolean {
    if (this.#results.readiness.get(bareId(status)) === 'success') return true;
    const worker = this.#worker(pod, status.name, 'readiness');
    if (worker === undefined) return true;
    // The worker looks at the status that is being made now.
    this.#options.context.clock.after(times.triggerMs, () => worker.trigger());
    return false;
  }

  #worker(pod: PodObject, name: string, type: ProbeType): ProbeWorker | undefined {
    return this.#workers.get(pod.metadata.uid)?.get(`${name}/${type}`);
  }

  #add(pod: PodObject, one: SpecContainer): void {
    const { startupProbe, readinessProbe, livenessProbe } = one.container;
    const specs: Readonly<Record<ProbeType, Probe | undefined>> = {
      startup: startupProbe,
      readiness: readinessProbe,
      liveness: livenessProbe,
    };
    for (const type of types) {
      const spec = specs[type];
      if (spec !== undefined) this.#addWorker(pod, one, type, spec);
    }
  }

  #addWorker(pod: PodObject, one: SpecContainer, type: ProbeType, spec: Probe): void {
    const { context, status } = this.#options;
    const { uid } = pod.metadata;
    const key = `${one.container.name}/${type}`;
    const workers = this.#workers.get(uid) ?? new Map<string, ProbeWorker>();
    if (workers.has(key)) return;
    this.#workers.set(uid, workers);
    const periodMs = (spec.periodSeconds ?? 10) * 1000;
    const isFresh = context.clock.nowMs() - this.#startedMs < periodMs;
    const worker = new ProbeWorker({
      context,
      status,
      results: this.#results[type],
      pod,
      one,
      type,
      spec,
      startDelayMs: isFresh ? context.random.below(periodMs) : 0,
      onEnd: () => {
        workers.delete(key);
        if (workers.size === 0) this.#workers.delete(uid);
      },
    });
    workers.set(key, worker);
  }
}

function bareId(status: ContainerStatus): string {
  return (status.containerID ?? '').replace('containerd://', '');
}
