// Patches over objects that kubectl holds itself.
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure } from '../../failure.ts';

type Json = unknown;
const isMap = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merge(target: Json, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const result: Record<string, Json> = isMap(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = merge(result[key], value);
  }
  return result;
}

/** A JSON merge patch (RFC 7386). */
export function mergePatch(object: KubeObject, patch: Json): KubeObject {
  return merge(object, patch) as KubeObject;
}

export function strategicPatch(_object: KubeObject, _patch: Json): KubeObject {
  throw new Failure('strategic overrides are part of real kubectl, but not of this lab');
}

export function jsonPatch(_object: KubeObject, _patch: Json): KubeObject {
  throw new Failure('json overrides are part of real kubectl, but not of this lab');
}
