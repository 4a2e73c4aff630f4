// The status of a Deployment: counts and the conditions Available and Progressing (pkg/controller/deployment/progress.go).
import type { DeploymentCondition, DeploymentStatus } from '../../api/generated/types.ts';
import { formatTime, parseTime } from '../../runtime/time.ts';
import { fenceposts } from './arithmetic.ts';
import { replicasOf, type Deployment, type ReplicaSet } from './replica-sets.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

export interface StatusInput {
  readonly deployment: Deployment;
  readonly sets: readonly ReplicaSet[];
  readonly newSet: ReplicaSet | undefined;
  readonly nowMs: number;
  /** What happened to the new set in this sync, for the condition Progressing. */
  readonly progress: { readonly reason: string; readonly message: string } | undefined;
}

interface Counts {
  readonly replicas: number;
  readonly updatedReplicas: number;
  readonly readyReplicas: number;
  readonly availableReplicas: number;
  readonly unavailableReplicas: number;
}

/** How many Pods there are in all, of the new template, ready, available, and missing. */
export function countsOf(sets: readonly ReplicaSet[], newSet: ReplicaSet | undefined): Counts {
  const total = sum(sets.map(({ status }) => status.replicas ?? 0));
  const available = sum(sets.map(({ status }) => status.availableReplicas ?? 0));
  const wanted = sum(sets.map(replicasOf));
  return {
    replicas: total,
    updatedReplicas: newSet?.status.replicas ?? 0,
    readyReplicas: sum(sets.map(({ status }) => status.readyReplicas ?? 0)),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, wanted - available),
  };
}

const isComplete = (deployment: Deployment, counts: Counts): boolean => {
  const wanted = deployment.spec.replicas ?? 1;
  return (
    counts.updatedReplicas === wanted &&
    counts.replicas === wanted &&
    counts.availableReplicas === wanted
  );
};

/** Whether something moved since the last status: then the deadline starts anew. */
function hasMoved(deployment: Deployment, counts: Counts): boolean {
  const { status } = deployment;
  const oldUpdated = status.updatedReplicas ?? 0;
  const oldOthers = (status.replicas ?? 0) - oldUpdated;
  return (
    counts.updatedReplicas > oldUpdated ||
    counts.replicas - counts.updatedReplicas < oldOthers ||
    counts.readyReplicas > (status.readyReplicas ?? 0) ||
    counts.availableReplicas > (status.availableReplicas ?? 0)
  );
}

type Conditions = readonly DeploymentCondition[];

function withCondition(
  conditions: Conditions,
  next: Pick<DeploymentCondition, 'type' | 'status' | 'reason' | 'message'>,
  nowMs: number,
  touch = false,
): Conditions {
  const before = conditions.find(({ type }) => type === next.type);
  const unchanged = before?.status === next.status && before.reason === next.reason;
  if (unchanged && !touch) return conditions;
  const at = formatTime(nowMs);
  const condition: DeploymentCondition = {
    ...next,
    lastTransitionTime: before?.status === next.status ? (before.lastTransitionTime ?? at) : at,
    lastUpdateTime: at,
  };
  return [...conditions.filter(({ type }) => type !== next.type), condition];
}

/** When the progress deadline runs out, in epoch ms; undefined while nothing is in progress. */
export function deadlineMs(deployment: Deployment): number | undefined {
  const progressing = deployment.status.conditions?.find(({ type }) => type === 'Progressing');
  const seconds = deployment.spec.progressDeadlineSeconds;
  const isOver = ['NewReplicaSetAvailable', 'ProgressDeadlineExceeded', 'DeploymentPaused'];
  if (
    progressing === undefined ||
    seconds === undefined ||
    isOver.includes(progressing.reason ?? '')
  )
    return undefined;
  const sinceMs = parseTime(progressing.lastUpdateTime ?? '');
  return sinceMs === undefined ? undefined : sinceMs + seconds * 1000;
}

function progressCondition(input: StatusInput, counts: Counts, conditions: Conditions): Conditions {
  const { deployment, newSet, nowMs, progress } = input;
  const name = newSet?.metadata.name ?? '';
  let result = conditions;
  if (progress !== undefined) {
    const found = result.find(({ type }) => type === 'Progressing');
    const isDone =
      found?.reason === 'NewReplicaSetAvailable' && progress.reason === 'FoundNewReplicaSet';
    if (!isDone)
      result = withCondition(
        result,
        { type: 'Progressing', status: 'True', ...progress },
        nowMs,
        true,
      );
  }
  if (deployment.spec.paused === true || newSet === undefined) return result;
  const found = result.find(({ type }) => type === 'Progressing');
  if (isComplete(deployment, counts)) {
    const message = `ReplicaSet "${name}" has successfully progressed.`;
    return withCondition(
      result,
      { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable', message },
      nowMs,
    );
  }
  if (hasMoved(deployment, counts)) {
    const message = `ReplicaSet "${name}" is progressing.`;
    const wasExceeded = found?.status === 'False';
    const next = { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', message };
    return withCondition(result, next, nowMs, !wasExceeded);
  }
  const due = deadlineMs({ ...deployment, status: { ...deployment.status, conditions: result } });
  if (due !== undefined && nowMs > due) {
    const message = `ReplicaSet "${name}" has timed out progressing.`;
    return withCondition(
      result,
      { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message },
      nowMs,
    );
  }
  return result;
}

/** The whole status as it should be now. */
export function deploymentStatus(input: StatusInput): DeploymentStatus {
  const { deployment, sets, newSet, nowMs } = input;
  const counts = countsOf(sets, newSet);
  const enough = (deployment.spec.replicas ?? 1) - fenceposts(deployment.spec).maxUnavailable;
  const isAvailable = counts.availableReplicas >= enough;
  const progressed = progressCondition(input, counts, deployment.status.conditions ?? []);
  const available = isAvailable
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      };
  let conditions = withCondition(progressed, available, nowMs);
  const failure = newSet?.status.conditions?.find(({ type }) => type === 'ReplicaFailure');
  conditions = conditions.filter(({ type }) => type !== 'ReplicaFailure');
  if (failure !== undefined) {
    const { reason, message } = failure;
    conditions = withCondition(
      [
        ...conditions,
        ...(deployment.status.conditions ?? []).filter(({ type }) => type === 'ReplicaFailure'),
      ],
      { type: 'ReplicaFailure', status: 'True', reason, message },
      nowMs,
    );
  }
  const counted = Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0));
  const { collisionCount } = deployment.status;
  return {
    observedGeneration: deployment.metadata.generation,
    ...counted,
    ...(collisionCount === undefined ? {} : { collisionCount }),
    conditions,
  };
}
