// create, update, patch, delete and deletecollection of whole objects.
import type { KubeObject } from '../../api/objects.ts';
import type { Status } from '../../api/generated/types.ts';
import type { Resource } from '../../api/kinds.ts';
import type { ServerContext, StoredResource, WriteOptions } from '../registry/context.ts';
import { createObject } from '../registry/create.ts';
import { deleteObject } from '../registry/delete.ts';
import { withMeta } from '../registry/metadata.ts';
import { managerOf } from '../registry/tracking.ts';
import { changeStatus } from '../registry/status-update.ts';
import type { Transform } from '../registry/update.ts';
import { updateObject } from '../registry/update.ts';
import { badRequest, success } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import type { ApiRequest, ApiResponse, Result } from '../types.ts';
import { applyConfiguration } from './apply.ts';
import { decodeBody } from './body.ts';
import { parseDeleteOptions } from './delete-options.ts';
import { patchObject } from './patch.ts';
import { present } from './read.ts';
import { answer, refuse } from './respond.ts';
import { parseSelection } from './selection.ts';

/** A request whose resource is known, on its way to the registry. */
export interface WriteRequest {
  readonly context: ServerContext;
  readonly info: StoredResource;
  readonly namespace: string;
  readonly request: ApiRequest;
  readonly options: WriteOptions;
}

export function optionsOf(request: ApiRequest): WriteOptions {
  const user = request.user ?? 'kubernetes-admin';
  return {
    user,
    manager: request.fieldManager || managerOf(user),
    dryRun: request.dryRun === true,
    warnings: [],
  };
}

/** POST. */
export function handleCreate(write: WriteRequest): ApiResponse {
  const { context, info, namespace, request, options } = write;
  const decoded = decodeBody(context, info, request, options.warnings);
  if (!decoded.ok) return refuse(decoded.status);
  const placed = inNamespace(info, decoded.object, namespace);
  if (!placed.ok) return refuse(placed.status);
  return respond(write, createObject(context, info, placed.object, options), 201);
}

/** PUT of an object or of its status. */
export function handleUpdate(write: WriteRequest): ApiResponse {
  const { context, info, namespace, request, options } = write;
  const decoded = decodeBody(context, info, request, options.warnings);
  if (!decoded.ok) return refuse(decoded.status);
  const mismatch = checkName(decoded.object, request.name ?? '', namespace);
  if (mismatch !== undefined) return refuse(mismatch);
  const placed = inNamespace(info, decoded.object, namespace);
  if (!placed.ok) return refuse(placed.status);
  const { object } = placed;
  return respond(
    write,
    change(write, () => ({ ok: true, object }), object),
  );
}

/** PATCH of an object or of its status. */
export function handlePatch(write: WriteRequest): ApiResponse {
  if (write.request.patchType === 'application/apply-patch+yaml') return handleApply(write);
  const { context, info, namespace, request, options } = write;
  return respond(
    write,
    change(write, (current) => {
      const patched = patchObject(context, info, current, request, options.warnings);
      if (!patched.ok) return patched;
      const mismatch = checkName(patched.object, request.name ?? '', namespace);
      return mismatch === undefined ? patched : { ok: false, status: mismatch };
    }),
  );
}

/** Server-side apply: changes the object, or creates it. */
function handleApply(write: WriteRequest): ApiResponse {
  const { context, info, namespace, request, options } = write;
  const tracked = { ...options, isTracked: true };
  const applied = { ...write, options: tracked };
  const name = request.name ?? '';
  const isThere = context.store.entry(info.modelled, namespace, name) !== undefined;
  if (isThere || request.subresource === 'status') {
    return respond(
      write,
      change(applied, (current) => applyConfiguration(write, current)),
    );
  }
  const created = applyConfiguration(write, undefined);
  if (!created.ok) return refuse(created.status, options.warnings);
  const object = withMeta(created.object, { name });
  return respond(write, createObject(context, info, object, tracked), 201);
}

function change(write: WriteRequest, transform: Transform, orCreate?: KubeObject) {
  const { context, info, namespace, request, options } = write;
  const name = request.name ?? '';
  if (request.subresource === 'status') {
    return changeStatus(context, info, { namespace, name }, transform, options);
  }
  const target = { info, namespace, name, subresource: '', transform, orCreate };
  return updateObject(context, target, options);
}

