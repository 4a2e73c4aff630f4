// Objects with their keys in the order of Go's JSON encoder for maps.
import type { Json } from './construct.ts';

/** Strings in the order of their UTF-8 bytes, which is that of their code points. */
export function compareBytes(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === a.length || at === b.length) return a.length - b.length;
  return codeFrom(a, at) - codeFrom(b, at);
}

/** The code point at an index, also where the index is in the middle of a pair. */
function codeFrom(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const isLow = code >= 0xdc00 && code <= 0xdfff;
  return text.codePointAt(isLow && at > 0 ? at - 1 : at) ?? 0;
}

/** Sets a key that may be one that JavaScript treats specially, such as `__proto__`. */
export function setKey(object: { [key: string]: Json }, key: string, value: Json): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** A copy with sorted keys all the way down. */
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const sorted: { [key: string]: Json } = {};
  for (const key of Object.keys(value).sort(compareBytes)) {
    setKey(sorted, key, sortKeys(value[key] ?? null));
  }
  return sorted;
}
