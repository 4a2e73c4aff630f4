// The status subresource: replaces status, leaves everything else. Kubelets write here all the time, so it does no more
// than it must.
import { invalidStatus } from '../../api/messages.ts';
import type { KubeObject } from '../../api/objects.ts';
import { equalJson } from '../equality.ts';
import { noSuchPath, notFound } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import type { Result } from '../types.ts';
import type { ServerContext, StoredResource, WriteOptions } from './context.ts';
import { finishDeletion } from './delete.ts';
import { withMeta } from './metadata.ts';
import { checkPreconditions } from './preconditions.ts';
import { hasStatusSubresource } from './strategy.ts';
import { trackChange } from './tracking.ts';
import type { Transform } from './update.ts';

/** Replaces an object's status with that of the one given. */
export function updateStatus(
  context: ServerContext,
  info: StoredResource,
  next: KubeObject,
  options: WriteOptions,
): Result<AnyStored> {
  const target = { namespace: next.metadata?.namespace ?? '', name: next.metadata?.name ?? '' };
  return changeStatus(context, info, target, () => ({ ok: true, object: next }), options);
}

/** Changes an object's status by a function of its present state (a patch of the status subresource). */
export function changeStatus(
  context: ServerContext,
  info: StoredResource,
  target: { readonly namespace: string; readonly name: string },
  transform: Transform,
  options: WriteOptions,
): Result<AnyStored> {
  const kind = info.modelled;
  if (!hasStatusSubresource(kind)) return { ok: false, status: noSuchPath() };
  const { namespace, name } = target;
  const old = context.store.get(kind, namespace, name);
  if (old === undefined) return { ok: false, status: notFound(info, name) };
  const transformed = transform(old);
  if (!transformed.ok) return transformed;
  const given = transformed.object;
  const clash = checkPreconditions(info, given, old);
  if (clash !== undefined) return { ok: false, status: clash };
  const part = { metadata: old.metadata, status: withFixedFields(info, given.status, old.status) };
  const { status } = context.schema.normalise(kind, part);
  const { managedFields } = given.metadata ?? {};
  const kept = withStatusMetadata(info, given, old);
  const object: AnyStored = {
    ...(options.isTracked === true ? withMeta(kept, { managedFields }) : kept),
    status,
  };
  const errors = context.schema.validateStatusUpdate(kind, object, old);
  if (errors.length > 0) {
    return { ok: false, status: invalidStatus(info.kind, info.group, name, errors) };
  }
  const isSame = equalJson(status, old.status) && equalJson(kept.metadata, old.metadata);
  if (isSame && options.isTracked !== true) return { ok: true, object: old };
  const tracked = trackChange(context, kind, { object, old, subresource: 'status' }, options);
  if (options.dryRun) return { ok: true, object: tracked };
  const last = finishDeletion(context, info, tracked);
  return { ok: true, object: last ?? context.store.put(kind, tracked) };
}

/**
 * Metadata that the subresource lets through: a Deployment's annotations, by which its controller notes the revision
 * without a new generation. Objects that were not read before they were written change none.
 */
function withStatusMetadata(info: StoredResource, given: KubeObject, old: AnyStored): AnyStored {
  const { annotations, resourceVersion = '' } = given.metadata ?? {};
  if (info.modelled !== 'Deployment' || resourceVersion === '') return old;
  return withMeta(old, { annotations });
}

/** A Pod's QoS class is the server's and never changes. */
function withFixedFields(info: StoredResource, status: unknown, old: unknown): unknown {
  if (info.modelled !== 'Pod') return status;
  return { ...(status as object), qosClass: (old as { qosClass?: string }).qosClass };
}
