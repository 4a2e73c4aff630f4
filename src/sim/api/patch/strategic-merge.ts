// Applies a strategic merge patch (StrategicMergeMapPatch of apimachinery/pkg/util/strategicpatch/patch.go), and merges two
// patches into one for `kubectl apply`. Works on copies that it may change: both arguments are used up.
import type { FieldType } from '../fields/table.ts';
import {
  applyRetainKeys,
  badDirective,
  checkOrder,
  deletePrefix,
  isMarked,
  keyOf,
  type MergeMode,
  orderAfter,
  orderPrefix,
  withoutMarked,
  withoutNulls,
} from './directives.ts';
import { joinInOrder, splitByPresence } from './element-order.ts';
import { PatchError } from './failure.ts';
import {
  deepEqual,
  deleteField,
  getField,
  isObject,
  type JsonObject,
  kindOf,
  setField,
} from './json.ts';
import { lookup } from './schema.ts';

/** Merges `patch` into `original` and returns the result. What the patch still holds afterwards is what Go leaves in it. */
export function mergeObjects(
  original: JsonObject,
  patch: JsonObject,
  type: FieldType | undefined,
  mode: MergeMode,
): JsonObject {
  const directive = getField(patch, '$patch');
  if (directive === 'replace') {
    deleteField(patch, '$patch');
    return patch;
  }
  if (directive === 'delete') return {};
  if (directive !== undefined) throw badDirective(directive);
  applyRetainKeys(original, patch, mode);
  applyElementOrders(original, patch, type, mode);
  for (const key of Object.keys(patch)) mergeField(original, patch, key, type, mode);
  return original;
}

/** `$setElementOrder/list` says how a merged list is ordered; the list's own patch is merged along with it. */
function applyElementOrders(
  original: JsonObject,
  patch: JsonObject,
  type: FieldType | undefined,
  mode: MergeMode,
): void {
  for (const directive of Object.keys(patch)) {
    if (!directive.startsWith(orderPrefix)) continue;
    const order = patch[directive];
    if (mode === 'combine') {
      const present = getField(original, directive);
      if (present !== undefined && !deepEqual(present, order)) throw badOrder();
      setField(original, directive, order);
    }
    deleteField(patch, directive);
    if (!Array.isArray(order)) throw badOrder();
    applyElementOrder(original, patch, directive.slice(orderPrefix.length), order, type, mode);
  }
}

const badOrder = (): PatchError =>
  new PatchError('bad request', 'invalid patch format of setElementOrder list');

function applyElementOrder(
  original: JsonObject,
  patch: JsonObject,
  name: string,
  order: readonly unknown[],
  type: FieldType | undefined,
  mode: MergeMode,
): void {
  const present = getField(original, name);
  const change = getField(patch, name);
  if (present === undefined && change === undefined) return;
  const { below, mergesList, mergeKey } = lookup(type, name);
  const before = Array.isArray(present) ? [...(present as unknown[])] : [];
  let merged: unknown[];
  if (!Array.isArray(change)) {
    merged = before;
  } else if (present === undefined) {
    merged = withoutMarked(change) as unknown[];
  } else {
    checkOrder(change, order, mergeKey);
    merged = mergesList
      ? mergeLists([...before], change as unknown[], below, mergeKey, mode)
      : (change as unknown[]);
  }
  const { present: patched, rest } = splitByPresence(merged, order, mergeKey);
  const joined = joinInOrder({
    patch: patched,
    patchOrder: order,
    server: rest,
    serverOrder: Array.isArray(change) ? orderAfter(before, change, mergeKey) : before,
    mergeKey,
  });
  setField(original, name, joined);
  deleteField(patch, name);
}

function mergeField(
  original: JsonObject,
  patch: JsonObject,
  patchKey: string,
  type: FieldType | undefined,
  mode: MergeMode,
): void {
  const value = patch[patchKey];
  const isDeletion = patchKey.startsWith(deletePrefix);
  if (isDeletion && mode === 'combine') {
    setField(original, patchKey, value);
    return;
  }
  const key = isDeletion ? patchKey.slice(deletePrefix.length) : patchKey;
  if (value === null) {
    deleteField(original, key);
    if (mode === 'apply') return;
  }
  const present = getField(original, key);
  if (present === undefined || kindOf(present) !== kindOf(value)) {
    if (isDeletion) return;
    if (isMarked(value)) deleteField(original, key);
    else setField(original, key, withoutMarked(mode === 'apply' ? withoutNulls(value) : value));
    return;
  }
  setField(original, key, mergeValues(present, value, { type, key, isDeletion, mode }));
}

function mergeValues(
  present: unknown,
  value: unknown,
  at: {
    readonly type: FieldType | undefined;
    readonly key: string;
    readonly isDeletion: boolean;
    readonly mode: MergeMode;
  },
): unknown {
  const { below, strategy, mergesList, mergeKey } = lookup(at.type, at.key);
  if (isObject(present) && isObject(value)) {
    return strategy === 'replace' ? value : mergeObjects(present, value, below, at.mode);
  }
  if (Array.isArray(present) && Array.isArray(value)) {
    if (at.isDeletion) return present.filter((item) => !value.includes(item));
    return mergesList ? mergeLists(present, value, below, mergeKey, at.mode) : value;
  }
  return value;
}

/** Merges a list into a list, elements by their merge key, scalars as a set. */
function mergeLists(
  original: unknown[],
  patch: unknown[],
  below: FieldType | undefined,
  mergeKey: string,
  mode: MergeMode,
): unknown[] {
  if (original.length === 0 && patch.length === 0) return original;
  if (![...original, ...patch].some(isObject)) {
    const merged = [...new Set([...original, ...patch])];
    const { present, rest } = splitByPresence(merged, patch, '');
    return joinInOrder({
      patch: present,
      patchOrder: patch,
      server: rest,
      serverOrder: original,
      mergeKey: '',
    });
  }
  if (mergeKey === '') {
    throw new PatchError('internal', 'cannot merge lists without merge key');
  }
  const { list, changes } = takeDirectives(original, patch, mergeKey);
  const serverOrder = [...list];
  for (const change of changes) {
    const key = keyOf(change, mergeKey);
    const at = list.findIndex((item) => isObject(item) && deepEqual(getField(item, mergeKey), key));
    const present = list[at];
    if (isObject(present)) list[at] = mergeObjects(present, change, below, mode);
    else list.push(change);
  }
  const { present, rest } = splitByPresence(list, changes, mergeKey);
  return joinInOrder({ patch: present, patchOrder: changes, server: rest, serverOrder, mergeKey });
}

/** Takes `$patch` out of a list's patch: elements to delete, or the whole list to replace. */
function takeDirectives(
  original: unknown[],
  patch: readonly unknown[],
  mergeKey: string,
): { readonly list: unknown[]; readonly changes: readonly JsonObject[] } {
  let list = original;
  let replaces = false;
  const changes: JsonObject[] = [];
  for (const item of patch) {
    if (!isObject(item))
      throw new PatchError('internal', 'elements of a list are of different types');
    const directive = getField(item, '$patch');
    if (directive === undefined) {
      changes.push(item);
    } else if (directive === 'delete') {
      const key = keyOf(item, mergeKey);
      list = list.filter((other) => !isObject(other) || !deepEqual(getField(other, mergeKey), key));
    } else if (directive === 'replace') {
      replaces = true;
    } else {
      throw badDirective(directive);
    }
  }
  return replaces ? { list: changes, changes: [] } : { list, changes };
}
