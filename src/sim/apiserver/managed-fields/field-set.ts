// Sets of fields in the form in which the API writes them (FieldsV1): a tree whose keys are path elements.
// `f:name` is a field, `k:{"name":"web"}` a list element by its keys, `v:"x"` an element of a set. A node without
// children is in the set; a node with children is when it has the key `.`.

export interface FieldSet {
  readonly [element: string]: FieldSet;
}

const self = '.';
export const leaf: FieldSet = {};

/** Whether the node itself, not only something below it, is in the set. */
export function isMember(node: FieldSet): boolean {
  if (node[self] !== undefined) return true;
  for (const _ in node) return false;
  return true;
}

export function isEmptySet(set: FieldSet): boolean {
  for (const _ in set) return false;
  return true;
}

/** A node from its children; undefined when it is neither in the set nor has anything below it. */
export function makeNode(member: boolean, children: FieldSet | undefined): FieldSet | undefined {
  if (children === undefined || isEmptySet(children)) return member ? leaf : undefined;
  return member ? { [self]: leaf, ...children } : children;
}

function childrenOf(node: FieldSet): FieldSet {
  if (node[self] === undefined) return node;
  const children: Record<string, FieldSet> = {};
  for (const element in node) if (element !== self) children[element] = node[element] ?? leaf;
  return children;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a)) return b;
  if (isEmptySet(b)) return a;
  const out: Record<string, FieldSet> = { ...a };
  for (const element in b) {
    const right = b[element] ?? leaf;
    const left = out[element];
    out[element] = left === undefined || left === right ? right : unionNode(left, right);
  }
  return out;
}

function unionNode(a: FieldSet, b: FieldSet): FieldSet {
  const children = union(childrenOf(a), childrenOf(b));
  return makeNode(isMember(a) || isMember(b), children) ?? leaf;
}

/** What is in `a` and not in `b`. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (inA, inB) => inA && !inB, true);
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (inA, inB) => inA && inB, false);
}

function combine(
  a: FieldSet,
  b: FieldSet,
  keeps: (inA: boolean, inB: boolean) => boolean,
  keepsAlone: boolean,
): FieldSet {
  const out: Record<string, FieldSet> = {};
  for (const element in a) {
    const left = a[element] ?? leaf;
    const right = b[element];
    if (right === undefined) {
      if (keepsAlone) out[element] = left;
      continue;
    }
    const children = combine(childrenOf(left), childrenOf(right), keeps, keepsAlone);
    const node = makeNode(keeps(isMember(left), isMember(right)), children);
    if (node !== undefined) out[element] = node;
  }
  return out;
}

/** Everything below and at these paths removed: `f:status`, `f:metadata/f:name`. */
export function without(set: FieldSet, paths: readonly (readonly string[])[]): FieldSet {
  let out = set;
  for (const path of paths) out = removePath(out, path);
  return out;
}

function removePath(set: FieldSet, [element = '', ...rest]: readonly string[]): FieldSet {
  const node = set[element];
  if (node === undefined) return set;
  const out: Record<string, FieldSet> = { ...set };
  const below = rest.length === 0 ? leaf : removePath(childrenOf(node), rest);
  const kept = makeNode(rest.length > 0 && isMember(node), below);
  if (kept === undefined || rest.length === 0) Reflect.deleteProperty(out, element);
  else out[element] = kept;
  return out;
}

/** Every member as its path, in the order of the tree. */
export function pathsOf(
  set: FieldSet,
  prefix: readonly string[] = [],
): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  for (const element of Object.keys(set).sort()) {
    if (element === self) continue;
    const node = set[element] ?? leaf;
    const path = [...prefix, element];
    if (isMember(node)) paths.push(path);
    paths.push(...pathsOf(childrenOf(node), path));
  }
  return paths;
}

/** A path as conflicts name it: `.spec.containers[name="web"].image`. */
export function formatPath(path: readonly string[]): string {
  return path
    .map((element) => {
      const rest = element.slice(2);
      if (element.startsWith('f:')) return `.${rest}`;
      if (element.startsWith('v:')) return `[=${rest}]`;
      const keys = JSON.parse(rest) as Record<string, unknown>;
      const pairs = Object.keys(keys).map((key) => `${key}=${JSON.stringify(keys[key])}`);
      return `[${pairs.join(',')}]`;
    })
    .join('');
}
