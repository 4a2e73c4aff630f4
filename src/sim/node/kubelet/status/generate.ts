// The whole status of a Pod (kubelet_pods.go generateAPIPodStatus).
import type { ContainerStatus, PodCondition, PodStatus } from '../../../api/generated/types.ts';
import {
  ephemeralContainers,
  initContainers,
  isTerminalPhase,
  regularContainers,
  type PodObject,
} from '../pod.ts';
import type { PodSnapshot } from '../runtime/snapshot.ts';
import {
  containersReadyCondition,
  findCondition,
  initializedCondition,
  isKubeletCondition,
  readyCondition,
  readyToStartCondition,
  statusesOf,
  withCondition,
  type Condition,
} from './conditions.ts';
import { containerStatuses, type ContainerStatusInput } from './container-statuses.ts';
import { podPhase } from './phase.ts';
import type { StartFailures } from './start-failures.ts';

export interface GenerateInput {
  readonly pod: PodObject;
  readonly seen: PodSnapshot;
  /** The status the kubelet told last, else the API's. */
  readonly old: PodStatus;
  /** The Pod is ended for good: what stopped stays stopped. */
  readonly isOver: boolean;
  readonly hostIp: string;
  readonly failures: StartFailures;
  readonly resources: ContainerStatusInput['resources'];
  /** Fills in `ready` and `started` (prober). */
  readonly readiness: (
    statuses: readonly ContainerStatus[],
    isInit: boolean,
  ) => readonly ContainerStatus[];
  /** Set when the kubelet has decided that the Pod must end (activeDeadlineSeconds). */
  readonly evict: { readonly reason: string; readonly message: string } | undefined;
  readonly resizeConditions: readonly PodCondition[];
}

type Draft = { -readonly [Field in keyof PodStatus]: PodStatus[Field] };

/** The status as it is now; conditions without the times that the status manager keeps. */
export function generateStatus(input: GenerateInput): PodStatus {
  const { pod, seen, old } = input;
  const of = (
    kind: ContainerStatusInput['kind'],
    containers: ContainerStatusInput['containers'],
    known: readonly ContainerStatus[] | undefined,
  ): readonly ContainerStatus[] =>
    containerStatuses({ ...input, kind, containers, old: known ?? [] });
  const regular = of('regular', regularContainers(pod), old.containerStatuses);
  const init = of('init', initContainers(pod), old.initContainerStatuses);
  const ephemeral = of('ephemeral', ephemeralContainers(pod), old.ephemeralContainerStatuses);
  const draft: Draft = {
    hostIP: input.hostIp,
    hostIPs: [{ ip: input.hostIp }],
    ...(pod.status.qosClass === undefined ? {} : { qosClass: pod.status.qosClass }),
  };
  if (seen.ips[0] !== undefined) {
    draft.podIP = seen.ips[0];
    draft.podIPs = seen.ips.map((ip) => ({ ip }));
  }
  draft.phase = podPhase(pod, [...init, ...regular], input.isOver);
  settlePhase(input, draft);
  draft.containerStatuses = input.readiness(regular, false);
  if (init.length > 0) draft.initContainerStatuses = input.readiness(init, true);
  if (ephemeral.length > 0) draft.ephemeralContainerStatuses = ephemeral.map(withoutStarted);
  draft.conditions = conditionsOf(input, draft);
  return draft;
}

/** Ephemeral containers are not probed: whether one has started is not told. */
function withoutStarted(status: ContainerStatus): ContainerStatus {
  const told = Object.entries(status).filter(([field]) => field !== 'started');
  return Object.fromEntries(told) as unknown as ContainerStatus;
}

/** A phase once final stays, with its reason; a decision to end the Pod goes before. */
function settlePhase({ pod, old, evict }: GenerateInput, draft: Draft): void {
  if (!isTerminalPhase(draft.phase)) {
    if (isTerminalPhase(old.phase)) draft.phase = old.phase;
    else if (isTerminalPhase(pod.status.phase)) draft.phase = pod.status.phase;
  }
  if (draft.phase === old.phase) {
    const reason = old.reason ?? pod.status.reason;
    const message = old.message ?? pod.status.message;
    if (reason !== undefined) draft.reason = reason;
    if (message !== undefined) draft.message = message;
  }
  if (evict !== undefined) {
    draft.phase = 'Failed';
    draft.reason = evict.reason;
    draft.message = evict.message;
  }
  if (isTerminalPhase(pod.status.phase)) draft.phase = pod.status.phase;
}

function conditionsOf(input: GenerateInput, draft: Draft): readonly PodCondition[] {
  const { pod, old, seen } = input;
  const statuses = statusesOf(draft);
  const phase = draft.phase ?? '';
  const foreign = (pod.status.conditions ?? []).filter(({ type }) => !isKubeletCondition(type));
  const disruption = findCondition(old.conditions, 'DisruptionTarget');
  const containersReady = containersReadyCondition(pod, statuses, phase);
  const own: Condition[] = [
    readyToStartCondition(seen.sandboxes[0]?.ready === true),
    initializedCondition(pod, statuses, phase),
    readyCondition(pod, foreign, containersReady),
    containersReady,
    { type: 'PodScheduled', status: 'True' },
  ];
  const others = [...foreign, ...input.resizeConditions];
  return [...(disruption === undefined ? others : withCondition(others, disruption)), ...own];
}
