// `--overrides`: a patch over the object that a command made.
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure } from '../../failure.ts';
import type { Session } from '../../session.ts';
import { jsonPatch, mergePatch, strategicPatch } from './patches.ts';

export function overridden(session: Session, object: KubeObject): KubeObject {
  const { flags } = session;
  const text = flags.text('overrides');
  const type = flags.text('override-type');
  if (text === '') return object;
  if (!['merge', 'strategic', 'json'].includes(type)) {
    throw new Failure(`invalid override type: ${type}`);
  }
  const patch = parseJson(text);
  if (type === 'json') return jsonPatch(object, patch);
  return type === 'merge' ? mergePatch(object, patch) : strategicPatch(object, patch);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Failure('Invalid JSON Patch');
  }
}
