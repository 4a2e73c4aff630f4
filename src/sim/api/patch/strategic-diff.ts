// Makes strategic merge patches: the change from one object to another, and the three-way patch of `kubectl apply`
// (CreateTwoWayMergePatch and CreateThreeWayMergePatch of apimachinery/pkg/util/strategicpatch/patch.go).
import type { FieldType } from '../fields/table.ts';
import { sortLike } from './element-order.ts';
import { goText, PatchError } from './failure.ts';
import {
  deepEqual,
  getField,
  hasField,
  isObject,
  type JsonObject,
  kindOf,
  setField,
} from './json.ts';
import { lookup } from './schema.ts';

export interface DiffOptions {
  /** Leave out what is gone from the second object. */
  readonly ignoreDeletions: boolean;
  /** Leave out everything but what is gone. */
  readonly onlyDeletions: boolean;
}

/** The patch that turns one object into another, as far as the options want it. Keys come sorted. */
export function diffObjects(
  original: JsonObject,
  modified: JsonObject,
  type: FieldType | undefined,
  options: DiffOptions,
  retainKeys = false,
): JsonObject {
  const patch: JsonObject = {};
  for (const key of Object.keys(modified).sort()) {
    const value = modified[key];
    if (value === undefined) continue;
    const present = getField(original, key);
    if (present === undefined || kindOf(present) !== kindOf(value)) {
      if (!options.onlyDeletions) setField(patch, key, value);
    } else if (isObject(present) && isObject(value)) {
      diffField(patch, key, present, value, type, options);
    } else if (Array.isArray(present) && Array.isArray(value)) {
      diffListField(patch, key, present, value, type, options);
    } else if (!options.onlyDeletions && present !== value) {
      setField(patch, key, value);
    }
  }
  const gone = Object.keys(original).filter((key) => !hasField(modified, key));
  if (!options.ignoreDeletions) for (const key of gone) setField(patch, key, null);
  if (retainKeys) addRetainKeys(patch, modified, gone.length > 0);
  return patch;
}

/** Where fields exclude each other (a volume's sources), the patch names all that may stay. */
function addRetainKeys(patch: JsonObject, modified: JsonObject, hasGone: boolean): void {
  const keys = Object.keys(modified).filter((key) => modified[key] !== null);
  if (keys.length === 0 || (Object.keys(patch).length === 0 && !hasGone)) return;
  setField(patch, '$retainKeys', keys.sort());
}

function diffField(
  patch: JsonObject,
  key: string,
  original: JsonObject,
  modified: JsonObject,
  type: FieldType | undefined,
  options: DiffOptions,
): void {
  const { below, strategy, retainKeys } = lookup(type, key);
  if (strategy === 'replace') {
    // Written whether it changed or not, as the real one does.
    if (!options.onlyDeletions) setField(patch, key, modified);
    return;
  }
  const change = diffObjects(original, modified, below, options, retainKeys);
  if (Object.keys(change).length > 0) setField(patch, key, change);
}

function diffListField(
  patch: JsonObject,
  key: string,
  original: readonly unknown[],
  modified: readonly unknown[],
  type: FieldType | undefined,
  options: DiffOptions,
): void {
  const { below, mergesList, mergeKey, retainKeys } = lookup(type, key);
  if (!mergesList) {
    if (!options.onlyDeletions && !deepEqual(original, modified)) setField(patch, key, modified);
    return;
  }
  const change = diffLists(original, modified, { below, mergeKey, retainKeys, options });
  if (change.list.length > 0) setField(patch, key, change.list);
  if (change.deleted.length > 0) setField(patch, `$deleteFromPrimitiveList/${key}`, change.deleted);
  if (change.order.length > 0) setField(patch, `$setElementOrder/${key}`, change.order);
}

interface ListRule {
  readonly below: FieldType | undefined;
  readonly mergeKey: string;
  readonly retainKeys: boolean;
  readonly options: DiffOptions;
}

interface ListChange {
  readonly list: readonly unknown[];
  readonly deleted: readonly unknown[];
  readonly order: readonly unknown[];
}

function diffLists(
  original: readonly unknown[],
  modified: readonly unknown[],
  rule: ListRule,
): ListChange {
  const { options } = rule;
  if (original.length === 0) {
    return { list: options.onlyDeletions ? [] : modified, deleted: [], order: [] };
  }
  return [...original, ...modified].some(isObject)
    ? diffObjectLists(original, modified, rule)
    : diffScalarLists(original, modified, options);
}

function diffScalarLists(
  original: readonly unknown[],
  modified: readonly unknown[],
  options: DiffOptions,
): ListChange {
  const added = modified.filter((item) => !original.includes(item));
  const gone = original.filter((item) => !modified.includes(item));
  const list = options.onlyDeletions ? [] : added;
  const deleted = options.ignoreDeletions ? [] : gone;
  const needsOrder =
    deleted.length > 0 || (!options.onlyDeletions && !deepEqual(original, modified));
  return { list, deleted, order: needsOrder ? modified : [] };
}

function diffObjectLists(
  original: readonly unknown[],
  modified: readonly unknown[],
  rule: ListRule,
): ListChange {
  const { mergeKey, options } = rule;
  const before = sortedByKey(original, mergeKey);
  const after = sortedByKey(modified, mergeKey);
  const changes: JsonObject[] = [];
  const deletions: JsonObject[] = [];
  while (before.length > 0 || after.length > 0) {
    const [old, next] = [before[0], after[0]];
    if (old !== undefined && old.key === next?.key) {
      const change = diffObjects(old.item, next.item, rule.below, options, rule.retainKeys);
      if (Object.keys(change).length > 0) {
        setField(change, mergeKey, next.item[mergeKey]);
        changes.push(change);
      }
      before.shift();
      after.shift();
    } else if (next !== undefined && (old === undefined || old.key > next.key)) {
      if (!options.onlyDeletions) changes.push(next.item);
      after.shift();
    } else if (old !== undefined) {
      const deletion = { $patch: 'delete', [mergeKey]: old.item[mergeKey] };
      if (!options.ignoreDeletions) deletions.push(deletion);
      before.shift();
    }
  }
  const list = [...sortLike(changes, modified, mergeKey), ...deletions];
  const keysOf = (items: readonly unknown[]) =>
    items.map((item) => ({ [mergeKey]: (item as JsonObject)[mergeKey] }));
  const isReordered = !deepEqual(keysOf(original), keysOf(modified));
  const needsOrder =
    (!options.onlyDeletions && (list.length > 0 || isReordered)) ||
    (!options.ignoreDeletions && list.length > 0);
  return { list, deleted: [], order: needsOrder ? keysOf(modified) : [] };
}

/** Elements in the order of the texts of their merge keys. */
function sortedByKey(
  list: readonly unknown[],
  mergeKey: string,
): { readonly key: string; readonly item: JsonObject }[] {
  const keyed = list.map((item) => {
    if (isObject(item) && hasField(item, mergeKey)) return { key: goText(item[mergeKey]), item };
    const message = `map: ${goText(item)} does not contain declared merge key: ${mergeKey}`;
    throw new PatchError('internal', message);
  });
  return keyed.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1));
}
