// PATCH: applies the patch to the present state and decodes the result (handlers/patch.go of k8s.io/apiserver).
import { invalid, invalidStatus } from '../../api/messages.ts';
import type { KubeObject } from '../../api/objects.ts';
import { goText } from '../../api/patch/failure.ts';
import type { ServerContext, StoredResource } from '../registry/context.ts';
import type { AnyStored } from '../store/entry.ts';
import type { ApiRequest, Result } from '../types.ts';
import { applyPatch } from './apply-patch.ts';
import { parseBody } from './body.ts';

const strategic = 'application/strategic-merge-patch+json';

/** The next state of an object under the request's patch. */
export function patchObject(
  context: ServerContext,
  info: StoredResource,
  current: AnyStored,
  request: ApiRequest,
  warnings: string[],
): Result<KubeObject> {
  const patchType = request.patchType ?? strategic;
  const body = parseBody(request.body);
  if (!body.ok) return body;
  const patched = applyPatch(info.kind, current, patchType, body.object);
  if (!patched.ok) return patched;
  const decoded = context.schema.decode(info.modelled, patched.object);
  const strict = decoded.ok ? decoded.strictErrors : [];
  const mode = request.fieldValidation ?? 'Warn';
  if (decoded.ok && (strict.length === 0 || mode !== 'Strict')) {
    if (mode === 'Warn') warnings.push(...strict);
    return decoded;
  }
  const why = decoded.ok ? `strict decoding error: ${strict.join(', ')}` : decoded.message;
  // A strategic merge patch appears as Go prints its map, the others as they were sent.
  const shown = patchType === strategic ? goText(body.object) : JSON.stringify(body.object);
  return { ok: false, status: invalidStatus('', '', '', [invalid('patch', shown, why)]) };
}

/** A patch of an object that is not stored: a Scale. */
export function patchPlain(object: KubeObject, request: ApiRequest): Result<KubeObject> {
  const body = parseBody(request.body);
  if (!body.ok) return body;
  return applyPatch(undefined, object, request.patchType ?? strategic, body.object);
}
