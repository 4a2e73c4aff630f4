// Changing an object: registry.Store.Update with rest.BeforeUpdate around it.
import type { KubeObject } from '../../api/objects.ts';
import { equalJson } from '../equality.ts';
import { invalidStatus } from '../../api/messages.ts';
import { notFound } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import type { Result } from '../types.ts';
import type { Attributes, ServerContext, StoredResource, WriteOptions } from './context.ts';
import { createObject } from './create.ts';
import { finishDeletion } from './delete.ts';
import { keepSystemFields, withMeta } from './metadata.ts';
import { checkPreconditions } from './preconditions.ts';
import { trackChange } from './tracking.ts';
import { isCreatedOnUpdate, prepareForUpdate } from './strategy.ts';

/** Makes the next state out of the present one, or says why it cannot. */
export type Transform = (current: AnyStored) => Result<KubeObject>;

export interface UpdateRequest {
  readonly info: StoredResource;
  readonly namespace: string;
  readonly name: string;
  /** '' for the object itself, `status`, `scale`, `ephemeralcontainers`, `resize`. */
  readonly subresource: string;
  readonly transform: Transform;
  /** What the subresource may change and how it is judged; the rules of a plain update when absent. */
  readonly strategy?: UpdateStrategy | undefined;
  /** What to create when a plain update finds nothing; kinds that allow it only. */
  readonly orCreate?: KubeObject | undefined;
}

export interface UpdateStrategy {
  prepare(object: AnyStored, old: AnyStored): AnyStored;
  validate(
    object: AnyStored,
    old: AnyStored,
  ): ReturnType<ServerContext['schema']['validateUpdate']>;
}

/**
 * Changes an object. A resourceVersion in the new state must be the stored one; a change that changes nothing writes
 * nothing; an object whose last finalizer goes while it is being deleted is removed.
 */
export function updateObject(
  context: ServerContext,
  request: UpdateRequest,
  options: WriteOptions,
): Result<AnyStored> {
  const { info, namespace, name } = request;
  const old = context.store.get(info.modelled, namespace, name);
  if (old === undefined) {
    if (request.orCreate !== undefined && isCreatedOnUpdate(info.modelled)) {
      return createObject(context, info, request.orCreate, options);
    }
    return { ok: false, status: notFound(info, name) };
  }
  const transformed = request.transform(old);
  if (!transformed.ok) return transformed;
  const attributes: Attributes = {
    operation: 'UPDATE',
    info,
    subresource: request.subresource,
    namespace,
    name,
    object: context.schema.setDefaults(info.modelled, transformed.object),
    old,
    options,
  };
  const admitted = context.admission.admit(context, attributes);
  if (!admitted.ok) return admitted;
  return storeNext(context, request, { ...attributes, object: admitted.object }, old);
}

function storeNext(
  context: ServerContext,
  request: UpdateRequest,
  attributes: Attributes,
  old: AnyStored,
): Result<AnyStored> {
  const { info, name, options } = attributes;
  const kind = info.modelled;
  const given = attributes.object as KubeObject;
  const clash = checkPreconditions(info, given, old);
  if (clash !== undefined) return { ok: false, status: clash };
  const allocated = context.services.allocate(context, keepSystemFields(given, old), old);
  if (!allocated.ok) return allocated;
  const strategy = request.strategy ?? {
    prepare: (object, before) =>
      context.schema.normalise(kind, prepareForUpdate(kind, object, before)),
    validate: (object, before) => context.schema.validateUpdate(kind, object, before),
  };
  const prepared = strategy.prepare(allocated.object.object, old);
  const object = withMeta(prepared, {
    resourceVersion: old.metadata.resourceVersion,
    ...(options.isTracked === true ? {} : { managedFields: old.metadata.managedFields }),
  });
  const causes = strategy.validate(object, old);
  if (causes.length > 0) {
    return { ok: false, status: invalidStatus(info.kind, info.group, name, causes) };
  }
  options.warnings.push(...context.schema.warnings(kind, object, old));
  const refused = context.admission.validate(context, { ...attributes, object });
  if (refused !== undefined) return { ok: false, status: refused };
  if (equalJson(object, old)) return { ok: true, object: old };
  const { subresource } = request;
  const tracked = trackChange(context, kind, { object, old, subresource }, options);
  if (options.dryRun) return { ok: true, object: tracked };
  allocated.object.commit();
  const last = finishDeletion(context, info, tracked);
  return { ok: true, object: last ?? context.store.put(kind, tracked) };
}
