// Cells of workloads (pkg/printers/internalversion/printers.go, v1.33).
import type {
  ControllerRevision,
  CronJob,
  DaemonSet,
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  ReplicaSet,
  StatefulSet,
} from '../../api/generated/types.ts';
import { formatSelector, requirementsOf } from '../../api/selector.ts';
import { humanDuration } from '../../api/duration.ts';
import { parseTime } from '../../runtime/time.ts';
import { splitApiVersion } from '../../api/kinds.ts';
import {
  containerCells,
  formatLabels,
  formatLabelSelector,
  listWithMore,
  none,
  since,
  unset,
} from './format.ts';

type Cells = readonly unknown[];

export function deploymentCells({ metadata, spec, status }: Deployment, nowMs: number): Cells {
  return [
    metadata?.name ?? '',
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
    status?.updatedReplicas ?? 0,
    status?.availableReplicas ?? 0,
    since(nowMs, metadata?.creationTimestamp),
    ...containerCells(spec?.template),
    formatSelector(requirementsOf(spec?.selector ?? {})),
  ];
}

export function replicaSetCells({ metadata, spec, status }: ReplicaSet, nowMs: number): Cells {
  return [
    metadata?.name ?? '',
    spec?.replicas ?? 0,
    status?.replicas ?? 0,
    status?.readyReplicas ?? 0,
    since(nowMs, metadata?.creationTimestamp),
    ...containerCells(spec?.template),
    formatLabelSelector(spec?.selector),
  ];
}

export function statefulSetCells({ metadata, spec, status }: StatefulSet, nowMs: number): Cells {
  return [
    metadata?.name ?? '',
    `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 0}`,
    since(nowMs, metadata?.creationTimestamp),
    ...containerCells(spec?.template),
  ];
}

export function daemonSetCells({ metadata, spec, status }: DaemonSet, nowMs: number): Cells {
  return [
    metadata?.name ?? '',
    status?.desiredNumberScheduled ?? 0,
    status?.currentNumberScheduled ?? 0,
    status?.numberReady ?? 0,
    status?.updatedNumberScheduled ?? 0,
    status?.numberAvailable ?? 0,
    formatLabels(spec?.template.spec?.nodeSelector),
    since(nowMs, metadata?.creationTimestamp),
    ...containerCells(spec?.template),
    formatLabelSelector(spec?.selector),
  ];
}

export function jobCells(job: Job, nowMs: number): Cells {
  const { metadata, spec } = job;
  return [
    metadata?.name ?? '',
    jobStatus(job),
    jobCompletions(job),
    jobDuration(job, nowMs),
    since(nowMs, metadata?.creationTimestamp),
    ...containerCells(spec?.template),
    formatLabelSelector(spec?.selector),
  ];
}

function jobStatus({ metadata, status }: Job): string {
  const isTrue = (wanted: string): boolean =>
    (status?.conditions ?? []).some(({ type, status }) => type === wanted && status === 'True');
  if (isTrue('Complete')) return 'Complete';
  if (isTrue('Failed')) return 'Failed';
  if (metadata?.deletionTimestamp !== undefined) return 'Terminating';
  if (isTrue('Suspended')) return 'Suspended';
  return isTrue('FailureTarget') ? 'FailureTarget' : 'Running';
}

function jobCompletions({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec?.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec?.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration({ status }: Job, nowMs: number): string {
  const startMs = parseTime(status?.startTime ?? '');
  if (startMs === undefined) return '';
  return humanDuration((parseTime(status?.completionTime ?? '') ?? nowMs) - startMs);
}

export function cronJobCells({ metadata, spec, status }: CronJob, nowMs: number): Cells {
  const suspend = spec?.suspend;
  return [
    metadata?.name ?? '',
    spec?.schedule ?? '',
    spec?.timeZone ?? none,
    suspend === undefined ? unset : suspend ? 'True' : 'False',
    status?.active?.length ?? 0,
    status?.lastScheduleTime === undefined ? none : since(nowMs, status.lastScheduleTime),
    since(nowMs, metadata?.creationTimestamp),
    ...containerCells(spec?.jobTemplate.spec?.template),
    formatLabelSelector(spec?.jobTemplate.spec?.selector),
  ];
}

export function controllerRevisionCells(object: ControllerRevision, nowMs: number): Cells {
  const owner = object.metadata?.ownerReferences?.find(({ controller }) => controller === true);
  const { group } = splitApiVersion(owner?.apiVersion ?? '');
  const kind = owner === undefined ? '' : owner.kind.toLowerCase();
  const type = group === '' ? kind : `${kind}.${group}`;
  return [
    object.metadata?.name ?? '',
    owner === undefined ? none : `${type}/${owner.name}`,
    object.revision,
    since(nowMs, object.metadata?.creationTimestamp),
  ];
}

export function autoscalerCells(object: HorizontalPodAutoscaler, nowMs: number): Cells {
  const { metadata, spec, status } = object;
  const target = spec?.scaleTargetRef;
  return [
    metadata?.name ?? '',
    `${target?.kind ?? ''}/${target?.name ?? ''}`,
    autoscalerTargets(object),
    spec?.minReplicas === undefined ? unset : String(spec.minReplicas),
    spec?.maxReplicas ?? 0,
    status?.currentReplicas ?? 0,
    since(nowMs, metadata?.creationTimestamp),
  ];
}

function autoscalerTargets({ spec, status }: HorizontalPodAutoscaler): string {
  const metrics = spec?.metrics ?? [];
  if (metrics.length === 0) return none;
  const texts = metrics.map((metric, index) => {
    const source = metric.resource ?? metric.containerResource;
    const current = status?.currentMetrics?.[index];
    const seen = current?.resource ?? current?.containerResource;
    if (source === undefined) {
      const other = metric.pods ?? metric.object ?? metric.external;
      const now = (current?.pods ?? current?.object ?? current?.external)?.current;
      const shown = now?.averageValue ?? now?.value ?? '<unknown>';
      return `${shown}/${other?.target.averageValue ?? other?.target.value ?? ''}`;
    }
    if (source.target.averageValue !== undefined) {
      return `${source.name}: ${seen?.current.averageValue ?? '<unknown>'}/${source.target.averageValue}`;
    }
    const utilization = seen?.current.averageUtilization;
    const shown = utilization === undefined ? '<unknown>' : `${utilization}%`;
    const wanted = source.target.averageUtilization;
    return `${source.name}: ${shown}/${wanted === undefined ? '<auto>' : `${wanted}%`}`;
  });
  return listWithMore(texts, 2, ', ');
}
