// The status subresource: replaces status, leaves everything else.
import type { KubeObject } from '../../api/objects.ts';
import { noSuchPath } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import type { Result } from '../types.ts';
import type { ServerContext, StoredResource, WriteOptions } from './context.ts';
import { hasStatusSubresource } from './strategy.ts';
import { updateObject } from './update.ts';
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
  if (!hasStatusSubresource(info.modelled)) return { ok: false, status: noSuchPath() };
  const strategy = {
    prepare: (object: AnyStored, old: AnyStored): AnyStored => {
      const status = withFixedFields(info, object.status, old.status);
      const part = context.schema.normalise(info.modelled, { metadata: old.metadata, status });
      return { ...old, status: part.status };
    },
    validate: (object: AnyStored, old: AnyStored) =>
      context.schema.validateStatusUpdate(info.modelled, object, old),
  };
  const request = { info, ...target, subresource: 'status', transform, strategy };
  return updateObject(context, request, options);
}

/** A Pod's QoS class is the server's and never changes. */
function withFixedFields(info: StoredResource, status: unknown, old: unknown): unknown {
  if (info.modelled !== 'Pod') return status;
  return { ...(status as object), qosClass: (old as { qosClass?: string }).qosClass };
}
