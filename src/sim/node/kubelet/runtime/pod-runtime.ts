// Does to a Pod's sandbox and containers what its spec asks for (kuberuntime_manager.go SyncPod).
import type { Container } from '../../../api/generated/types.ts';
import { milliValue, value } from '../../../api/quantity.ts';
import type { Timer } from '../../../runtime/clock.ts';
import type { Sandbox } from '../../cri/types.ts';
import type { BackOff } from '../back-off.ts';
import { goDuration } from '../go-duration.ts';
import type { KubeletContext } from '../context.ts';
import {
  containerHash,
  describePod,
  initContainers,
  isSidecar,
  namespaceOf,
  type PodObject,
  type SpecContainer,
} from '../pod.ts';
import { resizable } from '../resize/allocations.ts';
import { changedResources } from '../resize/resizer.ts';
import type { StartFailure } from '../status/start-failures.ts';
import type { Task } from '../task.ts';
import { sleep } from '../ticker.ts';
import { times } from '../times.ts';
import { podActions, type PodActions, type ProbeVerdicts } from './actions.ts';
import { killContainer, killPod } from './kill.ts';
import type { ContainerRecord } from './records.ts';
import { sandboxConfig } from './sandbox-config.ts';
import { findContainer, type PodSnapshot } from './snapshot.ts';
import { startContainer } from './start-container.ts';

/** What a sync of a Pod came to. */
export interface SyncResult {
  /** False: something failed, or waits, and the Pod is to be looked at again before long. */
  readonly ok: boolean;
  readonly failures: ReadonlyMap<string, StartFailure | undefined>;
}

export interface PodRuntimeOptions {
  readonly context: KubeletContext;
  readonly verdicts: ProbeVerdicts;
  readonly crashBackOff: BackOff;
  /** Told when a running container has got other resources. */
  readonly onResized: (uid: string) => void;
}

export class PodRuntime {
  readonly #options: PodRuntimeOptions;
  /** Timers that announce the ends of back-offs, by Pod and container. */
  readonly #waits = new Map<string, Timer>();

  constructor(options: PodRuntimeOptions) {
    this.#options = options;
  }

  /** Brings the Pod's containers to where its spec wants them; takes the time that this takes. */
  *sync(pod: PodObject, seen: PodSnapshot): Task<SyncResult> {
    const { context, verdicts } = this.#options;
    const actions = podActions(pod, seen, verdicts);
    if (actions.killPod) {
      yield* this.#killAll(pod, seen, actions);
    } else {
      for (const { id, container, message, reason } of actions.toKill) {
        const record = findRecord(context, pod, id);
        if (record !== undefined) {
          yield* killContainer(context, pod, record, container, { message, reason });
        }
      }
    }
    const sandbox = actions.createSandbox
      ? yield* this.#createSandbox(pod, actions)
      : context.records.get(pod.metadata.uid)?.sandboxes[0]?.sandbox;
    if (!actions.killPod) this.#actuate(pod, seen, actions);
    if (sandbox === undefined || (actions.killPod && !actions.createSandbox)) {
      return { ok: true, failures: new Map() };
    }
    return yield* this.#startAll(pod, seen, sandbox, actions);
  }

