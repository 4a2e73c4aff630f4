// Validation of every stored kind in one place: creation and update.
import type { Kind, KubeObject } from '../objects.ts';
import { withoutRepetitions, type FieldError } from '../messages.ts';
import { checkDns1035Label, checkDns1123Label, checkDns1123Subdomain } from '../names.ts';
import * as core from './core-kinds.ts';
import * as jobs from './jobs.ts';
import { validateMetadata, validateMetadataUpdate, type NameRule } from './metadata.ts';
import { validatePodSpec } from './pod-spec.ts';
import { validateService } from './service.ts';
import * as storage from './storage.ts';
import * as updates from './updates.ts';
import * as workloads from './workloads.ts';

type Rule = (object: never) => readonly FieldError[];
type UpdateRule = (object: never, old: never) => readonly FieldError[];

const clusterWide: readonly Kind[] = [
  'Node',
  'Namespace',
  'PersistentVolume',
  'PriorityClass',
  'StorageClass',
];
const nameRules: Partial<Record<Kind, NameRule>> = {
  Namespace: checkDns1123Label,
  Service: checkDns1035Label,
};

const creation: Partial<Record<Kind, Rule>> = {
  Pod: ({ spec }: { spec?: Parameters<typeof validatePodSpec>[0] }) =>
    validatePodSpec(spec, 'spec'),
  Service: validateService,
  ConfigMap: core.validateConfigMap,
  Secret: core.validateSecret,
  PersistentVolumeClaim: storage.validateClaim,
  PersistentVolume: storage.validateVolume,
  PodDisruptionBudget: core.validateBudget,
  PriorityClass: core.validatePriorityClass,
  HorizontalPodAutoscaler: core.validateAutoscaler,
  Node: core.validateNode,
  ResourceQuota: core.validateQuota,
  LimitRange: core.validateLimitRange,
  Deployment: workloads.validateDeployment,
  ReplicaSet: workloads.validateReplicaSet,
  StatefulSet: workloads.validateStatefulSet,
  DaemonSet: workloads.validateDaemonSet,
  Job: jobs.validateJob,
  CronJob: jobs.validateCronJob,
};

const update: Partial<Record<Kind, UpdateRule>> = {
  Pod: updates.validatePodUpdate,
  Deployment: updates.validateSelectorKept,
  ReplicaSet: updates.validateSelectorKept,
  DaemonSet: updates.validateSelectorKept,
  StatefulSet: updates.validateStatefulSetUpdate,
  Job: updates.validateJobUpdate,
  ConfigMap: updates.validateContentUpdate,
  Secret: updates.validateContentUpdate,
  Service: updates.validateServiceUpdate,
};

/** What is wrong with a defaulted object that is about to be created; nothing when it may be stored. */
export function validateCreate(kind: Kind, object: KubeObject): readonly FieldError[] {
  const rule = creation[kind] as ((object: KubeObject) => readonly FieldError[]) | undefined;
  const rules = {
    namespaced: !clusterWide.includes(kind),
    nameRule: nameRules[kind] ?? checkDns1123Subdomain,
  };
  return withoutRepetitions([
    ...validateMetadata(object.metadata, rules),
    ...(rule === undefined ? [] : rule(object)),
  ]);
}

/** What is wrong with a new version of an object: rules of creation (where the spec may change at all) and immutability. */
export function validateUpdate(
  kind: Kind,
  object: KubeObject,
  old: KubeObject,
): readonly FieldError[] {
  const rule = creation[kind] as ((object: KubeObject) => readonly FieldError[]) | undefined;
  const updateRule = update[kind] as
    ((object: KubeObject, old: KubeObject) => readonly FieldError[]) | undefined;
  return withoutRepetitions([
    ...validateMetadataUpdate(object.metadata ?? {}, old.metadata ?? {}),
    ...(rule === undefined ? [] : rule(object)),
    ...(updateRule === undefined ? [] : updateRule(object, old)),
  ]);
}
