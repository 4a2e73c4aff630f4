// Deleting an object: registry.Store.Delete with rest.BeforeDelete, graceful deletion, finalizers.
import type { Kind } from '../../api/objects.ts';
import { formatTime, parseTime } from '../../runtime/time.ts';
import { equalJson } from '../equality.ts';
import { conflict, notFound } from '../status.ts';
import type { Status } from '../../api/generated/types.ts';
import type { AnyStored } from '../store/entry.ts';
import type { DeleteOptions, Result } from '../types.ts';
import type { ServerContext, StoredResource, WriteOptions } from './context.ts';
import { withMeta } from './metadata.ts';
import { defaultPropagation, gracePeriodOf } from './strategy.ts';

/** What became of the object: still there and marked, or gone. `object` is its last state. */
export interface Deletion {
  readonly object: AnyStored;
  readonly gone: boolean;
}

const orphanFinalizer = 'orphan';
const foregroundFinalizer = 'foregroundDeletion';

/** Deletes an object, or marks it as being deleted when it has a grace period or finalizers. */
export function deleteObject(
  context: ServerContext,
  info: StoredResource,
  target: { readonly namespace: string; readonly name: string },
  deleteOptions: DeleteOptions,
  options: WriteOptions,
): Result<Deletion> {
  const { namespace, name } = target;
  const kind = info.modelled;
  const object = context.store.get(kind, namespace, name);
  if (object === undefined) return { ok: false, status: notFound(info, name) };
  const clash = checkPreconditions(info, object, deleteOptions);
  if (clash !== undefined) return { ok: false, status: clash };
  const refused = context.admission.validate(context, {
    operation: 'DELETE',
    info,
    subresource: '',
    namespace,
    name,
    object: undefined,
    old: object,
    options,
  });
  if (refused !== undefined) return { ok: false, status: refused };
  if (kind === 'Namespace') return deleteNamespace(context, info, object, options);
  const grace = markGraceful(context, kind, object, deleteOptions);
  if (grace.kind === 'pending') return { ok: true, object: { object, gone: false } };
  const finalizers = finalizersAfter(kind, object, deleteOptions);
  let marked = withFinalizers(grace.object, finalizers);
  if (grace.kind === 'none' && finalizers.length > 0) marked = markAsDeleting(context, marked);
  const waits = finalizers.length > 0 || (grace.kind === 'graceful' && grace.seconds > 0);
  if (options.dryRun) return { ok: true, object: { object: marked, gone: !waits } };
  const changed = !equalJson(marked, object);
  // A Pod that goes without grace is written once more before it is removed, as the real server does.
  if (changed && (waits || grace.kind === 'graceful')) marked = context.store.put(kind, marked);
  if (waits) return { ok: true, object: { object: marked, gone: false } };
  return { ok: true, object: { object: removeObject(context, kind, marked), gone: true } };
}

/** Takes an object out of the store and gives back what it held. */
function removeObject(context: ServerContext, kind: Kind, object: AnyStored): AnyStored {
  const { namespace = '', name } = object.metadata;
  context.services.release(object);
  return context.store.remove(kind, namespace, name) ?? object;
}

/**
 * Removes an object that an update leaves without finalizers while it is being deleted
 * (ShouldDeleteDuringUpdate). @returns its last state, or undefined when it stays.
 */
export function finishDeletion(
  context: ServerContext,
  info: StoredResource,
  object: AnyStored,
): AnyStored | undefined {
  const { deletionTimestamp, deletionGracePeriodSeconds, finalizers = [] } = object.metadata;
  if (deletionTimestamp === undefined || finalizers.length > 0) return undefined;
  if ((deletionGracePeriodSeconds ?? 0) > 0) return undefined;
  if (info.modelled === 'Namespace') {
    const spec = object.spec as { finalizers?: readonly string[] } | undefined;
    if ((spec?.finalizers ?? []).length > 0) return undefined;
  }
  return removeObject(context, info.modelled, object);
}

