// What must be done to a Pod's sandbox and containers so that they become what its spec says
// (kuberuntime_manager.go computePodActions).
import type { Container } from '../../../api/generated/types.ts';
import {
  containerHash,
  ephemeralContainers,
  initContainers,
  regularContainers,
  restartPolicy,
  type PodObject,
  type SpecContainer,
} from '../pod.ts';
import { initActions } from './init-actions.ts';
import { shouldRestart } from './restart.ts';
import { findContainer, type ContainerSnapshot, type PodSnapshot } from './snapshot.ts';

/** Why a container is stopped: it decides over the grace period. */
export type KillReason = 'liveness' | 'startup' | 'postStart' | 'other';

export interface ContainerToKill {
  readonly id: string;
  readonly container: SpecContainer;
  readonly message: string;
  readonly reason: KillReason;
}

export interface PodActions {
  /** Stop everything: the sandbox is gone, or nothing is left to run. */
  killPod: boolean;
  createSandbox: boolean;
  /** The sandbox as it is now, when there ever was one. */
  sandboxId: string | undefined;
  attempt: number;
  initToStart: Container[];
  toStart: Container[];
  ephemeralToStart: Container[];
  toKill: ContainerToKill[];
}

/** Results of probes that decide over a running container; undefined where no probe has run. */
export interface ProbeVerdicts {
  liveness(containerId: string): boolean | undefined;
  startup(containerId: string): boolean | undefined;
  /** Whether a change of resources needs this container to restart. */
  resizeNeedsRestart(container: Container, seen: ContainerSnapshot): boolean;
}

export function podActions(pod: PodObject, seen: PodSnapshot, verdicts: ProbeVerdicts): PodActions {
  const newest = seen.sandboxes[0];
  const isChanged = newest === undefined || !newest.ready || newest.ip === '';
  const actions: PodActions = {
    killPod: isChanged,
    createSandbox: isChanged,
    sandboxId: newest?.id,
    attempt: newest === undefined ? 0 : newest.attempt + (isChanged ? 1 : 0),
    initToStart: [],
    toStart: [],
    ephemeralToStart: [],
    toKill: [],
  };
  if (isChanged) {
    startAnew(pod, seen, actions);
    return actions;
  }
  for (const container of ephemeralContainers(pod)) {
    if (findContainer(seen, container.name) === undefined) actions.ephemeralToStart.push(container);
  }
  const isInitialized = initActions(pod, seen, verdicts, actions);
  if (actions.killPod || !isInitialized) return actions;
  const kept = regularActions(pod, seen, verdicts, actions);
  if (kept === 0 && actions.toStart.length === 0) {
    actions.killPod = true;
    // Sidecars must not keep a finished Pod alive.
    actions.initToStart = [];
  }
  return actions;
}

/** A new sandbox: everything starts from the beginning, unless the Pod has nothing more to do. */
function startAnew(pod: PodObject, seen: PodSnapshot, actions: PodActions): void {
  const policy = restartPolicy(pod);
  if (policy === 'Never' && actions.attempt !== 0 && seen.containers.length > 0) {
    actions.createSandbox = false;
    return;
  }
  const toStart = regularContainers(pod).filter(({ name }) => {
    const found = findContainer(seen, name);
    const hasSucceeded = found?.state === 'exited' && found.exitCode === 0;
    return !(policy === 'OnFailure' && hasSucceeded);
  });
  if (toStart.length === 0) {
    actions.createSandbox = false;
    return;
  }
  const first = initContainers(pod)[0];
  if (first === undefined) actions.toStart = [...toStart];
  else actions.initToStart = [first];
}

/** Looks at each regular container; answers how many may run on as they are. */
function regularActions(
  pod: PodObject,
  seen: PodSnapshot,
  verdicts: ProbeVerdicts,
  actions: PodActions,
): number {
  let kept = 0;
  for (const container of regularContainers(pod)) {
    const found = findContainer(seen, container.name);
    if (found === undefined || found.state !== 'running') {
      if (shouldRestart(pod, container.name, restartPolicy(pod), seen)) {
        actions.toStart.push(container);
      }
      continue;
    }
    const why = whyKill(container, found, verdicts);
    if (why === undefined) {
      kept += 1;
      continue;
    }
    const restarts = why.always || restartPolicy(pod) !== 'Never';
    if (restarts) actions.toStart.push(container);
    actions.toKill.push({
      id: found.id,
      container: { kind: 'regular', container },
      message: restarts && why.tellRestart ? `${why.message}, will be restarted` : why.message,
      reason: why.reason,
    });
  }
  return kept;
}

interface Why {
  readonly message: string;
  readonly reason: KillReason;
  /** Restarted whatever the restart policy says. */
  readonly always: boolean;
  readonly tellRestart: boolean;
}

function whyKill(
  container: Container,
  found: ContainerSnapshot,
  verdicts: ProbeVerdicts,
): Why | undefined {
  const { name } = container;
  const why = (
    message: string,
    reason: KillReason = 'other',
    always = false,
    tellRestart = true,
  ): Why => ({ message, reason, always, tellRestart });
  if (found.hash !== containerHash(container)) {
    return why(`Container ${name} definition changed`, 'other', true);
  }
  if (verdicts.liveness(found.id) === false) {
    return why(`Container ${name} failed liveness probe`, 'liveness');
  }
  if (verdicts.startup(found.id) === false) {
    return why(`Container ${name} failed startup probe`, 'startup');
  }
  if (verdicts.resizeNeedsRestart(container, found)) {
    return why(`Container ${name} resize requires restart`, 'other', true, false);
  }
  return undefined;
}
