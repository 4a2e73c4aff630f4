// `--sort-by` (kubectl/pkg/cmd/get/sorter.go): by numbers, quantities, or words with numbers in their order.
import type { KubeObject } from '#sim/api/objects.ts';
import { compareQuantities, parseQuantity } from '#sim/api/quantity.ts';
import { Failure } from '../../failure.ts';
import { JsonPath } from '../../jsonpath/jsonpath.ts';
import { JsonPathError } from '../../jsonpath/nodes.ts';
import { relaxedPath } from '../../print/relaxed-path.ts';
import type { Table } from '../../print/table-printer.ts';
import type { Session } from '../../session.ts';

/** Words compared with their numbers as numbers (`node-2` before `node-10`). */
export function naturalLess(a: string, b: string): boolean {
  const parts = (text: string): readonly string[] => text.match(/\d+|\D+/g) ?? [];
  const left = parts(a);
  const right = parts(b);
  for (let at = 0; at < left.length && at < right.length; at += 1) {
    const x = left[at] ?? '';
    const y = right[at] ?? '';
    if (x === y) continue;
    if (!/^\d/.test(x) || !/^\d/.test(y)) return x < y;
    const trimmedX = x.replace(/^0+/, '');
    const trimmedY = y.replace(/^0+/, '');
    if (trimmedX.length !== trimmedY.length) return trimmedX.length < trimmedY.length;
    if (trimmedX !== trimmedY) return trimmedX < trimmedY;
    return x.length < y.length;
  }
  return left.length < right.length;
}

function isLess(a: unknown, b: unknown): boolean {
  if (b === undefined || b === null) return false;
  if (a === undefined || a === null) return true;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') {
    if (parseQuantity(a) !== undefined && parseQuantity(b) !== undefined) {
      return compareQuantities(a, b) < 0;
    }
    return naturalLess(a, b);
  }
  throw new Failure(`unsortable type: ${typeof a}`);
}

function sorted<T>(items: readonly T[], objectOf: (item: T) => unknown, by: string): readonly T[] {
  let path: JsonPath;
  try {
    path = new JsonPath(relaxedPath(by));
    const keyed = items.map((item) => ({ item, key: path.find(objectOf(item))[0]?.[0] }));
    keyed.sort((a, b) => (isLess(a.key, b.key) ? -1 : isLess(b.key, a.key) ? 1 : 0));
    return keyed.map(({ item }) => item);
  } catch (thrown) {
    if (thrown instanceof JsonPathError) throw new Failure(thrown.message);
    throw thrown;
  }
}

/** The rows of a table in the order that was asked for. */
export function sortRows(session: Session, table: Table): Table {
  const by = session.flags.text('sort-by');
  if (by === '' || table.rows === undefined) return table;
  return { ...table, rows: sorted(table.rows, (row) => row.object, by) };
}

/** Objects in the order that was asked for. */
export function sortObjects(
  session: Session,
  objects: readonly KubeObject[],
): readonly KubeObject[] {
  const by = session.flags.text('sort-by');
  return by === '' ? objects : sorted(objects, (object) => object, by);
}
