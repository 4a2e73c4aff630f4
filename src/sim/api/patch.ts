// Patches: what a PATCH request does to an object, and the patches that kubectl sends.
import { typeOfKind } from './kinds.ts';
import type { Kind } from './objects.ts';
import { attempt, goText, PatchError, type PatchFailure } from './patch/failure.ts';
import { applyJsonPatch } from './patch/json-patch.ts';
import { deepCopy, isObject, type JsonObject } from './patch/json.ts';
import { applyMergePatch } from './patch/merge-patch.ts';
import { schemaOf } from './patch/schema.ts';
import { type DiffOptions, diffObjects } from './patch/strategic-diff.ts';
import { mergeObjects } from './patch/strategic-merge.ts';
import { isType } from './fields/table.ts';

export type { PatchFailure } from './patch/failure.ts';
export type { JsonObject } from './patch/json.ts';
export { createMergePatch } from './patch/merge-patch.ts';
export { deepEqual } from './patch/json.ts';

export type PatchResult =
  | {
      readonly ok: true;
      /** Not decoded yet: it may hold fields that do not exist. */
      readonly object: JsonObject;
      /** The patch as the server's messages show it when the object cannot be decoded. */
      readonly shown: string;
    }
  | PatchFailure;

type AppliedPatchType =
  | 'application/json-patch+json'
  | 'application/merge-patch+json'
  | 'application/strategic-merge-patch+json';

/** Applies a patch to the present state of an object of a kind. Neither is changed. */
export function applyPatch(
  kind: Kind | 'Scale',
  current: object,
  patchType: AppliedPatchType,
  patch: unknown,
): PatchResult {
  const object = current as JsonObject;
  const result = attempt((): { object: JsonObject; shown: string } => {
    if (patchType === 'application/json-patch+json') {
      return { object: applyJsonPatch(object, patch), shown: JSON.stringify(patch) };
    }
    if (!isObject(patch)) throw notAnObject(patch);
    if (patchType === 'application/merge-patch+json') {
      return { object: applyMergePatch(object, patch), shown: JSON.stringify(patch) };
    }
    // Go shows what is left of the patch after it has been merged.
    const left = deepCopy(patch);
    const merged = mergeObjects(deepCopy(object), left, schemaOf(typeOfKind(kind)), 'apply');
    return { object: merged, shown: goText(left) };
  });
  return result.ok ? { ok: true, ...result.value } : result;
}

function notAnObject(patch: unknown): PatchError {
  const kind = Array.isArray(patch) ? 'array' : typeof patch === 'boolean' ? 'bool' : typeof patch;
  const message = `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`;
  return new PatchError('bad request', `error decoding patch: ${message}`);
}

export type MadePatch = { readonly ok: true; readonly patch: JsonObject } | PatchFailure;

const everything: DiffOptions = { ignoreDeletions: false, onlyDeletions: false };

/**
 * The strategic merge patch that turns one object into another.
 * @param kind as in manifests; an unknown one is patched without merge keys.
 */
export function createTwoWayMergePatch(
  kind: string,
  original: object,
  modified: object,
): MadePatch {
  const result = attempt(() =>
    diffObjects(original as JsonObject, modified as JsonObject, schemaOfKind(kind), everything),
  );
  return result.ok ? { ok: true, patch: result.value } : result;
}

/**
 * The patch of `kubectl apply`: what the manifest changes of the present state, and what it no longer has of the last
 * manifest. `{}` when there is nothing to do.
 */
export function createThreeWayMergePatch(
  kind: string,
  versions: { readonly original: object; readonly modified: object; readonly current: object },
): MadePatch {
  const type = schemaOfKind(kind);
  const original = versions.original as JsonObject;
  const modified = versions.modified as JsonObject;
  const current = versions.current as JsonObject;
  const result = attempt(() => {
    const additions = { ignoreDeletions: true, onlyDeletions: false };
    const delta = diffObjects(current, modified, type, additions);
    const deletions = { ignoreDeletions: false, onlyDeletions: true };
    const gone = diffObjects(original, modified, type, deletions);
    return mergeObjects(deepCopy(gone), deepCopy(delta), type, 'combine');
  });
  return result.ok ? { ok: true, patch: result.value } : result;
}

const schemaOfKind = (kind: string) =>
  schemaOf(isType(typeOfKind(kind)) ? typeOfKind(kind) : undefined);
