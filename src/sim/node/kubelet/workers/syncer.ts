// What a Pod's worker does at each stage of the Pod's life (kubelet.go SyncPod, SyncTerminatingPod,
// SyncTerminatedPod).
import type { PodStatus } from '../../../api/generated/types.ts';
import type { KubeletContext } from '../context.ts';
import { isTerminalPhase, namespaceOf, type PodObject } from '../pod.ts';
import type { ProbeManager } from '../prober/manager.ts';
import { killPod } from '../runtime/kill.ts';
import type { PodRuntime } from '../runtime/pod-runtime.ts';
import { takeSnapshot, type PodSnapshot } from '../runtime/snapshot.ts';
import type { Resizer } from '../resize/resizer.ts';
import type { StatusManager } from '../status/manager.ts';
import type { StartFailures } from '../status/start-failures.ts';
import type { Task } from '../task.ts';
import type { Interruptible, PodSyncer, SyncOutcome } from './pod-workers.ts';

export interface SyncerOptions {
  readonly context: KubeletContext;
  readonly status: StatusManager;
  readonly probes: ProbeManager;
  readonly podRuntime: PodRuntime;
  readonly failures: StartFailures;
  /** The whole status as things are (status/generate.ts). */
  readonly generate: (pod: PodObject, seen: PodSnapshot, isOver: boolean) => PodStatus;
  readonly resizer: Resizer;
  readonly onForget: (pod: PodObject) => void;
}

export class Syncer implements PodSyncer {
  readonly #options: SyncerOptions;

  constructor(options: SyncerOptions) {
    this.#options = options;
  }

  *sync(given: PodObject, seen: PodSnapshot, interruptible: Interruptible): Task<SyncOutcome> {
    const { context, status, probes, podRuntime, failures, resizer } = this.#options;
    const pod = resizer.settle(given, seen);
    const now = this.#options.generate(pod, seen, false);
    status.set(pod, now);
    if (isTerminalPhase(now.phase)) return 'terminal';
    const mounts = yield* interruptible(context.volumes.waitForMounts(pod));
    if (mounts === undefined) return 'retry';
    if (!mounts.ok) {
      if (mounts.error !== undefined) {
        const message = `Unable to attach or mount volumes: ${mounts.error}`;
        context.api.podEvent(pod, 'Warning', 'FailedMount', message);
      }
      return 'retry';
    }
    this.#checkPullSecrets(pod);
    probes.addPod(pod);
    probes.statusChanged(pod.metadata.uid);
    const result = yield* podRuntime.sync(pod, seen);
    failures.update(pod.metadata.uid, result.failures);
    if (!result.ok) return 'retry';
    return resizer.isDeferred(pod.metadata.uid) ? 'resync' : 'ok';
  }

  /** Secrets for registries that are not there are told of; the pull is tried all the same. */
  #checkPullSecrets(pod: PodObject): void {
    const { api } = this.#options.context;
    const missing = (pod.spec.imagePullSecrets ?? [])
      .map(({ name = '' }) => name)
      .filter((name) => api.client.get('Secret', namespaceOf(pod), name) === undefined);
    if (missing.length === 0) return;
    const message = `Unable to retrieve some image pull secrets (${missing.join(', ')}); attempting to pull the image may not succeed.`;
    api.podEvent(pod, 'Warning', 'FailedToRetrieveImagePullSecret', message);
  }

  *terminate(
    given: PodObject,
    seen: PodSnapshot,
    options: Parameters<PodSyncer['terminate']>[2],
  ): Task<'done' | 'interrupted'> {
    const { context, status, probes, generate } = this.#options;
    const pod = context.allocations.apply(given);
    const { uid } = pod.metadata;
    context.volumes.stopMounting(uid);
    const before = generate(pod, seen, false);
    status.set(pod, options.changeStatus?.(before) ?? before);
    probes.stopLivenessAndStartup(uid);
    const killed = yield* options.interruptible(
      ended(killPod(context, pod, seen, options.graceSeconds)),
    );
    if (killed === undefined) return 'interrupted';
    probes.removePod(uid);
    const record = context.records.get(uid);
    const stopped = record === undefined ? seen : takeSnapshot(context.runtime, record, seen.ips);
    status.set(pod, generate(pod, stopped, true));
    return 'done';
  }

  finish(given: PodObject, seen: PodSnapshot): void {
    const { status, context, generate } = this.#options;
    const pod = context.allocations.apply(given);
    status.set(pod, generate(pod, seen, true));
    context.volumes.remove(pod.metadata.uid);
    status.finish(pod);
  }

  announcement(uid: string, atMs: number): string | undefined {
    const container = this.#options.failures.startsAt(uid, atMs);
    return container === undefined ? undefined : `restart of ${container}`;
  }

  forget(pod: PodObject): void {
    const { context, status, failures, resizer } = this.#options;
    const { uid } = pod.metadata;
    for (const { container } of context.records.get(uid)?.containers ?? []) {
      context.runtime.removeContainer(container);
    }
    context.records.removePod(uid);
    context.images.forget(uid);
    failures.forget(uid);
    context.allocations.forget(uid);
    resizer.forget(uid);
    status.forget(uid);
    this.#options.podRuntime.forget(uid);
    this.#options.onForget(pod);
  }
}

function* ended(task: Task<void>): Task<true> {
  yield* task;
  return true;
}
