// What every controller is given, and the small things that all of them do.
import type { Client, EventRecorder, StoreEvent } from '../../apiserver/types.ts';
import type { OwnerReference } from '../../api/generated/types.ts';
import type { Kind, KubeObject, StoredOf } from '../../api/objects.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Random } from '../../runtime/random.ts';

export interface ControllerContext {
  readonly clock: Clock;
  readonly client: Client;
  /** A recorder that speaks as the named component (`replicaset-controller`). */
  readonly recorder: (component: string) => EventRecorder;
  /** A stream of chance of one's own. */
  readonly random: (component: string) => Random;
}

export interface Controller {
  /** Begins to watch; what is there already counts as just added. */
  start(): void;
}

/** From a change to the controller's work on it, as recorded on an idle cluster. */
export const reactionMs = 10;

export const keyOf = (object: KubeObject): string =>
  `${object.metadata?.namespace ?? ''}/${object.metadata?.name ?? ''}`;

/** The two parts of a key. */
export function splitKey(key: string): { readonly namespace: string; readonly name: string } {
  const slash = key.indexOf('/');
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** The owner that manages an object, if it has one. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata?.ownerReferences?.find(({ controller }) => controller === true);
}

/** The reference that makes `owner` the managing owner of an object. */
export function controllerReference(owner: KubeObject): OwnerReference {
  return {
    apiVersion: owner.apiVersion ?? '',
    kind: owner.kind ?? '',
    name: owner.metadata?.name ?? '',
    uid: owner.metadata?.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Watches a kind, and hears of what exists already as of something added. */
export function follow<K extends Kind>(
  client: Client,
  kind: K,
  handler: (event: StoreEvent<K>) => void,
): void {
  for (const object of client.list(kind)) handler({ type: 'ADDED', object, old: undefined });
  client.watch(kind, handler);
}

/** Tells a queue about the owner of each Pod (or other child) that changes, before and after the change. */
export function notifyOwner<K extends Kind>(
  { object, old }: StoreEvent<K>,
  ownerKind: string,
  notify: (key: string) => void,
): void {
  for (const version of [object, old]) {
    const owner = version && controllerOf(version as unknown as KubeObject);
    if (owner?.kind === ownerKind) notify(`${version?.metadata.namespace ?? ''}/${owner.name}`);
  }
}

export type StoredPod = StoredOf<'Pod'>;

export const isActive = (pod: StoredPod): boolean =>
  pod.status.phase !== 'Succeeded' &&
  pod.status.phase !== 'Failed' &&
  pod.metadata.deletionTimestamp === undefined;

export const conditionOf = (pod: StoredPod, type: string) =>
  (pod.status.conditions ?? []).find((condition) => condition.type === type);

export const isReady = (pod: StoredPod): boolean => conditionOf(pod, 'Ready')?.status === 'True';
