// Patches over objects that kubectl holds itself, with the failures thrown.
import type { Kind, KubeObject } from '#sim/api/objects.ts';
import type { MadePatch } from '#sim/api/patch.ts';
import { applyPatch } from '#sim/api/patch.ts';
import type { PatchType } from '#sim/apiserver/types.ts';
import { Failure } from '../../failure.ts';

type LocalPatchType = Exclude<PatchType, 'application/apply-patch+yaml'>;

/** The object with a patch applied; what does not apply is thrown. */
export function patchedObject(
  object: KubeObject,
  patchType: LocalPatchType,
  patch: unknown,
): KubeObject {
  const result = applyPatch(object.kind as Kind, object, patchType, patch);
  if (!result.ok) throw new Failure(result.message);
  return result.object as KubeObject;
}

/** The patch that was made, or its failure thrown. */
export function madePatch(result: MadePatch): Readonly<Record<string, unknown>> {
  if (!result.ok) throw new Failure(result.message);
  return result.patch;
}
