// A patch applied to the JSON of an object, with the Status of one that does not fit.
import type { Kind, KubeObject } from '../../api/objects.ts';
import type { PatchFailure } from '../../api/patch.ts';
import { applyPatch as apply } from '../../api/patch.ts';
import type { Status } from '../../api/generated/types.ts';
import { badRequest, failure } from '../status.ts';
import type { PatchType, Result } from '../types.ts';

/** The object under a patch, not decoded yet, and the patch as messages about the object show it. */
export interface Patched {
  readonly object: KubeObject;
  readonly shown: string;
}

export function applyPatch(
  kind: Kind | 'Scale',
  current: KubeObject,
  patchType: Exclude<PatchType, 'application/apply-patch+yaml'>,
  patch: unknown,
): Result<Patched> {
  const result = apply(kind, current, patchType, patch);
  if (!result.ok) return { ok: false, status: refusal(result) };
  return { ok: true, object: { object: result.object, shown: result.shown } };
}

/** The words of a patch that does not fit stay in the server (handlers/patch.go interprets its errors). */
function refusal({ kind, message }: PatchFailure): Status {
  if (kind === 'bad request') return badRequest(message);
  if (kind === 'internal') return failure(500, '', message);
  return failure(
    422,
    'Invalid',
    'the server rejected our request due to an error in our request',
    {},
  );
}