  /**
   * Gives running containers what they have been promised meanwhile, where that needs no restart.
   */
  #actuate(pod: PodObject, seen: PodSnapshot, actions: PodActions): void {
    const { context, onResized } = this.#options;
    const killed = new Set(actions.toKill.map(({ id }) => id));
    for (const container of resizable(pod)) {
      const found = findContainer(seen, container.name);
      if (found?.state !== 'running' || killed.has(found.id)) continue;
      const record = findRecord(context, pod, found.id);
      if (record === undefined) continue;
      if (changedResources(container, record.resources).length === 0) continue;
      const { cpu, memory } = container.resources?.limits ?? {};
      context.runtime.updateResources(record.container, {
        ...(cpu === undefined ? {} : { cpuLimitMilli: milliValue(cpu) }),
        ...(memory === undefined ? {} : { memoryLimitBytes: value(memory) }),
      });
      record.resources = container.resources ?? {};
      onResized(pod.metadata.uid);
    }
  }

  *#killAll(pod: PodObject, seen: PodSnapshot, actions: PodActions): Task<void> {
    const { context } = this.#options;
    if (actions.createSandbox && actions.sandboxId !== undefined) {
      const message = 'Pod sandbox changed, it will be killed and re-created.';
      context.api.podEvent(pod, 'Normal', 'SandboxChanged', message);
    }
    yield* killPod(context, pod, seen, undefined);
    if (!actions.createSandbox) return;
    const names = new Set(initContainers(pod).map(({ name }) => name));
    const { uid } = pod.metadata;
    for (const record of context.records.get(uid)?.containers ?? []) {
      if (names.has(record.container.config.name)) removeRecord(context, uid, record);
    }
  }

  *#createSandbox(pod: PodObject, actions: PodActions): Task<Sandbox> {
    const { clock, random, runtime, records, node } = this.#options.context;
    yield* sleep(clock, times.sandboxMs + random.below(times.sandboxSpreadMs));
    const { name, uid } = pod.metadata;
    const sandbox = runtime.runPodSandbox(sandboxConfig(pod, node));
    records.addSandbox(
      { uid, name, namespace: namespaceOf(pod) },
      { sandbox, attempt: actions.attempt, createdMs: clock.nowMs(), ready: true },
    );
    return sandbox;
  }

  *#startAll(
    pod: PodObject,
    seen: PodSnapshot,
    sandbox: Sandbox,
    actions: PodActions,
  ): Task<SyncResult> {
    const failures = new Map<string, StartFailure | undefined>();
    const lists: readonly (readonly [SpecContainer['kind'], readonly Container[]])[] = [
      ['ephemeral', actions.ephemeralToStart],
      ['init', actions.initToStart],
      ['regular', actions.toStart],
    ];
    for (const [kind, containers] of lists) {
      for (const container of containers) {
        const one = { kind, container };
        const failure = yield* this.#start(pod, seen, sandbox, one);
        failures.set(container.name, failure);
        if (failure !== undefined && kind === 'init' && !isSidecar(container)) {
          return { ok: false, failures };
        }
      }
    }
    return { ok: [...failures.values()].every((failure) => failure === undefined), failures };
  }

  /** Starts one container unless it has to wait; answers why it does not run. */
  *#start(
    pod: PodObject,
    seen: PodSnapshot,
    sandbox: Sandbox,
    one: SpecContainer,
  ): Task<StartFailure | undefined> {
    const { context } = this.#options;
    const waits = this.#backOff(pod, seen, one);
    if (waits !== undefined) return waits;
    return yield* startContainer(context, pod, seen, sandbox, one);
  }

  /** A container that has just ended waits for its turn (doBackOff). */
  #backOff(pod: PodObject, seen: PodSnapshot, one: SpecContainer): StartFailure | undefined {
    const { context, crashBackOff } = this.#options;
    const { name } = one.container;
    const last = seen.containers.find((found) => found.name === name && found.state === 'exited');
    if (last === undefined) return undefined;
    const key = `${pod.metadata.uid}/${containerHash(one.container)}`;
    if (crashBackOff.isWaitingSince(key, last.finishedMs)) {
      const message = `Back-off restarting failed container ${name} in pod ${describePod(pod)}`;
      context.api.podEvent(pod, 'Warning', 'BackOff', message, one);
      const delay = goDuration(crashBackOff.delayMs(key));
      const untilMs = crashBackOff.endsMs(key, last.finishedMs);
      this.#announceEnd(pod.metadata.uid, name, untilMs);
      return {
        untilMs,
        reason: 'CrashLoopBackOff',
        message: `back-off ${delay} restarting failed container=${name} pod=${describePod(pod)}`,
      };
    }
    crashBackOff.next(key, last.finishedMs);
    return undefined;
  }

  /** A timer that does nothing but show when a container may start again; it does so soon after. */
  #announceEnd(uid: string, name: string, untilMs: number): void {
    const key = `${uid}/${name}`;
    const known = this.#waits.get(key);
    if (known?.atMs === untilMs) return;
    known?.cancel();
    const end = (): void => void this.#waits.delete(key);
    this.#waits.set(
      key,
      this.#options.context.clock.at(untilMs, end, `end of the back-off of ${name}`),
    );
  }

  /** The Pod is gone. */
  forget(uid: string): void {
    this.#options.crashBackOff.forget(`${uid}/`);
    for (const [key, timer] of [...this.#waits]) {
      if (!key.startsWith(`${uid}/`)) continue;
      timer.cancel();
      this.#waits.delete(key);
    }
  }

  stop(): void {
    for (const timer of this.#waits.values()) timer.cancel();
  }
}

function findRecord(
  context: KubeletContext,
  pod: PodObject,
  id: string,
): ContainerRecord | undefined {
  const records = context.records.get(pod.metadata.uid)?.containers ?? [];
  return records.find(({ container }) => container.id === id);
}

function removeRecord(context: KubeletContext, uid: string, record: ContainerRecord): void {
  context.runtime.removeContainer(record.container);
  context.records.removeContainer(uid, record);
}