/** DELETE of one object: the object when it stays or its kind returns it, else a Status. */
export function handleDelete(write: WriteRequest): ApiResponse {
  const { context, info, namespace, request, options } = write;
  const parsed = parseDeleteOptions(request.body);
  if (!parsed.ok) return refuse(parsed.status);
  const name = request.name ?? '';
  const withDryRun = { ...options, dryRun: options.dryRun || parsed.dryRun };
  const deleteOptions = parsed.options;
  if (info.modelled === 'Job' && deleteOptions.propagationPolicy === undefined) {
    options.warnings.push(
      'child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this warning',
    );
  }
  const result = deleteObject(context, info, { namespace, name }, deleteOptions, withDryRun);
  if (!result.ok) return refuse(result.status, options.warnings);
  const { object, gone } = result.object;
  if (!gone || returnsDeleted.has(info.modelled)) {
    return answer(present(context, info, object, request), 200, options.warnings);
  }
  return answer(deletedStatus(info, object), 200, options.warnings);
}

/** Kinds whose deletion answers with the object (ReturnDeletedObject). */
const returnsDeleted: ReadonlySet<string> = new Set([
  'Pod',
  'Service',
  'ServiceAccount',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'ResourceQuota',
  'StorageClass',
]);

function deletedStatus(info: Resource, { metadata }: AnyStored): KubeObject {
  return success({
    name: metadata.name,
    ...(info.group === '' ? {} : { group: info.group }),
    kind: info.plural,
    uid: metadata.uid,
  }) as unknown as KubeObject;
}

/** DELETE of all objects that the request selects. */
export function handleDeleteCollection(write: WriteRequest): ApiResponse {
  const { context, info, namespace, request, options } = write;
  const parsed = parseDeleteOptions(request.body);
  if (!parsed.ok) return refuse(parsed.status);
  const selection = parseSelection(info, request);
  if (!selection.ok) return refuse(selection.status);
  const all = context.store.listSorted(info.modelled, info.namespaced ? namespace : undefined);
  const deleted: AnyStored[] = [];
  for (const object of all) {
    if (!selection.matches(object)) continue;
    const { name } = object.metadata;
    const target = { namespace: object.metadata.namespace ?? '', name };
    const result = deleteObject(context, info, target, parsed.options, options);
    if (result.ok) deleted.push(result.object.object);
    else if (result.status.reason !== 'NotFound') return refuse(result.status);
  }
  const apiVersion = info.group === '' ? info.version : `${info.group}/${info.version}`;
  const metadata = { resourceVersion: String(context.store.revision) };
  const list = { kind: `${info.kind}List`, apiVersion, metadata, items: deleted };
  return answer(list as unknown as KubeObject, 200, options.warnings);
}

function respond(write: WriteRequest, result: Result<AnyStored>, code = 200): ApiResponse {
  const { context, info, request, options } = write;
  if (!result.ok) return refuse(result.status, options.warnings);
  return answer(present(context, info, result.object, request), code, options.warnings);
}

/** rest.EnsureObjectNamespaceMatchesRequestNamespace. */
function inNamespace(info: Resource, object: KubeObject, namespace: string): Result<KubeObject> {
  const given = object.metadata?.namespace ?? '';
  if (!info.namespaced) return { ok: true, object: withMeta(object, { namespace: undefined }) };
  if (given !== '' && given !== namespace) {
    const message =
      'the namespace of the provided object does not match the namespace sent on the request';
    return { ok: false, status: badRequest(message) };
  }
  return { ok: true, object: withMeta(object, { namespace }) };
}

/** handlers/rest.go checkName. */
function checkName(object: KubeObject, name: string, namespace: string): Status | undefined {
  const given = object.metadata?.name ?? '';
  const givenNamespace = object.metadata?.namespace ?? '';
  if (given !== name) {
    return badRequest(
      `the name of the object (${given}) does not match the name on the URL (${name})`,
    );
  }
  if (namespace !== '' && givenNamespace !== '' && givenNamespace !== namespace) {
    return badRequest(
      `the namespace of the object (${givenNamespace}) does not match the namespace on the request (${namespace})`,
    );
  }
  return undefined;
}
