// Digests of things that have no bytes here: 64 hexadecimal digits that depend on a name alone.
import { Random } from '../runtime/random.ts';

/** Always the same digits for the same name. */
export function contentDigest(name: string): string {
  return new Random(0, name).hex(64);
}
