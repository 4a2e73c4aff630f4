// The three kinds of patches, applied to the JSON of an object.
import { typeOfKind } from '../../api/kinds.ts';
import type { KubeObject } from '../../api/objects.ts';
import type { PatchFailure } from '../../api/patch/failure.ts';
import { attempt, PatchError } from '../../api/patch/failure.ts';
import { applyJsonPatch } from '../../api/patch/json-patch.ts';
import type { JsonObject } from '../../api/patch/json.ts';
import { deepCopy, isObject } from '../../api/patch/json.ts';
import { applyMergePatch } from '../../api/patch/merge-patch.ts';
import { schemaOf } from '../../api/patch/schema.ts';
import { mergeObjects } from '../../api/patch/strategic-merge.ts';
import type { Status } from '../../api/generated/types.ts';
import { badRequest, failure, internalError } from '../status.ts';
import type { PatchType, Result } from '../types.ts';

/** The object under a patch; not decoded yet. @param kind undefined for kinds without lists to merge by keys */
export function applyPatch(
  kind: string | undefined,
  current: KubeObject,
  patchType: PatchType,
  patch: unknown,
): Result<KubeObject> {
  const object = current as JsonObject;
  const result = attempt(() => {
    if (patchType === 'application/json-patch+json') return applyJsonPatch(object, patch);
    if (!isObject(patch)) {
      const what = Array.isArray(patch) ? 'array' : typeof patch;
      const message = `json: cannot unmarshal ${what} into Go value of type map[string]interface {}`;
      throw new PatchError('bad request', message);
    }
    const copy = deepCopy(object);
    if (patchType === 'application/merge-patch+json') return applyMergePatch(copy, deepCopy(patch));
    const type = kind === undefined ? undefined : schemaOf(typeOfKind(kind));
    return mergeObjects(copy, deepCopy(patch), type, 'apply');
  });
  if (!result.ok) return { ok: false, status: refusal(result) };
  return { ok: true, object: result.value as KubeObject };
}

function refusal({ kind, message }: PatchFailure): Status {
  if (kind === 'bad request') return badRequest(message);
  if (kind === 'internal') return internalError(message);
  const text = 'the server rejected our request due to an error in our request';
  return failure(422, 'Invalid', text, {
    causes: [{ reason: 'UnexpectedServerResponse', message }],
  });
}
