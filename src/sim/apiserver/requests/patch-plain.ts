// Patches of objects that are not stored (Scale): JSON and merge patches alone, as they have no schema to merge by.
import type { KubeObject } from '../../api/objects.ts';
import type { ApiRequest, Result } from '../types.ts';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7386. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** The object under the request's patch. */
export function patchPlain(object: KubeObject, request: ApiRequest): Result<KubeObject> {
  return { ok: true, object: mergePatch(object, request.body) as KubeObject };
}
