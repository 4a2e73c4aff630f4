// The defaults of every stored kind in one place. Pure: the object in, the object with its defaults out.
import type { Pod, PodSpec, PriorityClass } from '../generated/types.ts';
import type { Kind, KubeObject } from '../objects.ts';
import {
  defaultClaim,
  defaultEndpoints,
  defaultEndpointSlice,
  defaultLimitRange,
  defaultNamespace,
  defaultNode,
  defaultSecret,
  defaultService,
  defaultStorageClass,
  defaultVolume,
} from './core.ts';
import { defaultPodSpec } from './pod.ts';
import {
  defaultAutoscaler,
  defaultCronJob,
  defaultDaemonSet,
  defaultDeployment,
  defaultJob,
  defaultReplicaSet,
  defaultStatefulSet,
} from './workloads.ts';

/** A Pod without a spec has an empty one, as Go's struct has. */
const defaultPod = (given: Pod): Pod => ({
  ...given,
  spec: defaultPodSpec(given.spec ?? ({} as PodSpec), { isPod: true }),
});

const defaultPriorityClass = (given: PriorityClass): PriorityClass => ({
  ...given,
  preemptionPolicy: given.preemptionPolicy ?? 'PreemptLowerPriority',
});

type Defaulting = (given: never) => object;

const byKind: Partial<Record<Kind, Defaulting>> = {
  Pod: defaultPod,
  Service: defaultService,
  Secret: defaultSecret,
  Namespace: defaultNamespace,
  Node: defaultNode,
  PersistentVolumeClaim: defaultClaim,
  PersistentVolume: defaultVolume,
  StorageClass: defaultStorageClass,
  Endpoints: defaultEndpoints,
  EndpointSlice: defaultEndpointSlice,
  LimitRange: defaultLimitRange,
  Deployment: defaultDeployment,
  ReplicaSet: defaultReplicaSet,
  StatefulSet: defaultStatefulSet,
  DaemonSet: defaultDaemonSet,
  Job: defaultJob,
  CronJob: defaultCronJob,
  HorizontalPodAutoscaler: defaultAutoscaler,
  PriorityClass: defaultPriorityClass,
};

/** Fills in what a v1.33 API server fills in on every write of a kind, before admission and validation. */
export function applyDefaults(kind: Kind, object: KubeObject): KubeObject {
  const fill = byKind[kind] as ((given: KubeObject) => KubeObject) | undefined;
  return fill === undefined ? object : fill(object);
}
