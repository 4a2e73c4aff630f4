// PATCH: applies the patch to the present state and decodes the result (handlers/patch.go of k8s.io/apiserver).
import type { KubeObject } from '../../api/objects.ts';
import type { ServerContext, StoredResource } from '../registry/context.ts';
import { invalid, invalidStatus } from '../../api/messages.ts';
import type { AnyStored } from '../store/entry.ts';
import type { ApiRequest, Result } from '../types.ts';

/** The next state of an object under the request's patch. */
export function patchObject(
  context: ServerContext,
  info: StoredResource,
  current: AnyStored,
  request: ApiRequest,
  warnings: string[],
): Result<KubeObject> {
  const patchType = request.patchType ?? 'application/strategic-merge-patch+json';
  const patched = context.schema.patch(info.modelled, current, patchType, request.body);
  if (!patched.ok) return patched;
  const decoded = context.schema.decode(info.modelled, patched.object);
  const strict = decoded.ok ? decoded.strictErrors : [];
  if (decoded.ok && strict.length === 0) return decoded;
  const mode = request.fieldValidation ?? 'Warn';
  if (decoded.ok && mode !== 'Strict') {
    if (mode === 'Warn') warnings.push(...strict);
    return decoded;
  }
  const why = decoded.ok ? `strict decoding error: ${strict.join(', ')}` : decoded.message;
  const cause = invalid('patch', patchText(patchType, request.body), why);
  return { ok: false, status: invalidStatus('', '', '', [cause]) };
}

/** A strategic merge patch appears as Go prints its map, the others as they were sent. */
function patchText(patchType: string, body: unknown): string {
  return patchType === 'application/strategic-merge-patch+json'
    ? goMap(body)
    : JSON.stringify(body);
}

/** A value as Go's %+v prints it: `map[a:1 b:[x y]]`, keys sorted. */
function goMap(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`;
  if (value === null || value === undefined) return '<nil>';
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, part]) => `${key}:${goMap(part)}`).join(' ')}]`;
}
