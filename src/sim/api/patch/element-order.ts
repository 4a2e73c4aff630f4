// In which order a merged list comes out: what the patch names in its order, what only the server has in between where it
// stood (normalizeElementOrder of apimachinery/pkg/util/strategicpatch).
import { deepEqual, getField, isObject } from './json.ts';

/** Splits a list into the elements that another list names and the rest. */
export function splitByPresence(
  list: readonly unknown[],
  named: readonly unknown[],
  mergeKey: string,
): { readonly present: unknown[]; readonly rest: unknown[] } {
  const present: unknown[] = [];
  const rest: unknown[] = [];
  for (const item of list) (placeIn(named, item, mergeKey) >= 0 ? present : rest).push(item);
  return { present, rest };
}

/** Orders the elements of a patch and those of the server alone, and joins them. */
export function joinInOrder(parts: {
  readonly patch: readonly unknown[];
  readonly patchOrder: readonly unknown[];
  readonly server: readonly unknown[];
  readonly serverOrder: readonly unknown[];
  readonly mergeKey: string;
}): unknown[] {
  const { patchOrder, serverOrder, mergeKey } = parts;
  const patch = sortLike(parts.patch, patchOrder, mergeKey);
  const server = sortLike(parts.server, serverOrder, mergeKey);
  const joined: unknown[] = [];
  while (patch.length > 0 && server.length > 0) {
    const first = placeIn(serverOrder, server[0], mergeKey);
    const second = placeIn(serverOrder, patch[0], mergeKey);
    const serverFirst = first >= 0 && second >= 0 && first < second;
    joined.push((serverFirst ? server : patch).shift());
  }
  return [...joined, ...patch, ...server];
}

/** Elements in the order in which another list names them; delete directives that it does not name go last. */
export function sortLike(
  list: readonly unknown[],
  order: readonly unknown[],
  mergeKey: string,
): unknown[] {
  const isDelete = (item: unknown): boolean =>
    mergeKey !== '' && isObject(item) && getField(item, '$patch') === 'delete';
  const deletions = list.filter(isDelete);
  const places = list
    .filter((item) => !isDelete(item))
    .map((item) => ({ item, place: placeIn(order, item, mergeKey) }));
  places.sort((a, b) => (a.place >= 0 && b.place >= 0 ? a.place - b.place : 0));
  return [...places.map(({ item }) => item), ...deletions];
}

function placeIn(list: readonly unknown[], item: unknown, mergeKey: string): number {
  if (mergeKey === '') return list.findIndex((other) => deepEqual(other, item));
  if (!isObject(item)) return -1;
  const value = getField(item, mergeKey);
  return list.findIndex((other) => isObject(other) && deepEqual(getField(other, mergeKey), value));
}
