// The last status of a Pod whose containers are gone (status_manager.go TerminatePod).
import type { ContainerStatus, PodStatus } from '../../../api/generated/types.ts';
import { initContainers, isSidecar, isTerminalPhase, type PodObject } from '../pod.ts';

const lost = {
  terminated: {
    exitCode: 137,
    finishedAt: null,
    message: 'The container could not be located when the pod was terminated',
    reason: 'ContainerStatusUnknown',
    startedAt: null,
  },
};

/** Every container without an end counts as failed, and so does a Pod that had not ended well. */
export function finalStatus(pod: PodObject, status: PodStatus): PodStatus {
  const fail = (one: ContainerStatus): ContainerStatus =>
    one.state?.terminated === undefined
      ? ({ ...one, state: lost } as unknown as ContainerStatus)
      : one;
  const init = status.initContainerStatuses ?? [];
  const startedInit = lastStarted(init) + 1;
  return {
    ...status,
    phase: isTerminalPhase(status.phase) ? status.phase : 'Failed',
    ...(hasInitialized(pod, status)
      ? { containerStatuses: (status.containerStatuses ?? []).map(fail) }
      : {}),
    ...(init.length === 0
      ? {}
      : {
          initContainerStatuses: init.map((one, index) => (index < startedInit ? fail(one) : one)),
        }),
  };
}

function wasStarted(status: ContainerStatus): boolean {
  return (
    status.state?.running !== undefined ||
    status.state?.terminated !== undefined ||
    status.lastState?.terminated !== undefined
  );
}

function lastStarted(statuses: readonly ContainerStatus[]): number {
  return statuses.findLastIndex((status) => wasStarted(status) || status.started === true);
}

/** Whether the Pod got beyond its init containers. */
function hasInitialized(pod: PodObject, status: PodStatus): boolean {
  const init = initContainers(pod);
  const last = init.at(-1);
  if (last === undefined) return true;
  if ((status.containerStatuses ?? []).some(wasStarted)) return true;
  const found = status.initContainerStatuses?.find(({ name }) => name === last.name);
  if (found === undefined) return false;
  if (isSidecar(last)) return found.started === true;
  return found.state?.terminated?.exitCode === 0;
}
