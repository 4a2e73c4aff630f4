// Which init containers are to be started or restarted (kuberuntime_container.go
// computeInitContainerActions).
import type { Container } from '../../../api/generated/types.ts';
import {
  containerHash,
  initContainers,
  isSidecar,
  regularContainers,
  restartPolicy,
  type PodObject,
} from '../pod.ts';
import type { KillReason, PodActions, ProbeVerdicts } from './actions.ts';
import { findContainer, type ContainerSnapshot, type PodSnapshot } from './snapshot.ts';

interface Walk {
  readonly pod: PodObject;
  readonly verdicts: ProbeVerdicts;
  readonly actions: PodActions;
  readonly containers: readonly Container[];
  /** Backwards, as the walk goes. */
  readonly toStart: Container[];
  /**
   * The containers after the present one have been reached once: so it was done, or started,
   * before.
   */
  wasReached: boolean;
  isInitialized: boolean;
}

/**
 * Fills the actions with init containers to start and sidecars to kill; true when the regular
 * containers may start. The
 * walk goes from the last init container to the first: the last one that exists tells how far the
 * Pod is.
 */
export function initActions(
  pod: PodObject,
  seen: PodSnapshot,
  verdicts: ProbeVerdicts,
  actions: PodActions,
): boolean {
  const containers = initContainers(pod);
  if (containers.length === 0) return true;
  const isInitialized = regularContainers(pod).some(
    ({ name }) => findContainer(seen, name) !== undefined,
  );
  const walk: Walk = {
    pod,
    verdicts,
    actions,
    containers,
    toStart: [],
    wasReached: isInitialized,
    isInitialized,
  };
  for (let index = containers.length - 1; index >= 0; index -= 1) {
    const container = containers[index] as Container;
    const found = findContainer(seen, container.name);
    if (found === undefined) {
      if (walk.wasReached && isSidecar(container)) walk.toStart.push(container);
      continue;
    }
    if (walk.wasReached && !isSidecar(container)) continue;
    if (!lookAt(walk, index, container, found)) {
      actions.killPod = true;
      actions.initToStart = [];
      return true;
    }
    walk.wasReached = true;
  }
  const first = containers[0];
  if (!walk.wasReached && first !== undefined) walk.toStart.push(first);
  actions.initToStart = walk.toStart.reverse();
  return walk.isInitialized;
}

/** One init container that exists; false when its failure ends the Pod. */
function lookAt(
  walk: Walk,
  index: number,
  container: Container,
  found: ContainerSnapshot,
): boolean {
  if (found.state === 'created') return true;
  if (found.state === 'running') {
    if (isSidecar(container)) runningSidecar(walk, index, container, found);
    return true;
  }
  if (isSidecar(container)) {
    walk.toStart.push(container);
    return true;
  }
  if (found.exitCode === 0) {
    goOn(walk, index);
    return true;
  }
  if (restartPolicy(walk.pod) === 'Never') return false;
  walk.toStart.push(container);
  return true;
}

function goOn(walk: Walk, index: number): void {
  const next = walk.containers[index + 1];
  if (next === undefined) walk.isInitialized = true;
  else if (!walk.wasReached) walk.toStart.push(next);
}

function runningSidecar(
  walk: Walk,
  index: number,
  container: Container,
  found: ContainerSnapshot,
): void {
  const restart = (what: string, reason: KillReason): void => {
    walk.actions.toKill.push({
      id: found.id,
      container: { kind: 'init', container },
      message: `Init container ${container.name} ${what}`,
      reason,
    });
    walk.toStart.push(container);
  };
  if (container.startupProbe !== undefined) {
    const hasStarted = walk.verdicts.startup(found.id);
    if (hasStarted === false) restart('failed startup probe', 'startup');
    if (hasStarted !== true) return;
  }
  goOn(walk, index);
  if (found.hash !== containerHash(container)) restart('definition changed', 'other');
  else if (walk.verdicts.liveness(found.id) === false) restart('failed liveness probe', 'liveness');
}
