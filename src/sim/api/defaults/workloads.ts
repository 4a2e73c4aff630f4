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

/** What Go has where a manifest left a struct out: its defaults apply all the same. */
const nothing = {} as never;

/** Metadata inside another object's spec: Go writes its zero time out, so it is there in every answer. */
function embedded(given: ObjectMeta | undefined): ObjectMeta {
  return { creationTimestamp: null, ...given } as unknown as ObjectMeta;
}

function template(given: PodTemplateSpec | undefined): PodTemplateSpec {
  const spec = defaultPodSpec(given?.spec ?? nothing, { isPod: false });
  return { ...given, metadata: embedded(given?.metadata), spec };
}

export function defaultDeployment(given: Deployment): Deployment {
  const spec = given.spec ?? nothing;
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
  const spec = given.spec ?? nothing;
  return {
    ...given,
    spec: { ...spec, replicas: spec.replicas ?? 1, template: template(spec.template) },
  };
}

export function defaultStatefulSet(given: StatefulSet): StatefulSet {
  const spec = given.spec ?? nothing;
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
  const spec = given.spec ?? nothing;
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
  return { ...given, spec: jobSpec(given.spec ?? nothing) };
}

export function defaultCronJob(given: CronJob): CronJob {
  const spec = given.spec ?? nothing;
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
  const spec = given.spec ?? nothing;
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
