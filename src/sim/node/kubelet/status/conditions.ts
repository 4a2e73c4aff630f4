// The conditions a kubelet sets on its Pods (pkg/kubelet/status/generate.go).
import type {
  Container,
  ContainerStatus,
  PodCondition,
  PodStatus,
} from '../../../api/generated/types.ts';
import { initContainers, isSidecar, regularContainers, type PodObject } from '../pod.ts';

const owned = new Set([
  'PodScheduled',
  'Ready',
  'Initialized',
  'ContainersReady',
  'PodReadyToStartContainers',
  'PodResizePending',
  'PodResizeInProgress',
]);

/** Whether the kubelet alone writes conditions of this type (types.PodConditionByKubelet). */
export function isKubeletCondition(type: string): boolean {
  return owned.has(type);
}

/** Whether the kubelet writes conditions of this type beside others (PodConditionSharedByKubelet). */
export function isSharedCondition(type: string): boolean {
  return type === 'DisruptionTarget';
}

/** The conditions with one of its type replaced, or added at the end. */
export function withCondition(
  conditions: readonly PodCondition[],
  condition: PodCondition,
): readonly PodCondition[] {
  const isKnown = conditions.some(({ type }) => type === condition.type);
  if (!isKnown) return [...conditions, condition];
  return conditions.map((one) => (one.type === condition.type ? condition : one));
}

/** A condition before it has its times. */
export type Condition = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

function condition(type: string, isTrue: boolean, reason?: string, message?: string): Condition {
  return {
    type,
    status: isTrue ? 'True' : 'False',
    ...(reason === undefined ? {} : { reason }),
    ...(message === undefined ? {} : { message }),
  };
}

export function findCondition(
  conditions: readonly PodCondition[] | undefined,
  type: string,
): PodCondition | undefined {
  return conditions?.find((one) => one.type === type);
}

/** True while the Pod has a sandbox with an address. */
export function readyToStartCondition(hasReadySandbox: boolean): Condition {
  return condition('PodReadyToStartContainers', hasReadySandbox);
}

export function initializedCondition(
  pod: PodObject,
  statuses: readonly ContainerStatus[],
  phase: string,
): Condition {
  const type = 'Initialized';
  const unknown: string[] = [];
  const incomplete: string[] = [];
  for (const container of initContainers(pod)) {
    const status = statuses.find((one) => one.name === container.name);
    if (status === undefined) unknown.push(container.name);
    else if (!isInitialized(container, status)) incomplete.push(container.name);
  }
  if (phase === 'Succeeded' && unknown.length === 0) return condition(type, true, 'PodCompleted');
  if (anyRegularStarted(pod, statuses)) return condition(type, true);
  if (unknown.length === 0 && incomplete.length === 0) return condition(type, true);
  const messages = [
    ...(unknown.length > 0 ? [`containers with unknown status: [${unknown.join(' ')}]`] : []),
    ...(incomplete.length > 0
      ? [`containers with incomplete status: [${incomplete.join(' ')}]`]
      : []),
  ];
  return condition(type, false, 'ContainersNotInitialized', messages.join(', '));
}

function isInitialized(container: Container, status: ContainerStatus): boolean {
  return isSidecar(container) ? status.started === true : status.ready;
}

function anyRegularStarted(pod: PodObject, statuses: readonly ContainerStatus[]): boolean {
  return regularContainers(pod).some(({ name }) => {
    const status = statuses.find((one) => one.name === name);
    return status?.started === true || status?.lastState?.terminated !== undefined
      ? true
      : status?.state?.running !== undefined || status?.state?.terminated !== undefined;
  });
}

export function containersReadyCondition(
  pod: PodObject,
  statuses: readonly ContainerStatus[],
  phase: string,
): Condition {
  const type = 'ContainersReady';
  const unknown: string[] = [];
  const unready: string[] = [];
  const counted = [...initContainers(pod).filter(isSidecar), ...regularContainers(pod)];
  for (const { name } of counted) {
    const status = statuses.find((one) => one.name === name);
    if (status === undefined) unknown.push(name);
    else if (!status.ready) unready.push(name);
  }
  if (phase === 'Succeeded' && unknown.length === 0) return condition(type, false, 'PodCompleted');
  if (phase === 'Failed') return condition(type, false, 'PodFailed');
  if (unknown.length === 0 && unready.length === 0) return condition(type, true);
  const messages = [
    ...(unknown.length > 0 ? [`containers with unknown status: [${unknown.join(' ')}]`] : []),
    ...(unready.length > 0 ? [`containers with unready status: [${unready.join(' ')}]`] : []),
  ];
  return condition(type, false, 'ContainersNotReady', messages.join(', '));
}

/** Ready: the containers are, and everybody asked by a readiness gate says so. */
export function readyCondition(
  pod: PodObject,
  conditions: readonly PodCondition[],
  containersReady: Condition,
): Condition {
  const type = 'Ready';
  if (containersReady.status !== 'True') {
    return condition(type, false, containersReady.reason, containersReady.message);
  }
  const messages: string[] = [];
  for (const { conditionType } of pod.spec.readinessGates ?? []) {
    const found = findCondition(conditions, conditionType);
    if (found === undefined) {
      messages.push(
        `corresponding condition of pod readiness gate "${conditionType}" does not exist.`,
      );
    } else if (found.status !== 'True') {
      messages.push(
        `the status of pod readiness gate "${conditionType}" is not "True", but ${found.status}`,
      );
    }
  }
  if (messages.length === 0) return condition(type, true);
  return condition(type, false, 'ReadinessGatesNotReady', messages.join(', '));
}

/** Every status of containers that conditions look at. */
export function statusesOf(status: PodStatus): readonly ContainerStatus[] {
  return [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
}
