// The metadata that only the API server writes: uid, timestamps, generation, generated names.
import type { KubeObject } from '../../api/objects.ts';
import type { ObjectMeta } from '../../api/generated/types.ts';
import { formatTime } from '../../runtime/time.ts';
import type { AnyStored } from '../store/entry.ts';
import type { ServerContext } from './context.ts';

/** Longest prefix of a generated name: 63 characters less the suffix (apiserver/pkg/storage/names). */
const maxGeneratedNameBase = 58;

/** An object with some of its metadata replaced; undefined removes a field. */
export function withMeta<T extends KubeObject>(object: T, change: Partial<ObjectMeta>): T {
  const metadata: Record<string, unknown> = { ...object.metadata, ...change };
  for (const field in change) {
    if (metadata[field] === undefined) Reflect.deleteProperty(metadata, field);
  }
  return { ...object, metadata };
}

/** A name for an object that has only `generateName`. */
export function generateName(context: ServerContext, base: string): string {
  return base.slice(0, maxGeneratedNameBase) + context.names.suffix();
}

/** rest.FillObjectMetaSystemFields, and what BeforeCreate clears. */
export function fillSystemFields(context: ServerContext, object: KubeObject): AnyStored {
  return withMeta(object, {
    uid: context.uids.uuid(),
    creationTimestamp: formatTime(context.clock.nowMs()),
    deletionTimestamp: undefined,
    deletionGracePeriodSeconds: undefined,
    resourceVersion: undefined,
    selfLink: undefined,
  }) as AnyStored;
}

/** Metadata that an update cannot change keeps its old value (rest.BeforeUpdate). */
export function keepSystemFields(object: KubeObject, old: AnyStored): AnyStored {
  const meta = object.metadata ?? {};
  return withMeta(object, {
    name: old.metadata.name,
    namespace: old.metadata.namespace,
    uid: meta.uid ?? old.metadata.uid,
    creationTimestamp: meta.creationTimestamp ?? old.metadata.creationTimestamp,
    deletionTimestamp: meta.deletionTimestamp ?? old.metadata.deletionTimestamp,
    deletionGracePeriodSeconds:
      meta.deletionGracePeriodSeconds ?? old.metadata.deletionGracePeriodSeconds,
    generation: old.metadata.generation,
    generateName: meta.generateName ?? old.metadata.generateName,
    selfLink: undefined,
  }) as AnyStored;
}
