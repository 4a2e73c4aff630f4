// Validation of every stored kind in one place: creation, update, status.
import type { Kind, KubeObject } from '../objects.ts';
import { withoutRepetitions, type FieldError } from '../messages.ts';
import {
  checkDns1035Label,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkPathSegment,
} from '../names.ts';
import { validateAutoscaler } from './autoscalers.ts';
import { validateClaim, validateClaimUpdate } from './claims.ts';
import {
  validateConfigMap,
  validateConfigMapUpdate,
  validateSecret,
  validateSecretUpdate,
} from './config-data.ts';
import {
  validateEndpoints,
  validateEndpointSlice,
  validateEndpointSliceUpdate,
} from './endpoints.ts';
import { validateEvent } from './events.ts';
import { validateCronJob, validateCronJobUpdate, validateJob, validateJobUpdate } from './jobs.ts';
import { validateLimitRange } from './limit-ranges.ts';
import { validateMetadata, validateMetadataUpdate, type NameRule } from './metadata.ts';
import {
  validateNamespace,
  validateNamespaceStatus,
  validateNode,
  validateNodeUpdate,
} from './nodes.ts';
import {
  validateStorageClass,
  validateStorageClassUpdate,
  validateVolume,
  validateVolumeUpdate,
} from './persistent-volumes.ts';
import { validatePodCreate } from './pod.ts';
import { validatePodUpdate } from './pod-update.ts';
import {
  validateBudget,
  validateLease,
  validatePriorityClass,
  validatePriorityClassUpdate,
} from './policies.ts';
import { validateQuota, validateQuotaStatus, validateQuotaUpdate } from './quotas.ts';
import { validateService } from './service.ts';
import { validateServiceKept } from './service-addresses.ts';
import {
  validateRevision,
  validateRevisionUpdate,
  validateStatefulSet,
  validateStatefulSetUpdate,
} from './stateful-sets.ts';
import {
  validateDaemonSet,
  validateDeployment,
  validateReplicaSet,
  validateSelectorKept,
} from './workloads.ts';

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
  StatefulSet: checkDns1123Label,
};

/** Kinds whose own rules leave metadata alone: it is judged once they are kept, by what holds for all kinds. */
const withoutMetadata: readonly Kind[] = ['PodDisruptionBudget', 'Event'];

const creation: Partial<Record<Kind, Rule>> = {
  Pod: validatePodCreate,
  Node: validateNode,
  Namespace: validateNamespace,
  Event: validateEvent,
  Service: validateService,
  Endpoints: validateEndpoints,
  EndpointSlice: validateEndpointSlice,
  ConfigMap: validateConfigMap,
  Secret: validateSecret,
  PersistentVolume: validateVolume,
  PersistentVolumeClaim: validateClaim,
  LimitRange: validateLimitRange,
  ResourceQuota: validateQuota,
  ReplicaSet: validateReplicaSet,
  Deployment: validateDeployment,
  StatefulSet: validateStatefulSet,
  DaemonSet: validateDaemonSet,
  Job: validateJob,
  CronJob: validateCronJob,
  ControllerRevision: validateRevision,
  PodDisruptionBudget: validateBudget,
  PriorityClass: validatePriorityClass,
  Lease: validateLease,
  HorizontalPodAutoscaler: validateAutoscaler,
  StorageClass: validateStorageClass,
};

const first =
  <T>(
    rule: (object: T) => readonly FieldError[],
    kept: (now: T, old: T) => readonly FieldError[],
  ) =>
  (now: T, old: T): readonly FieldError[] => [...rule(now), ...kept(now, old)];

/** Kinds that are not here are judged on an update as on creation. */
const update: Partial<Record<Kind, UpdateRule>> = {
  Pod: validatePodUpdate,
  Node: validateNodeUpdate,
  Namespace: () => [],
  Service: (now: never, old: never) => [...validateServiceKept(now, old), ...validateService(now)],
  EndpointSlice: validateEndpointSliceUpdate,
  ConfigMap: validateConfigMapUpdate,
  Secret: validateSecretUpdate,
  PersistentVolume: validateVolumeUpdate,
  PersistentVolumeClaim: validateClaimUpdate,
  ResourceQuota: validateQuotaUpdate,
  ReplicaSet: first(validateReplicaSet, validateSelectorKept),
  Deployment: first(validateDeployment, validateSelectorKept),
  StatefulSet: validateStatefulSetUpdate,
  DaemonSet: first(validateDaemonSet, validateSelectorKept),
  Job: validateJobUpdate,
  CronJob: validateCronJobUpdate,
  ControllerRevision: validateRevisionUpdate,
  PriorityClass: validatePriorityClassUpdate,
  StorageClass: validateStorageClassUpdate,
};

const status: Partial<Record<Kind, Rule>> = {
  Namespace: validateNamespaceStatus,
  ResourceQuota: validateQuotaStatus,
};

const metadataOf = (kind: Kind, { metadata }: KubeObject, nameRule: NameRule) =>
  validateMetadata(metadata, { namespaced: !clusterWide.includes(kind), nameRule });

/** What is wrong with a defaulted object that is about to be created; nothing when it may be stored. */
export function validateCreate(kind: Kind, object: KubeObject): readonly FieldError[] {
  const errors = creation[kind]?.(object as never) ?? [];
  if (withoutMetadata.includes(kind)) {
    return errors.length > 0 ? errors : metadataOf(kind, object, checkPathSegment);
  }
  const nameRule = nameRules[kind] ?? checkDns1123Subdomain;
  return withoutRepetitions([...metadataOf(kind, object, nameRule), ...errors]);
}

/** What is wrong with a new version of an object, alone and beside the old one. */
export function validateUpdate(
  kind: Kind,
  object: KubeObject,
  old: KubeObject,
): readonly FieldError[] {
  const rule = (update[kind] ?? creation[kind]) as
    ((now: KubeObject, old: KubeObject) => readonly FieldError[]) | undefined;
  return withoutRepetitions([
    ...metadataOf(kind, object, checkPathSegment),
    ...validateMetadataUpdate(object.metadata ?? {}, old.metadata ?? {}),
    ...(rule?.(object, old) ?? []),
  ]);
}

/** What is wrong with a new status, as far as a change of it can do harm. */
export const validateStatusUpdate = (kind: Kind, object: KubeObject): readonly FieldError[] =>
  status[kind]?.(object as never) ?? [];
