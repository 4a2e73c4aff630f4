// Creating an object: registry.Store.Create with rest.BeforeCreate around it.
import type { Status } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import { invalidStatus } from '../../api/messages.ts';
import { alreadyExists, failure } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import type { Result } from '../types.ts';
import type { Attributes, ServerContext, StoredResource, WriteOptions } from './context.ts';
import { fillSystemFields, generateName, withMeta } from './metadata.ts';
import { prepareForCreate } from './strategy.ts';
import { trackNew } from './tracking.ts';

/** How often a generated name that is taken is drawn anew (RetryGenerateName, on since v1.32). */
const maxNameAttempts = 8;

/**
 * Creates an object that is decoded and whose namespace is that of the request.
 * @returns the stored object, or the refusal: of admission, of validation, or because the name is taken.
 */
export function createObject(
  context: ServerContext,
  info: StoredResource,
  given: KubeObject,
  options: WriteOptions,
): Result<AnyStored> {
  const attributes: Attributes = {
    operation: 'CREATE',
    info,
    subresource: '',
    namespace: given.metadata?.namespace ?? '',
    name: given.metadata?.name ?? '',
    object: trackNew(context, info.modelled, complete(context, info, given), options),
    old: undefined,
    options,
  };
  const admitted = context.admission.admit(context, attributes);
  if (!admitted.ok) return admitted;
  const base = given.metadata?.generateName ?? '';
  if (base === '' || attributes.name !== '') {
    return storeNew(context, { ...attributes, object: admitted.object });
  }
  for (let attempt = 1; ; attempt += 1) {
    const name = generateName(context, base);
    const object = withMeta(admitted.object, { name });
    const result = storeNew(context, { ...attributes, name, object });
    if (result.ok || result.status.reason !== 'AlreadyExists') return result;
    if (attempt === maxNameAttempts) return { ok: false, status: notUnique(result.status) };
  }
}

/** An object as the API's types hold it: defaults filled in, empty values in their canonical form. */
function complete(context: ServerContext, info: StoredResource, given: KubeObject): KubeObject {
  const { schema } = context;
  return schema.normalise(info.modelled, schema.setDefaults(info.modelled, given));
}

/** AlreadyExists, which says so when the object is on its way out (registry.Store.create). */
function taken(info: StoredResource, { metadata }: AnyStored): Status {
  const status = alreadyExists(info, metadata.name);
  if (metadata.deletionTimestamp === undefined) return status;
  return { ...status, message: `object is being deleted: ${status.message ?? ''}` };
}

/** rest.CheckGeneratedNameError. */
function notUnique(status: Status): Status {
  const tail = 'the server was not able to generate a unique name for the object';
  return { ...status, message: `${status.message ?? ''}, ${tail}` };
}

function storeNew(context: ServerContext, attributes: Attributes): Result<AnyStored> {
  const { schema, store } = context;
  const { info, namespace, name, options } = attributes;
  const kind = info.modelled;
  const given = attributes.object as KubeObject;
  const filled = fillSystemFields(context, given);
  const allocated = context.services.allocate(context, filled, undefined);
  if (!allocated.ok) return allocated;
  const prepared = prepareForCreate(kind, allocated.object.object);
  const object = schema.normalise(kind, prepared);
  const causes = schema.validateCreate(kind, object);
  if (causes.length > 0) {
    return { ok: false, status: invalidStatus(info.kind, info.group, name, causes) };
  }
  options.warnings.push(...schema.warnings(kind, object, undefined));
  const refused = context.admission.validate(context, { ...attributes, object });
  if (refused !== undefined) return { ok: false, status: refused };
  if ((given.metadata?.resourceVersion ?? '') !== '') {
    const message = 'resourceVersion should not be set on objects to be created';
    return { ok: false, status: failure(500, '', message) };
  }
  const present = store.get(kind, namespace, name);
  if (present !== undefined) return { ok: false, status: taken(info, present) };
  if (options.dryRun) return { ok: true, object };
  allocated.object.commit();
  return { ok: true, object: store.put(kind, object) };
}
