// Two values compared part by part: a tree that counts what is the same (google/go-cmp, compare.go and report_value.go).
import { compareQuantities } from '../quantity.ts';
import { editScript } from './edit-script.ts';
import {
  fieldValue,
  goType,
  type GoField,
  type GoType,
  type Json,
  type JsonObject,
} from './types.ts';

/** What stands for a value that only the other side has. */
export const missing = Symbol('missing');

export interface Branch {
  readonly key: string;
  readonly node: Node;
}

export interface Node {
  readonly type: GoType;
  readonly x: Json;
  readonly y: Json;
  /** Leaves that are the same, and that are not. */
  readonly same: number;
  readonly different: number;
  readonly children: number;
  readonly depth: number;
  /** Compared by a method of its type (amounts): printed as one value. */
  readonly isWhole: boolean;
  readonly branches?: readonly Branch[];
  /** What a pointer points to. */
  readonly target?: Node;
}

const isNone = (value: Json): boolean => value === undefined || value === null;

/** A number or text as the struct of both that Go has. */
export function openUnion(value: Json): JsonObject {
  return typeof value === 'string' ? { type: 1, text: value } : { number: value };
}

function leaf(type: GoType, x: Json, y: Json, isSame: boolean, isWhole = false): Node {
  const same = isSame ? 1 : 0;
  return { type, x, y, same, different: 1 - same, children: 0, depth: 0, isWhole };
}

function over(type: GoType, x: Json, y: Json, nodes: readonly Node[]) {
  const sum = (count: (node: Node) => number): number =>
    nodes.reduce((total, node) => total + count(node), 0);
  return {
    type,
    x,
    y,
    same: sum(({ same }) => same),
    different: sum(({ different }) => different),
    children: sum(({ children }) => children + 1),
    depth: Math.max(0, ...nodes.map(({ depth }) => depth + 1)),
    isWhole: false,
  };
}

function withBranches(type: GoType, x: Json, y: Json, branches: readonly Branch[]): Node {
  const nodes = branches.map(({ node }) => node);
  return { ...over(type, x, y, nodes), branches };
}

function compareStruct(fields: readonly GoField[], type: GoType, x: Json, y: Json): Node {
  const left = (x ?? {}) as JsonObject;
  const right = (y ?? {}) as JsonObject;
  const branches = fields.map((field) => ({
    key: field.name,
    node: compare(field.type, fieldValue(left, field), fieldValue(right, field)),
  }));
  return withBranches(type, x, y, branches);
}

function compareLists(type: GoType & { readonly kind: 'list' | 'pointer' }, x: Json, y: Json) {
  const left = x as readonly Json[];
  const right = y as readonly Json[];
  const edits = editScript(left.length, right.length, (atX, atY) =>
    compare(type.of, left[atX], right[atY]),
  );
  let atX = 0;
  let atY = 0;
  const branches = edits.map((edit): Branch => {
    const one = edit === 'inserted' ? missing : left[atX++];
    const other = edit === 'removed' ? missing : right[atY++];
    return { key: '', node: compare(type.of, one, other) };
  });
  return withBranches(type, x, y, branches);
}

function compareMaps(type: GoType & { readonly kind: 'map' }, x: Json, y: Json): Node {
  const left = x as JsonObject;
  const right = y as JsonObject;
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
  const branches = keys.map((key) => ({
    key,
    node: compare(
      type.of,
      Object.hasOwn(left, key) ? left[key] : missing,
      Object.hasOwn(right, key) ? right[key] : missing,
    ),
  }));
  return withBranches(type, x, y, branches);
}

export function compare(type: GoType, x: Json, y: Json): Node {
  if (x === missing || y === missing) return leaf(type, x, y, false);
  switch (type.kind) {
    case 'pointer': {
      if (isNone(x) || isNone(y)) return leaf(type, x, y, isNone(x) && isNone(y));
      const target = compare(type.of, x, y);
      return { ...over(type, x, y, [target]), target };
    }
    case 'list':
      if (isNone(x) || isNone(y)) return leaf(type, x, y, isNone(x) && isNone(y));
      return compareLists(type, x, y);
    case 'map':
      if (isNone(x) || isNone(y)) return leaf(type, x, y, isNone(x) && isNone(y));
      return compareMaps(type, x, y);
    case 'struct':
      return compareStruct(type.fields, type, x, y);
    case 'intstr':
      return compare(goType('intstr.IntOrString'), openUnion(x ?? 0), openUnion(y ?? 0));
    case 'quantity': {
      const isSame = compareQuantities((x ?? '0') as string, (y ?? '0') as string) === 0;
      return leaf(type, x, y, isSame, true);
    }
    default: {
      const zero = type.kind === 'string' ? '' : type.kind === 'int' ? 0 : false;
      return leaf(type, x ?? zero, y ?? zero, (x ?? zero) === (y ?? zero));
    }
  }
}
