// containerStatuses of a Pod: what the runtime showed, what the API knew before, and why a start
// failed (kubelet_pods.go convertToAPIContainerStatuses).
import type {
  Container,
  ContainerState,
  ContainerStatus,
  VolumeMountStatus,
} from '../../../api/generated/types.ts';
import { formatTime } from '../../../runtime/time.ts';
import { formatReference, parseImageReference, withDefaultTag } from '../../../images/reference.ts';
import { isDeleted, isSidecar, regularContainers, restartPolicy, type PodObject } from '../pod.ts';
import type { ContainerKind } from '../runtime/records.ts';
import { shouldRestart } from '../runtime/restart.ts';
import { findContainer, type ContainerSnapshot, type PodSnapshot } from '../runtime/snapshot.ts';
import type { StartFailures } from './start-failures.ts';

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] };

export interface ContainerStatusInput {
  readonly pod: PodObject;
  readonly kind: ContainerKind;
  readonly containers: readonly Container[];
  /** The statuses last told. */
  readonly old: readonly ContainerStatus[];
  readonly seen: PodSnapshot;
  readonly failures: StartFailures;
  /** What the container has been given: fills `resources` and `allocatedResources`. */
  readonly resources: (container: Container, seen: ContainerSnapshot) => Partial<ContainerStatus>;
}

/** One status per container of the list: regular ones by name, the others as the spec has them. */
export function containerStatuses(input: ContainerStatusInput): readonly ContainerStatus[] {
  const { pod, kind, containers, seen } = input;
  const statuses = containers.map((container) => {
    let status = startingPoint(input, container);
    if (findContainer(seen, container.name) === undefined) {
      status = withoutContainer(input, container, status);
    } else {
      status = fromRuntime(input, container, status);
    }
    return withStartFailure(input, container, status);
  });
  if (kind === 'regular') statuses.sort((a, b) => (a.name < b.name ? -1 : 1));
  return statuses.map((status) => withMounts(status, pod, containers));
}

function defaultWaiting(pod: PodObject): ContainerState {
  const hasInit = (pod.spec.initContainers ?? []).length > 0;
  return { waiting: { reason: hasInit ? 'PodInitializing' : 'ContainerCreating' } };
}

function startingPoint(input: ContainerStatusInput, container: Container): ContainerStatus {
  const old = input.old.find((status) => status.name === container.name);
  if (old?.state?.terminated !== undefined) return old;
  return {
    name: container.name,
    image: container.image ?? '',
    imageID: '',
    lastState: old?.lastState ?? {},
    ready: false,
    restartCount: old?.restartCount ?? 0,
    started: false,
    state: defaultWaiting(input.pod),
  };
}

/** The runtime knows no such container: it has not been made yet, or it was lost. */
function withoutContainer(
  input: ContainerStatusInput,
  container: Container,
  status: ContainerStatus,
): ContainerStatus {
  const { pod, kind, seen } = input;
  if (kind === 'init' && anyRegularStarted(pod, seen)) {
    if (status.state?.terminated !== undefined) return status;
    const message =
      'Unable to get init container status from container runtime and pod has been initialized, treat it as exited normally';
    const terminated = { reason: 'Completed', message, exitCode: 0 };
    return { ...status, state: { terminated } };
  }
  const old = input.old.find((one) => one.name === container.name);
  if (old?.state?.running === undefined) return status;
  const terminated = {
    reason: 'ContainerStatusUnknown',
    message:
      'The container could not be located when the pod was deleted.  The container used to be Running',
    exitCode: 137,
  };
  return {
    ...status,
    lastState: { terminated },
    restartCount: status.restartCount + (isDeleted(pod) ? 0 : 1),
  };
}

function anyRegularStarted(pod: PodObject, seen: PodSnapshot): boolean {
  return regularContainers(pod).some(({ name }) => {
    const found = findContainer(seen, name);
    return found !== undefined && found.state !== 'created';
  });
}

/** The newest container is the state, the one before it the last state. */
function fromRuntime(
  input: ContainerStatusInput,
  container: Container,
  before: ContainerStatus,
): ContainerStatus {
  const [newest, previous] = input.seen.containers.filter((one) => one.name === container.name);
  if (newest === undefined) return before;
  return {
    containerID: `containerd://${newest.id}`,
    image: normalImage(newest.image),
    imageID: newest.imageId,
    lastState: previous === undefined ? {} : stateOf(previous),
    name: container.name,
    ready: false,
    restartCount: newest.restartCount,
    started: false,
    state: stateOf(newest),
    ...input.resources(container, newest),
  };
}

function stateOf(seen: ContainerSnapshot): ContainerState {
  if (seen.state === 'running') return { running: { startedAt: formatTime(seen.startedMs) } };
  if (seen.state === 'created') return { waiting: {} };
  return {
    terminated: {
      exitCode: seen.exitCode,
      reason: seen.reason,
      ...(seen.message === '' ? {} : { message: seen.message }),
      startedAt: formatTime(seen.startedMs),
      finishedAt: formatTime(seen.finishedMs),
      containerID: `containerd://${seen.id}`,
    },
  };
}

/**
 * `docker.io/library/nginx:1.27`, as the runtime tells an image that was asked for as `nginx:1.27`.
 */
function normalImage(image: string): string {
  const parsed = parseImageReference(image);
  return parsed.ok ? formatReference(withDefaultTag(parsed.reference)) : image;
}

/** A container that will be started again waits, if it is known why it does not run. */
function withStartFailure(
  input: ContainerStatusInput,
  container: Container,
  status: ContainerStatus,
): ContainerStatus {
  const { pod, kind, seen, failures } = input;
  if (kind === 'init' && !isSidecar(container)) {
    const found = findContainer(seen, container.name);
    if (found?.state === 'exited' && found.exitCode === 0) return status;
  }
  const policy = kind === 'init' && isSidecar(container) ? 'Always' : restartPolicy(pod);
  if (!shouldRestart(pod, container.name, policy, seen)) return status;
  const failure = failures.get(pod.metadata.uid, container.name);
  if (failure === undefined) return status;
  const waiting: Mutable<NonNullable<ContainerState['waiting']>> = { reason: failure.reason };
  if (failure.message !== '') waiting.message = failure.message;
  const { terminated } = status.state ?? {};
  return {
    ...status,
    ...(terminated === undefined ? {} : { lastState: { terminated } }),
    state: { waiting },
  };
}

/** Each mount with how it was made: without sub-mounts below a read-only one. */
function withMounts(
  status: ContainerStatus,
  pod: PodObject,
  containers: readonly Container[],
): ContainerStatus {
  const mounts = containers.find(({ name }) => name === status.name)?.volumeMounts ?? [];
  const known = new Set((pod.spec.volumes ?? []).map(({ name }) => name));
  const told: VolumeMountStatus[] = mounts
    .filter(({ name }) => known.has(name))
    .map((mount) => ({
      mountPath: mount.mountPath,
      name: mount.name,
      ...(mount.readOnly === true ? { readOnly: true, recursiveReadOnly: 'Disabled' } : {}),
    }));
  return told.length === 0 ? status : { ...status, volumeMounts: told };
}
