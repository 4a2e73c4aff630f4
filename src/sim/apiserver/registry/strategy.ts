// What differs between kinds when objects are created, changed and deleted: the strategies of pkg/registry.
import type { Kind, KubeObject } from '../../api/objects.ts';
import type { Pod } from '../../api/generated/types.ts';
import { equalJson } from '../equality.ts';
import type { AnyStored } from '../store/entry.ts';
import type { DeleteOptions } from '../types.ts';
import { withGeneratedSelector } from './job-strategy.ts';
import { withMeta } from './metadata.ts';
import { initialPodStatus } from './pod-strategy.ts';

/** Status as the server writes it into a new object; kinds that are not here keep what they were created with. */
const initialStatus: Partial<Record<Kind, (object: AnyStored) => unknown>> = {
  Pod: (pod) => initialPodStatus(pod as unknown as Pod, pod.metadata.creationTimestamp),
  Namespace: () => ({ phase: 'Active' }),
  Service: () => ({ loadBalancer: {} }),
  PersistentVolume: () => ({ phase: 'Pending' }),
  PersistentVolumeClaim: () => ({ phase: 'Pending' }),
  ResourceQuota: () => ({}),
  ReplicaSet: () => ({}),
  Deployment: () => ({}),
  StatefulSet: () => ({}),
  DaemonSet: () => ({}),
  Job: () => ({}),
  CronJob: () => ({}),
  PodDisruptionBudget: () => ({}),
  HorizontalPodAutoscaler: () => ({}),
};

/** Kinds whose generation counts changes of spec. */
const generationOfSpec: readonly Kind[] = [
  'Pod',
  'ReplicaSet',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'PodDisruptionBudget',
];

const hasGeneration: ReadonlySet<Kind> = new Set<Kind>([
  ...generationOfSpec,
  'EndpointSlice',
  'PriorityClass',
]);

/** Kinds with a status subresource: a plain update leaves status alone. */
const hasStatus: ReadonlySet<Kind> = new Set<Kind>([
  ...(Object.keys(initialStatus) as Kind[]),
  'Node',
]);

/** Kinds whose update must name a resourceVersion (AllowUnconditionalUpdate is false). */
const conditionalUpdate: ReadonlySet<Kind> = new Set<Kind>(['Lease', 'PodDisruptionBudget']);

/** Kinds that an update of a missing name creates (AllowCreateOnUpdate is true). */
const createdOnUpdate: ReadonlySet<Kind> = new Set<Kind>([
  'Endpoints',
  'Event',
  'Lease',
  'LimitRange',
  'Service',
]);

const templateGeneration = 'deprecated.daemonset.template.generation';

/** PrepareForCreate. */
export function prepareForCreate(kind: Kind, object: AnyStored): AnyStored {
  const status = initialStatus[kind];
  let prepared: AnyStored = status === undefined ? object : { ...object, status: status(object) };
  if (hasGeneration.has(kind)) prepared = withMeta(prepared, { generation: 1 });
  if (kind === 'Namespace') return prepareNamespace(prepared);
  if (kind === 'DaemonSet') return withTemplateGeneration(prepared, 1);
  if (kind === 'Job') return withGeneratedSelector(prepared);
  return prepared;
}

function prepareNamespace(object: AnyStored): AnyStored {
  const spec = (object.spec ?? {}) as { finalizers?: readonly string[] };
  const finalizers = spec.finalizers ?? [];
  return {
    ...object,
    spec: {
      ...spec,
      finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'],
    },
  };
}

/** An object with the annotation in which DaemonSets of apps/v1 keep a counter of an older API. */
export function withTemplateGeneration<T extends KubeObject>(object: T, generation: number): T {
  return withMeta(object, {
    annotations: { ...object.metadata?.annotations, [templateGeneration]: String(generation) },
  });
}

/** PrepareForUpdate of a plain update: what it may not touch, and the generation. */
export function prepareForUpdate(kind: Kind, object: AnyStored, old: AnyStored): AnyStored {
  let prepared: AnyStored = hasStatus.has(kind) ? { ...object, status: old.status } : object;
  if (kind === 'Namespace') {
    const finalizers = (old.spec as { finalizers?: readonly string[] }).finalizers;
    prepared = { ...prepared, spec: { ...(prepared.spec as object), finalizers } };
  }
  if (kind === 'DaemonSet') prepared = prepareDaemonSet(prepared, old);
  if (!hasGeneration.has(kind) || !bumpsGeneration(kind, prepared, old)) return prepared;
  return withMeta(prepared, { generation: (old.metadata.generation ?? 0) + 1 });
}

function prepareDaemonSet(object: AnyStored, old: AnyStored): AnyStored {
  const generation = Number(old.metadata.annotations?.[templateGeneration] ?? '1');
  const template = (set: AnyStored): unknown => (set.spec as { template?: unknown }).template;
  const changed = !equalJson(template(object), template(old));
  return withTemplateGeneration(object, changed ? generation + 1 : generation);
}

function bumpsGeneration(kind: Kind, object: AnyStored, old: AnyStored): boolean {
  if (kind === 'PriorityClass') return false;
  if (kind === 'EndpointSlice') {
    return (
      !equalJson({ ...object, metadata: undefined }, { ...old, metadata: undefined }) ||
      !equalJson(object.metadata.labels, old.metadata.labels)
    );
  }
  if (!equalJson(object.spec, old.spec)) return true;
  return kind === 'Deployment' && !equalJson(object.metadata.annotations, old.metadata.annotations);
}

export function isUnconditionalUpdateAllowed(kind: Kind): boolean {
  return !conditionalUpdate.has(kind);
}

export function isCreatedOnUpdate(kind: Kind): boolean {
  return createdOnUpdate.has(kind);
}

export function hasStatusSubresource(kind: Kind): boolean {
  return hasStatus.has(kind);
}

/** What happens to dependents when the request does not say (DefaultGarbageCollectionPolicy). */
export function defaultPropagation(kind: Kind): 'Background' | 'Orphan' | 'Unsupported' {
  if (kind === 'Event') return 'Unsupported';
  return kind === 'Job' ? 'Orphan' : 'Background';
}

/**
 * The grace period in seconds with which an object goes, or undefined when its kind goes at once
 * (pkg/registry/core/pod/strategy.go CheckGracefulDelete; Pods alone have one).
 */
export function gracePeriodOf(
  kind: Kind,
  object: AnyStored,
  options: DeleteOptions,
): number | undefined {
  if (kind !== 'Pod') return undefined;
  const { spec, status } = object as unknown as Pod;
  const ended = status?.phase === 'Failed' || status?.phase === 'Succeeded';
  if (spec?.nodeName === undefined || spec.nodeName === '' || ended) return 0;
  const period = options.gracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 0;
  return period < 0 ? 1 : period;
}
