// Ending containers: preStop hook, turn, signal, patience, KILL (kuberuntime_container.go
// killContainer).
import type { KubeletContext } from '../context.ts';
import { runPreStop } from '../container/hooks.ts';
import { findSpecContainer, initContainers, isSidecar, type PodObject } from '../pod.ts';
import type { SpecContainer } from '../pod.ts';
import { all, answer, type Task } from '../task.ts';
import { sleep } from '../ticker.ts';
import { times } from '../times.ts';
import type { KillReason } from './actions.ts';
import type { ContainerRecord } from './records.ts';
import type { PodSnapshot } from './snapshot.ts';
import { TerminationOrder } from './termination-order.ts';

export interface KillOptions {
  /** The Event's text; without it "Stopping container NAME". */
  readonly message?: string;
  readonly reason?: KillReason;
  /** Instead of what Pod and probe say. */
  readonly graceSeconds?: number | undefined;
  readonly order?: TerminationOrder;
}

/** Ends one container and waits until it has ended. */
export function* killContainer(
  context: KubeletContext,
  pod: PodObject,
  record: ContainerRecord,
  one: SpecContainer,
  options: KillOptions,
): Task<void> {
  const { clock, api } = context;
  const { name } = one.container;
  const message = options.message ?? `Stopping container ${name}`;
  api.podEvent(pod, 'Normal', 'Killing', message, one);
  let graceSeconds = options.graceSeconds ?? graceOf(pod, one, options.reason ?? 'other');
  if (one.container.lifecycle?.preStop !== undefined && graceSeconds > 0) {
    const startedMs = clock.nowMs();
    yield* runPreStop(context, pod, record, one, graceSeconds);
    graceSeconds -= Math.floor((clock.nowMs() - startedMs) / 1000);
  }
  if (options.order !== undefined && graceSeconds > 0) {
    graceSeconds -= yield* options.order.waitForTurn(clock, name, graceSeconds);
  }
  const whose =
    pod.spec.containers.length === 1 ? pod.metadata.name : `${pod.metadata.name}/${name}`;
  yield* stopContainer(context, record, Math.max(graceSeconds, times.leastGraceSeconds), whose);
  options.order?.ended(name);
}

/** The grace period for one container in whole seconds (setTerminationGracePeriod). */
function graceOf(pod: PodObject, one: SpecContainer, reason: KillReason): number {
  const { deletionGracePeriodSeconds } = pod.metadata;
  if (deletionGracePeriodSeconds !== undefined) return deletionGracePeriodSeconds;
  const { livenessProbe, startupProbe } = one.container;
  const ofProbe =
    reason === 'liveness'
      ? livenessProbe?.terminationGracePeriodSeconds
      : reason === 'startup'
        ? startupProbe?.terminationGracePeriodSeconds
        : undefined;
  return ofProbe ?? pod.spec.terminationGracePeriodSeconds ?? times.leastGraceSeconds;
}

/** The stop signal, and KILL when the time is up (CRI StopContainer). */
function* stopContainer(
  context: KubeletContext,
  record: ContainerRecord,
  graceSeconds: number,
  whose: string,
): Task<void> {
  const { clock, runtime } = context;
  const { container } = record;
  if (container.state !== 'running' || record.lostMs !== undefined) return;
  yield* answer<undefined>((done) => {
    const kill = clock.after(
      graceSeconds * 1000,
      () => runtime.signalContainer(container, 'KILL'),
      `SIGKILL to ${whose}`,
    );
    let isWaiting = true;
    runtime.onExit(container, () => {
      kill.cancel();
      if (isWaiting) done(undefined);
    });
    runtime.signalContainer(container, runtime.stopSignal(container));
    return () => {
      isWaiting = false;
      kill.cancel();
    };
  });
  yield* sleep(clock, times.stoppedMs);
}

/** Ends every running container of the Pod at once, sidecars in their order, then the sandboxes. */
export function* killPod(
  context: KubeletContext,
  pod: PodObject,
  seen: PodSnapshot,
  graceSeconds: number | undefined,
): Task<void> {
  const { clock, records, runtime } = context;
  const known = records.get(pod.metadata.uid);
  if (known === undefined) return;
  const running = new Set(
    seen.containers.filter(({ state }) => state === 'running').map(({ id }) => id),
  );
  const victims = known.containers.filter(({ container }) => running.has(container.id));
  const order = initContainers(pod).some(isSidecar)
    ? new TerminationOrder(
        pod,
        victims.map(({ container }) => container.config.name),
      )
    : undefined;
  yield* all(
    victims.map((record) => {
      const { name } = record.container.config;
      const one = findSpecContainer(pod, name) ?? {
        kind: record.kind,
        container: { name },
      };
      const options = { graceSeconds, ...(order === undefined ? {} : { order }) };
      return killContainer(context, pod, record, one, options);
    }),
  );
  const sandboxes = known.sandboxes.filter(({ ready }) => ready);
  if (sandboxes.length === 0) return;
  yield* sleep(clock, times.stopSandboxMs);
  for (const sandbox of sandboxes) {
    sandbox.ready = false;
    runtime.stopPodSandbox(sandbox.sandbox);
    records.touch(pod.metadata.uid);
  }
}
