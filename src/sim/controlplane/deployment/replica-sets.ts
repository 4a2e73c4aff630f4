// The ReplicaSets of a Deployment: finding, making, scaling them, and their revisions (pkg/controller/deployment).
import type { KubeObject, StoredOf } from '../../api/objects.ts';
import type { Client, EventRecorder } from '../../apiserver/types.ts';
import { fenceposts } from './arithmetic.ts';
import { controllerReference } from '../shared/controller.ts';
import { sameTemplate, templateHash, templateHashLabel } from './template-hash.ts';

export type Deployment = StoredOf<'Deployment'>;
export type ReplicaSet = StoredOf<'ReplicaSet'>;

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxAnnotation = 'deployment.kubernetes.io/max-replicas';
const historyAnnotation = 'deployment.kubernetes.io/revision-history';
/** Not copied from Deployment to ReplicaSet. */
const ownAnnotations = [
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  historyAnnotation,
  desiredAnnotation,
  maxAnnotation,
  'deprecated.deployment.rollback.to',
];

export const revisionOf = (object: KubeObject): number =>
  Number(object.metadata?.annotations?.[revisionAnnotation] ?? 0);

export const replicasOf = (set: ReplicaSet): number => set.spec.replicas ?? 0;

export interface DeploymentParts {
  readonly client: Client;
  readonly recorder: EventRecorder;
}

/** The ReplicaSets a Deployment owns, oldest first. */
export function ownedSets(client: Client, deployment: Deployment): readonly ReplicaSet[] {
  return [
    ...client.list('ReplicaSet', { by: { index: 'byOwner', key: deployment.metadata.uid } }),
  ].sort((a, b) => {
    if (a.metadata.creationTimestamp !== b.metadata.creationTimestamp) {
      return a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1;
    }
    return a.metadata.name < b.metadata.name ? -1 : 1;
  });
}

/** The set that has the Deployment's template now, if there is one. */
export function newSetOf(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
): ReplicaSet | undefined {
  return sets.find((set) => sameTemplate(set.spec.template ?? {}, deployment.spec.template));
}

function setAnnotations(
  deployment: Deployment,
  revision: number,
): Readonly<Record<string, string>> {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([key]) => !ownAnnotations.includes(key),
  );
  const replicas = deployment.spec.replicas ?? 1;
  return {
    ...Object.fromEntries(copied),
    [desiredAnnotation]: String(replicas),
    [maxAnnotation]: String(replicas + fenceposts(deployment.spec).maxSurge),
    [revisionAnnotation]: String(revision),
  };
}

/** Creates the set for the Deployment's template with so many replicas; undefined when that was refused. */
export function createSet(
  { client, recorder }: DeploymentParts,
  deployment: Deployment,
  replicas: number,
  revision: number,
): ReplicaSet | { readonly error: string } {
  const { template, selector } = deployment.spec;
  const hash = templateHash(template, deployment.status.collisionCount);
  const name = `${deployment.metadata.name}-${hash}`;
  const labels = { ...template.metadata?.labels, [templateHashLabel]: hash };
  const created = client.create('ReplicaSet', {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: setAnnotations(deployment, revision),
      ownerReferences: [controllerReference(deployment as unknown as KubeObject)],
    },
    spec: {
      replicas,
      ...(deployment.spec.minReadySeconds
        ? { minReadySeconds: deployment.spec.minReadySeconds }
        : {}),
      selector: {
        ...selector,
        matchLabels: { ...selector.matchLabels, [templateHashLabel]: hash },
      },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  });
  if (!created.ok) {
    const error = created.status.message ?? '';
    recorder.event(
      deployment as unknown as KubeObject,
      'Warning',
      'ReplicaSetCreateError',
      `Failed to create new replica set "${name}": ${error}`,
    );
    return { error };
  }
  if (replicas > 0) recordScaling(recorder, deployment, created.object, 0, replicas);
  return created.object;
}

function recordScaling(
  recorder: EventRecorder,
  deployment: Deployment,
  set: ReplicaSet,
  from: number,
  to: number,
): void {
  const direction = to > from ? 'up' : 'down';
  const text = `Scaled ${direction} replica set ${set.metadata.name} from ${from} to ${to}`;
  recorder.event(deployment as unknown as KubeObject, 'Normal', 'ScalingReplicaSet', text);
}

/** Gives a set another number of replicas. Returns it as it is afterwards. */
export function scaleSet(
  { client, recorder }: DeploymentParts,
  deployment: Deployment,
  set: ReplicaSet,
  replicas: number,
): ReplicaSet {
  const annotations = {
    ...set.metadata.annotations,
    ...setAnnotations(deployment, revisionOf(set as unknown as KubeObject)),
  };
  const before = replicasOf(set);
  const sizesAreKnown =
    set.metadata.annotations?.[desiredAnnotation] === annotations[desiredAnnotation] &&
    set.metadata.annotations?.[maxAnnotation] === annotations[maxAnnotation];
  if (before === replicas && sizesAreKnown) return set;
  const updated = client.update('ReplicaSet', {
    ...set,
    metadata: { ...set.metadata, annotations },
    spec: { ...set.spec, replicas },
  });
  if (!updated.ok) return set;
  if (before !== replicas) recordScaling(recorder, deployment, updated.object, before, replicas);
  return updated.object;
}

/** Marks the set as the given revision; the one it had before goes into its history. */
export function setRevision(
  client: Client,
  deployment: Deployment,
  set: ReplicaSet,
  revision: number,
): ReplicaSet {
  const before = set.metadata.annotations?.[revisionAnnotation];
  if (before === String(revision)) return set;
  const history = set.metadata.annotations?.[historyAnnotation];
  const annotations: Record<string, string> = {
    ...set.metadata.annotations,
    ...setAnnotations(deployment, revision),
    ...(before === undefined
      ? {}
      : { [historyAnnotation]: history ? `${history},${before}` : before }),
  };
  const updated = client.update('ReplicaSet', {
    ...set,
    metadata: { ...set.metadata, annotations },
  });
  return updated.ok ? updated.object : set;
}
