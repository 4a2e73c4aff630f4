// JSON merge patches (RFC 7386): applied by the server, made by kubectl.
import {
  deepCopy,
  deepEqual,
  deleteField,
  getField,
  hasField,
  isObject,
  type JsonObject,
  setField,
} from './json.ts';

/** An object with a patch merged in: null deletes, objects are merged, everything else replaces. */
export function applyMergePatch(object: JsonObject, patch: JsonObject): JsonObject {
  return merge(deepCopy(object), patch);
}

function merge(target: JsonObject, patch: JsonObject): JsonObject {
  for (const key of Object.keys(patch)) {
    const value = patch[key];
    if (value === null) {
      deleteField(target, key);
    } else if (isObject(value)) {
      const present = getField(target, key);
      setField(target, key, merge(isObject(present) ? present : {}, value));
    } else {
      setField(target, key, deepCopy(value));
    }
  }
  return target;
}

/** The merge patch that turns one object into another. Keys come sorted. */
export function createMergePatch(original: JsonObject, modified: JsonObject): JsonObject {
  const patch: JsonObject = {};
  for (const key of Object.keys(modified).sort()) {
    const value = modified[key];
    const present = getField(original, key);
    if (value === undefined || deepEqual(present, value)) continue;
    if (isObject(present) && isObject(value))
      setField(patch, key, createMergePatch(present, value));
    else setField(patch, key, value);
  }
  for (const key of Object.keys(original)) {
    if (!hasField(modified, key)) setField(patch, key, null);
  }
  return patch;
}
