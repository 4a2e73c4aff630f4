// Objects as they leave the server.
import { asWritten } from '../../api/decode.ts';
import type { Kind } from '../../api/objects.ts';
import type { AnyStored } from '../store/entry.ts';

/** A stored object in the form of answers: some empty lists are written as null there. */
export function written(object: AnyStored): AnyStored {
  return asWritten(object.kind as Kind, object);
}