function checkPreconditions(
  info: StoredResource,
  object: AnyStored,
  { preconditions }: DeleteOptions,
): Status | undefined {
  const { name, uid, resourceVersion } = object.metadata;
  if (preconditions?.uid !== undefined && preconditions.uid !== uid) {
    return conflict(
      info,
      name,
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  }
  const asked = preconditions?.resourceVersion;
  if (asked === undefined || asked === resourceVersion) return undefined;
  return conflict(
    info,
    name,
    `the ResourceVersion in the precondition (${asked}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
  );
}

type Grace =
  | { readonly kind: 'none' | 'pending'; readonly object: AnyStored }
  | { readonly kind: 'graceful'; readonly seconds: number; readonly object: AnyStored };

/** rest.BeforeDelete: a grace period that runs already can only become shorter. */
function markGraceful(
  context: ServerContext,
  kind: Kind,
  object: AnyStored,
  options: DeleteOptions,
): Grace {
  const { deletionTimestamp, deletionGracePeriodSeconds: running, generation } = object.metadata;
  if (deletionTimestamp !== undefined) {
    if (running === undefined || kind !== 'Pod') return { kind: 'none', object };
    const asked = options.gracePeriodSeconds;
    if (asked === undefined || asked >= running) return { kind: 'pending', object };
    const dueMs = (parseTime(deletionTimestamp) ?? 0) + (asked - running) * 1000;
    const shortened = withMeta(object, {
      deletionTimestamp: formatTime(dueMs),
      deletionGracePeriodSeconds: asked,
    });
    return { kind: 'graceful', seconds: asked, object: shortened };
  }
  const seconds = gracePeriodOf(kind, object, options);
  if (seconds === undefined) return { kind: 'none', object };
  const marked = withMeta(object, {
    deletionTimestamp: formatTime(context.clock.nowMs() + seconds * 1000),
    deletionGracePeriodSeconds: seconds,
    generation: generation === undefined ? undefined : generation + 1,
  });
  return { kind: 'graceful', seconds, object: marked };
}

/** deletionFinalizersForGarbageCollection. */
function finalizersAfter(kind: Kind, object: AnyStored, options: DeleteOptions): readonly string[] {
  const present = object.metadata.finalizers ?? [];
  const others = present.filter((name) => name !== orphanFinalizer && name !== foregroundFinalizer);
  const fallback = defaultPropagation(kind);
  if (fallback === 'Unsupported') return present;
  if (options.propagationPolicy === 'Orphan') return [...others, orphanFinalizer];
  if (options.propagationPolicy === 'Foreground') return [...others, foregroundFinalizer];
  if (options.propagationPolicy === 'Background') return others;
  if (present.includes(orphanFinalizer)) return [...others, orphanFinalizer];
  if (present.includes(foregroundFinalizer)) return [...others, foregroundFinalizer];
  return fallback === 'Orphan' ? [...others, orphanFinalizer] : others;
}

function withFinalizers(object: AnyStored, finalizers: readonly string[]): AnyStored {
  const present = object.metadata.finalizers ?? [];
  const same =
    present.length === finalizers.length && present.every((name, i) => name === finalizers[i]);
  if (same) return object;
  return withMeta(object, { finalizers: finalizers.length === 0 ? undefined : finalizers });
}

function markAsDeleting(context: ServerContext, object: AnyStored): AnyStored {
  const { deletionTimestamp, generation } = object.metadata;
  const isNew = deletionTimestamp === undefined;
  return withMeta(object, {
    deletionTimestamp: deletionTimestamp ?? formatTime(context.clock.nowMs()),
    deletionGracePeriodSeconds: 0,
    generation: isNew && generation !== undefined ? generation + 1 : generation,
  });
}

/** Namespaces stay, in phase Terminating, until their content is gone (core/namespace/storage). */
function deleteNamespace(
  context: ServerContext,
  info: StoredResource,
  object: AnyStored,
  options: WriteOptions,
): Result<Deletion> {
  const spec = object.spec as { finalizers?: readonly string[] } | undefined;
  if (object.metadata.deletionTimestamp === undefined) {
    const marked: AnyStored = {
      ...withMeta(object, { deletionTimestamp: formatTime(context.clock.nowMs()) }),
      status: { ...(object.status as object), phase: 'Terminating' },
    };
    const next = options.dryRun ? marked : context.store.put('Namespace', marked);
    return { ok: true, object: { object: next, gone: false } };
  }
  if ((spec?.finalizers ?? []).length > 0) {
    const why =
      'The system is ensuring all content is removed from this namespace.  Upon completion, this namespace will automatically be purged by the system.';
    return { ok: false, status: conflict(info, object.metadata.name, why) };
  }
  if (options.dryRun) return { ok: true, object: { object, gone: true } };
  return { ok: true, object: { object: removeObject(context, 'Namespace', object), gone: true } };
}
