// The kinds that the simulated cluster stores, and the shape an object has once the API server has accepted it.
import type {
  ConfigMap,
  ControllerRevision,
  CronJob,
  DaemonSet,
  Deployment,
  EndpointSlice,
  Endpoints,
  HorizontalPodAutoscaler,
  Job,
  KubeEvent,
  Lease,
  LimitRange,
  Namespace,
  Node,
  ObjectMeta,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  PriorityClass,
  ReplicaSet,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
  StatefulSet,
  StorageClass,
} from './generated/types.ts';

/** Any object of the API, as plain JSON. */
export interface KubeObject {
  readonly apiVersion?: string | undefined;
  readonly kind?: string | undefined;
  readonly metadata?: ObjectMeta | undefined;
  readonly [field: string]: unknown;
}

/** Metadata of an object in the store. `namespace` is '' for kinds that have none. */
export interface StoredMeta extends ObjectMeta {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly creationTimestamp: string;
}

/** An object as the store holds it: defaulted, validated, never changed in place. */
export type Stored<T> = {
  readonly [
    Field in keyof T as Field extends 'apiVersion' | 'kind' | 'metadata' | 'spec' | 'status'
      ? never
      : Field
  ]: T[Field];
} & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: StoredMeta;
} & (T extends { readonly spec?: infer Spec } ? { readonly spec: NonNullable<Spec> } : unknown) &
  (T extends { readonly status?: infer Status }
    ? { readonly status: NonNullable<Status> }
    : unknown);

/** Every stored kind by its name in the API. */
export interface Kinds {
  Pod: Pod;
  Node: Node;
  Namespace: Namespace;
  Event: KubeEvent;
  Service: Service;
  Endpoints: Endpoints;
  EndpointSlice: EndpointSlice;
  ConfigMap: ConfigMap;
  Secret: Secret;
  ServiceAccount: ServiceAccount;
  PersistentVolume: PersistentVolume;
  PersistentVolumeClaim: PersistentVolumeClaim;
  LimitRange: LimitRange;
  ResourceQuota: ResourceQuota;
  ReplicaSet: ReplicaSet;
  Deployment: Deployment;
  StatefulSet: StatefulSet;
  DaemonSet: DaemonSet;
  Job: Job;
  CronJob: CronJob;
  ControllerRevision: ControllerRevision;
  PodDisruptionBudget: PodDisruptionBudget;
  PriorityClass: PriorityClass;
  Lease: Lease;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  StorageClass: StorageClass;
}

export type Kind = keyof Kinds;
export type StoredOf<K extends Kind> = Stored<Kinds[K]>;
