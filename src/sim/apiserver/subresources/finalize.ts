// namespaces/NAME/finalize: how the namespace controller says that a namespace is empty.
import type { KubeObject } from '../../api/objects.ts';
import type { ServerContext, StoredResource, WriteOptions } from '../registry/context.ts';
import { finishDeletion } from '../registry/delete.ts';
import { notFound } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import type { Result } from '../types.ts';

/** Replaces `spec.finalizers`; a namespace that is being deleted and has none left is removed. */
export function finalizeNamespace(
  context: ServerContext,
  info: StoredResource,
  name: string,
  body: unknown,
  options: WriteOptions,
): Result<AnyStored> {
  const stored = context.store.get('Namespace', '', name);
  if (stored === undefined) return { ok: false, status: notFound(info, name) };
  const given = (typeof body === 'object' && body !== null ? body : {}) as KubeObject;
  const finalizers =
    (given.spec as { finalizers?: readonly string[] } | undefined)?.finalizers ?? [];
  const next: AnyStored = {
    ...stored,
    spec: {
      ...(stored.spec as object),
      finalizers: finalizers.length === 0 ? undefined : finalizers,
    },
  };
  if (options.dryRun) return { ok: true, object: next };
  return {
    ok: true,
    object: finishDeletion(context, info, next) ?? context.store.put('Namespace', next),
  };
}
