// What the store holds: objects, compact records that become objects when read, and changes of both.
import type { Kind, KubeObject, StoredMeta } from '../../api/objects.ts';
import type { StoreIndex } from '../types.ts';

/** Any object of the store. */
export type AnyStored = KubeObject & {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: StoredMeta;
};

/** An object that is kept small and written out only when somebody reads it (Events). */
export abstract class CompactObject {
  abstract readonly namespace: string;
  abstract readonly name: string;
  abstract expand(): AnyStored;
}

export type StoreEntry = AnyStored | CompactObject;

/** One change of one object. `object` of a deletion is the last state with the revision of the deletion. */
export interface Change {
  readonly kind: Kind;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: StoreEntry;
  readonly old: StoreEntry | undefined;
  readonly revision: number;
}

/** Writes a compact entry out; any other is the object already. */
export function expand(entry: StoreEntry): AnyStored {
  return entry instanceof CompactObject ? entry.expand() : entry;
}

/** The uid of the owner that controls the object, or undefined. */
export function controllerUid(object: KubeObject): string | undefined {
  return object.metadata?.ownerReferences?.find((owner) => owner.controller === true)?.uid;
}

/** Pods that nobody controls are found by their namespace, for controllers that look for Pods to adopt. */
function orphanKey(kind: Kind, object: KubeObject): string | undefined {
  return kind === 'Pod' ? `/${object.metadata?.namespace ?? ''}` : undefined;
}

/** An object's key in an index (see StoreIndex): '' is a key too, undefined means not indexed. */
export function indexKey(index: StoreIndex, kind: Kind, entry: StoreEntry): string | undefined {
  if (entry instanceof CompactObject) return undefined;
  if (index === 'byOwner') return controllerUid(entry) ?? orphanKey(kind, entry);
  if (kind !== 'Pod') return undefined;
  return (entry.spec as { nodeName?: string } | undefined)?.nodeName ?? '';
}
