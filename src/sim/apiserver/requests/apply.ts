// PATCH with an apply configuration: server-side apply of an object that may not be there yet
// (handlers/patch.go applyPatcher).
import { invalidStatus, required } from '../../api/messages.ts';
import type { KubeObject } from '../../api/objects.ts';
import { formatTime } from '../../runtime/time.ts';
import { managersAfterApply, mergeApplied } from '../managed-fields/apply.ts';
import type { Writer } from '../managed-fields/managers.ts';
import { withMeta } from '../registry/metadata.ts';
import { badRequest } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import type { Result } from '../types.ts';
import { decodeBody } from './body.ts';
import type { WriteRequest } from './write.ts';

/** The next state of an object, or the first of a new one, with its managers. */
export function applyConfiguration(
  write: WriteRequest,
  live: AnyStored | undefined,
): Result<KubeObject> {
  const { context, info, namespace, request, options } = write;
  const kind = info.modelled;
  if ((request.fieldManager ?? '') === '') {
    const cause = required('fieldManager', 'is required for apply patch');
    return { ok: false, status: invalidStatus('PatchOptions', 'meta.k8s.io', '', [cause]) };
  }
  const checked = decodeBody(context, info, request, options.warnings);
  if (!checked.ok) return checked;
  const given = request.body as KubeObject;
  if ((given.metadata?.managedFields ?? []).length > 0) {
    return { ok: false, status: badRequest('metadata.managedFields must be nil') };
  }
  const mismatch = nameMismatch(given, request.name ?? '');
  if (mismatch !== undefined) return { ok: false, status: badRequest(mismatch) };
  const writer: Writer = {
    manager: request.fieldManager ?? '',
    operation: 'Apply',
    subresource: request.subresource ?? '',
    now: formatTime(context.clock.nowMs()),
  };
  const merged = mergeApplied(kind, live, given, writer);
  const decoded = context.schema.decode(kind, { ...merged.object, ...typeOf(write) });
  if (!decoded.ok) return { ok: false, status: badRequest(decoded.message) };
  const inPlace = info.namespaced ? withMeta(decoded.object, { namespace }) : decoded.object;
  const next = context.schema.normalise(kind, context.schema.setDefaults(kind, inPlace));
  const force = request.force === true;
  const managers = managersAfterApply(kind, live, next, merged, writer, force);
  if (!managers.ok) return managers;
  const managedFields = managers.entries.length === 0 ? undefined : managers.entries;
  return { ok: true, object: withMeta(next, { managedFields }) };
}

function typeOf({ info }: WriteRequest): { apiVersion: string; kind: string } {
  return { apiVersion: info.apiVersion, kind: info.kind };
}

function nameMismatch({ metadata }: KubeObject, name: string): string | undefined {
  const given = metadata?.name ?? '';
  if (given === '' || given === name) return undefined;
  return `the name of the object (${given}) does not match the name on the URL (${name})`;
}
