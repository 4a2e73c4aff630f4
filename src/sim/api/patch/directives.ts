// The directives inside strategic merge patches: `$patch`, `$retainKeys`, `$setElementOrder/...`, `$deleteFromPrimitiveList/...`.
import { splitByPresence } from './element-order.ts';
import { goText, PatchError } from './failure.ts';
import {
  deepEqual,
  deleteField,
  getField,
  hasField,
  isObject,
  type JsonObject,
  setField,
} from './json.ts';

export const orderPrefix = '$setElementOrder/';
export const deletePrefix = '$deleteFromPrimitiveList/';

/** `apply`: a patch into an object. `combine`: a patch into a patch, whose directives stay. */
export type MergeMode = 'apply' | 'combine';

export const badDirective = (directive: unknown): PatchError =>
  new PatchError('internal', `unknown patch type: ${goText(directive)}`);

/** `$retainKeys` names the fields that may stay. */
export function applyRetainKeys(original: JsonObject, patch: JsonObject, mode: MergeMode): void {
  const named = getField(patch, '$retainKeys');
  if (named === undefined) return;
  if (!Array.isArray(named)) throw badRetainKeys();
  deleteField(patch, '$retainKeys');
  const keys: readonly unknown[] = named;
  if (mode === 'combine') {
    const present = getField(original, '$retainKeys');
    if (present !== undefined && !deepEqual(present, keys)) throw badRetainKeys();
    setField(original, '$retainKeys', keys);
    return;
  }
  const stray = Object.keys(patch).find(
    (key) =>
      patch[key] !== null &&
      !keys.includes(key) &&
      !key.startsWith(deletePrefix) &&
      !key.startsWith(orderPrefix),
  );
  if (stray !== undefined) throw badRetainKeys();
  for (const key of Object.keys(original)) if (!keys.includes(key)) deleteField(original, key);
}

const badRetainKeys = (): PatchError =>
  new PatchError('bad request', 'invalid patch format of retainKeys');

/**
 * The server's order after elements were deleted from its list: added ones take the freed places, because Go appends to
 * the same array.
 */
export function orderAfter(
  before: readonly unknown[],
  change: readonly unknown[],
  mergeKey: string,
): readonly unknown[] {
  if (mergeKey === '') return before;
  const marked = change.filter(isMarked);
  const kept = splitByPresence(before, marked, mergeKey).rest;
  const added = splitByPresence(
    change.filter((item) => !isMarked(item)),
    kept,
    mergeKey,
  ).rest;
  return [...kept, ...added].slice(0, before.length);
}

/** What a list's patch names must stand in its order in the same order, deletions aside. */
export function checkOrder(
  change: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string,
): void {
  if (order.length === 0) return;
  const kept = change.filter((item) => !isMarked(item));
  let place = 0;
  for (const item of kept) {
    while (place < order.length && !isSameElement(item, order[place], mergeKey)) place += 1;
    if (place === order.length) {
      const message = `The order in patch list:\n${goText(change)}\n doesn't match $setElementOrder list:\n${goText(order)}\n`;
      throw new PatchError('internal', message);
    }
    place += 1;
  }
}

function isSameElement(a: unknown, b: unknown, mergeKey: string): boolean {
  if (mergeKey === '' || !isObject(a) || !isObject(b)) return deepEqual(a, b);
  return deepEqual(keyOf(a, mergeKey), keyOf(b, mergeKey));
}

export function keyOf(item: JsonObject, mergeKey: string): unknown {
  if (hasField(item, mergeKey)) return item[mergeKey];
  throw new PatchError(
    'internal',
    `map: ${goText(item)} does not contain declared merge key: ${mergeKey}`,
  );
}

/** An object that says how to merge it. */
export const isMarked = (value: unknown): boolean => isObject(value) && hasField(value, '$patch');

/** What a patch adds where nothing was: objects that say how to merge them have nothing to do there. */
export function withoutMarked(value: unknown): unknown {
  if (Array.isArray(value)) {
    return (value as unknown[]).filter((item) => !isMarked(item)).map(withoutMarked);
  }
  if (!isObject(value)) return value;
  const clean: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (!isMarked(value[key])) setField(clean, key, withoutMarked(value[key]));
  }
  return clean;
}

/** Nulls delete nothing where nothing was. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return (value as unknown[]).map(withoutNulls);
  if (!isObject(value)) return value;
  const clean: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== null) setField(clean, key, withoutNulls(value[key]));
  }
  return clean;
}
