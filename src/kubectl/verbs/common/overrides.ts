// `--overrides`: a patch over the object that a command made.
import type { KubeObject } from '#sim/api/objects.ts';
import { Failure } from '../../failure.ts';
import type { Session } from '../../session.ts';
import { patchedObject } from './patches.ts';

const patchTypes = {
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  json: 'application/json-patch+json',
} as const;

export function overridden(session: Session, object: KubeObject): KubeObject {
  const { flags } = session;
  const text = flags.text('overrides');
  const type = flags.text('override-type');
  if (text === '') return object;
  if (type !== 'merge' && type !== 'strategic' && type !== 'json') {
    throw new Failure(`invalid override type: ${type}`);
  }
  return patchedObject(object, patchTypes[type], parseJson(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Failure('Invalid JSON Patch');
  }
}
