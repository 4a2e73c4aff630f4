// PATCH: applies the patch to the present state and decodes the result (handlers/patch.go of k8s.io/apiserver).
import { invalid, invalidStatus } from '../../api/messages.ts';
import type { KubeObject } from '../../api/objects.ts';
import type { ServerContext, StoredResource } from '../registry/context.ts';
import type { AnyStored } from '../store/entry.ts';
import type { ApiRequest, PatchType, Result } from '../types.ts';
import { applyPatch } from './apply-patch.ts';
import { parseBody } from './body.ts';

/** How a request asks for the patch; server-side apply goes another way. */
function typeOf({ patchType }: ApiRequest): Exclude<PatchType, 'application/apply-patch+yaml'> {
  return patchType === undefined || patchType === 'application/apply-patch+yaml'
    ? 'application/strategic-merge-patch+json'
    : patchType;
}

/** The next state of an object under the request's patch. */
export function patchObject(
  context: ServerContext,
  info: StoredResource,
  current: AnyStored,
  request: ApiRequest,
  warnings: string[],
): Result<KubeObject> {
  const body = parseBody(request.body);
  if (!body.ok) return body;
  const patched = applyPatch(info.modelled, current, typeOf(request), body.object);
  if (!patched.ok) return patched;
  const decoded = context.schema.decode(info.modelled, patched.object.object);
  const strict = decoded.ok ? decoded.strictErrors : [];
  const mode = request.fieldValidation ?? 'Warn';
  if (decoded.ok && (strict.length === 0 || mode !== 'Strict')) {
    if (mode === 'Warn') warnings.push(...strict);
    return decoded;
  }
  const why = decoded.ok ? `strict decoding error: ${strict.join(', ')}` : decoded.message;
  const { shown } = patched.object;
  return { ok: false, status: invalidStatus('', '', '', [invalid('patch', shown, why)]) };
}

/** A patch of an object that is not stored: a Scale. */
export function patchPlain(object: KubeObject, request: ApiRequest): Result<KubeObject> {
  const body = parseBody(request.body);
  if (!body.ok) return body;
  const patched = applyPatch('Scale', object, typeOf(request), body.object);
  return patched.ok ? { ok: true, object: patched.object.object } : patched;
}
