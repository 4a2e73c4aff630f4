// Defaults of workloads (pkg/apis/apps/v1/defaults.go, pkg/apis/batch/v1/defaults.go, policy, autoscaling).
import type {
  CronJob,
  DaemonSet,
  Deployment,
  HorizontalPodAutoscaler,
  Job,
  JobSpec,
  ObjectMeta,
  PodTemplateSpec,
  ReplicaSet,
  StatefulSet,
} from '../generated/types.ts';
import { defaultClaimSpec } from './core.ts';
import { defaultPodSpec } from './pod.ts';

/** Metadata inside another object's spec: Go writes its zero time out, so it is there in every answer. */
function embedded(given: ObjectMeta | undefined): ObjectMeta {
  return { creationTimestamp: null, ...given } as unknown as ObjectMeta;
}

function template<T extends PodTemplateSpec | undefined>(given: T): T {
  if (given === undefined) return given;
  const spec =
    given.spec === undefined ? {} : { spec: defaultPodSpec(given.spec, { isPod: false }) };
  return { ...given, metadata: embedded(given.metadata), ...spec };
}

export function defaultDeployment(given: Deployment): Deployment {
  if (given.spec === undefined) return given;
  const { spec } = given;
  const type = spec.strategy?.type || 'RollingUpdate';
  const rollingUpdate = { maxUnavailable: '25%', maxSurge: '25%', ...spec.strategy?.rollingUpdate };
  const strategy =
    type === 'RollingUpdate'
      ? { ...spec.strategy, type, rollingUpdate }
      : { ...spec.strategy, type };
  return {
    ...given,
    spec: {
      ...spec,
      replicas: spec.replicas ?? 1,
      strategy,
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
      template: template(spec.template),
    },
  };
}

export function defaultReplicaSet(given: ReplicaSet): ReplicaSet {
  if (given.spec === undefined) return given;
  const { spec } = given;
  return {
    ...given,
    spec: { ...spec, replicas: spec.replicas ?? 1, template: template(spec.template) },
  };
}

export function defaultStatefulSet(given: StatefulSet): StatefulSet {
  if (given.spec === undefined) return given;
  const { spec } = given;
  const type = spec.updateStrategy?.type || 'RollingUpdate';
  const updateStrategy =
    type === 'RollingUpdate'
      ? {
          ...spec.updateStrategy,
          type,
          rollingUpdate: { partition: 0, ...spec.updateStrategy?.rollingUpdate },
        }
      : { ...spec.updateStrategy, type };
  const claims = spec.volumeClaimTemplates?.map((claim) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    ...claim,
    metadata: embedded(claim.metadata),
    ...(claim.spec === undefined ? {} : { spec: defaultClaimSpec(claim.spec) }),
    status: { phase: 'Pending', ...claim.status },
  }));
  return {
    ...given,
    spec: {
      ...spec,
      replicas: spec.replicas ?? 1,
      podManagementPolicy: spec.podManagementPolicy || 'OrderedReady',
      updateStrategy,
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      persistentVolumeClaimRetentionPolicy: {
        whenDeleted: 'Retain',
        whenScaled: 'Retain',
        ...spec.persistentVolumeClaimRetentionPolicy,
      },
      template: template(spec.template),
      ...(claims === undefined ? {} : { volumeClaimTemplates: claims }),
    },
  };
}

export function defaultDaemonSet(given: DaemonSet): DaemonSet {
  if (given.spec === undefined) return given;
  const { spec } = given;
  const type = spec.updateStrategy?.type || 'RollingUpdate';
  const rollingUpdate = { maxUnavailable: 1, maxSurge: 0, ...spec.updateStrategy?.rollingUpdate };
  const updateStrategy =
    type === 'RollingUpdate'
      ? { ...spec.updateStrategy, type, rollingUpdate }
      : { ...spec.updateStrategy, type };
  return {
    ...given,
    spec: {
      ...spec,
      updateStrategy,
      revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      template: template(spec.template),
    },
  };
}

function failurePolicy(given: NonNullable<JobSpec['podFailurePolicy']>) {
  const rules = given.rules?.map((rule) => ({
    ...rule,
    ...(rule.onPodConditions === undefined
      ? {}
      : {
          onPodConditions: rule.onPodConditions.map((one) => ({
            ...one,
            status: one.status || 'True',
          })),
        }),
  }));
  return { ...given, rules };
}

function jobSpec(spec: JobSpec): JobSpec {
  const neither = spec.completions === undefined && spec.parallelism === undefined;
  const replacement = spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed';
  const perIndex = spec.backoffLimitPerIndex !== undefined;
  return {
    ...spec,
    parallelism: spec.parallelism ?? 1,
    ...(neither ? { completions: 1 } : {}),
    backoffLimit: spec.backoffLimit ?? (perIndex ? 2_147_483_647 : 6),
    completionMode: spec.completionMode || 'NonIndexed',
    suspend: spec.suspend ?? false,
    manualSelector: spec.manualSelector ?? false,
    podReplacementPolicy: spec.podReplacementPolicy ?? replacement,
    ...(spec.podFailurePolicy === undefined
      ? {}
      : { podFailurePolicy: failurePolicy(spec.podFailurePolicy) }),
    template: template(spec.template),
  };
}

export function defaultJob(given: Job): Job {
  return given.spec === undefined ? given : { ...given, spec: jobSpec(given.spec) };
}

export function defaultCronJob(given: CronJob): CronJob {
  if (given.spec === undefined) return given;
  const { spec } = given;
  const { jobTemplate } = spec;
  return {
    ...given,
    spec: {
      ...spec,
      concurrencyPolicy: spec.concurrencyPolicy || 'Allow',
      suspend: spec.suspend ?? false,
      successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
      failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
      jobTemplate:
        jobTemplate?.spec?.template === undefined
          ? jobTemplate
          : {
              ...jobTemplate,
              metadata: embedded(jobTemplate.metadata),
              spec: { ...jobTemplate.spec, template: template(jobTemplate.spec.template) },
            },
    },
  };
}

export function defaultAutoscaler(given: HorizontalPodAutoscaler): HorizontalPodAutoscaler {
  if (given.spec === undefined) return given;
  const { spec } = given;
  const cpu = {
    type: 'Resource',
    resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
  };
  return {
    ...given,
    spec: {
      ...spec,
      minReplicas: spec.minReplicas ?? 1,
      metrics: (spec.metrics ?? []).length === 0 ? [cpu] : spec.metrics,
    },
  };
}
