// What differs between two values, in the words of the library that the server uses for that (google/go-cmp, Diff).
import { compare, type Branch, type Node } from './diff-tree.ts';
import { formatChangedText, isLongText } from './diff-strings.ts';
import {
  braces,
  changes,
  ellipsis,
  isSameText,
  lengthOf,
  line,
  nil,
  render,
  wrap,
  type Counts,
  type Mark,
  type Row,
  type Text,
} from './diff-text.ts';
import { deeper, formatValue, mapKey, mostParts, withType, type Style } from './diff-values.ts';
import { goType, isZero, type GoType, type Json } from './types.ts';

/** How much of what did not change stands around a change. */
const context = 2;
const mostTries = 6;

const withMark = (style: Style, mark: Mark): Style => ({ ...style, mark });

/** More and more of two values that look the same although they differ. */
const tellingMore = (style: Style, attempt: number): Style => ({
  ...style,
  level: style.level + 2 * attempt,
  isPlain: style.isPlain || attempt > 0,
});

/** Both sides of a change, with as much of them as it takes to tell them apart. */
function bothSides(
  style: Style,
  format: (style: Style, mark: '-' | '+') => Text | undefined,
): readonly [Text | undefined, Text | undefined] {
  let one = format(style, '-');
  let other = format(style, '+');
  for (let attempt = 0; attempt <= mostTries; attempt += 1) {
    if (one === undefined || other === undefined || !isSameText(one, other)) break;
    one = format(tellingMore(style, attempt), '-');
    other = format(tellingMore(style, attempt), '+');
  }
  return [one, other];
}

function formatLeaf(style: Style, node: Node): Text | undefined {
  const { type, x, y } = node;
  if (style.mark === '-') return formatValue(style, type, x);
  if (style.mark === '+') return formatValue(style, type, y);
  if (node.different === 0) {
    const one = formatValue(style, type, x) ?? nil;
    const other = formatValue(style, type, y) ?? nil;
    return lengthOf(one) < lengthOf(other) ? one : other;
  }
  const untyped: Style = { ...style, naming: 'never' };
  const [one, other] = bothSides(untyped, (own, mark) =>
    formatValue(own, type, mark === '-' ? x : y),
  );
  const rows: Row[] = [];
  if (one !== undefined) rows.push({ mark: '-', value: one });
  if (other !== undefined) rows.push({ mark: '+', value: other });
  return withType({ ...style, naming: 'always' }, type, { kind: 'list', rows });
}

function format(given: Style, node: Node): Text | undefined {
  const level = given.mark === ' ' ? 1 : Math.max(3, given.level);
  const style: Style = { ...given, level };
  if (isLongText(style, node)) return formatChangedText(style, node);
  if (node.depth === 0) return formatLeaf(style, node);
  if (node.target !== undefined) return wrap('&', format(style, node.target) ?? nil);
  return withType(style, node.type, formatParts(style, node));
}

const nameOfParts = ({ kind }: GoType): string =>
  kind === 'struct' ? 'field' : kind === 'map' ? 'entry' : 'element';

const keyOf = (type: GoType, key: string): string =>
  type.kind === 'map' ? mapKey(type, key) : key;

function formatParts(given: Style, { type, branches = [] }: Node): Text {
  const naming = type.kind === 'struct' ? 'auto' : 'never';
  const style: Style = { ...deeper(given), naming };
  if (given.mark !== '') return formatOneSide(style, type, branches, mostOf(given));
  return new PartsDiff(style, type, mostOf(given)).format(branches);
}

const mostOf = ({ mark, level }: Style): number =>
  mark === ' ' ? mostParts(level) : (1 << Math.min(16, level)) << 1;

/** A value as if both sides had it. */
function formatOneSide(
  style: Style,
  type: GoType,
  branches: readonly Branch[],
  most: number,
): Text {
  const rows: Row[] = [];
  for (const { key, node } of branches) {
    if (rows.length === most) return braces([...rows, { value: ellipsis, noComma: true }]);
    if (type.kind === 'struct' && isEmptyOn(style.mark, node)) continue;
    const value = format(style, node);
    if (value !== undefined) rows.push({ key: keyOf(type, key), value });
  }
  return braces(rows);
}

function isEmptyOn(mark: Mark, { type, x, y }: Node): boolean {
  if (mark === '-') return isZero(type, x);
  if (mark === '+') return isZero(type, y);
  return isZero(type, x) || isZero(type, y);
}

interface Group {
  readonly isChanged: boolean;
  readonly branches: Branch[];
}

function groupsOf(branches: readonly Branch[]): readonly Group[] {
  const groups: Group[] = [];
  for (const branch of branches) {
    const isChanged = branch.node.different > 0;
    const last = groups.at(-1);
    if (last?.isChanged === isChanged) last.branches.push(branch);
    else groups.push({ isChanged, branches: [branch] });
  }
  return groups;
}

/** Fields, elements or entries: the changed ones, with a few of the others around them. */
class PartsDiff {
  readonly #rows: Row[] = [];
  readonly #style: Style;
  readonly #type: GoType;
  readonly #most: number;

  constructor(style: Style, type: GoType, most: number) {
    this.#style = style;
    this.#type = type;
    this.#most = most;
  }

  format(branches: readonly Branch[]): Text {
    const groups = groupsOf(branches);
    let told = 0;
    let left = this.#counts([]);
    for (const [index, group] of groups.entries()) {
      if (told >= this.#most) left = added(left, this.#counts(group.branches));
      else if (group.isChanged) {
        for (const branch of group.branches) this.#tellChange(branch);
        told += group.branches.length;
      } else this.#tellSame(group.branches, index === 0, index === groups.length - 1);
    }
    if (left.identical + changes(left) > 0) this.#tellRest(left);
    return braces(this.#rows);
  }

  #counts(branches: readonly Branch[]): Counts {
    const counts = { identical: 0, removed: 0, inserted: 0, modified: 0 };
    for (const { node } of branches) counts[kindOf(node)] += 1;
    return { name: nameOfParts(this.#type), ...counts };
  }

  #tellRest(comment: Counts): void {
    this.#rows.push({ value: ellipsis, noComma: true, comment });
  }

  #tellSame(branches: readonly Branch[], isFirst: boolean, isLast: boolean): void {
    const size = branches.length;
    const low = isFirst ? 0 : Math.min(context, size);
    let high = isLast ? 0 : Math.min(context, size - low);
    if (size - low - high === 1) high += 1;
    for (const branch of branches.slice(0, low)) this.#tell(branch);
    if (size > low + high) this.#tellRest({ ...this.#counts([]), identical: size - low - high });
    for (const branch of branches.slice(size - high)) this.#tell(branch);
  }

  #tell({ key, node }: Branch): void {
    const value = format(withMark(this.#style, ' '), node) ?? nil;
    this.#rows.push({ key: keyOf(this.#type, key), value });
  }

  #tellChange({ key: name, node }: Branch): void {
    const key = keyOf(this.#type, name);
    const style = this.#style;
    if (isLongText(style, node)) {
      this.#rows.push({ key, value: formatChangedText(style, node) });
      return;
    }
    if (node.children !== node.depth) {
      this.#rows.push({ key, value: format(style, node) ?? nil });
      return;
    }
    const [one, other] = bothSides(style, (own, mark) => format(withMark(own, mark), node));
    if (one !== undefined) this.#rows.push({ mark: '-', key, value: one });
    if (other !== undefined) this.#rows.push({ mark: '+', key, value: other });
  }
}

function kindOf({ different, x, y }: Node): 'identical' | 'removed' | 'inserted' | 'modified' {
  if (different === 0) return 'identical';
  if (typeof y === 'symbol') return 'removed';
  return typeof x === 'symbol' ? 'inserted' : 'modified';
}

const added = (a: Counts, b: Counts): Counts => ({
  name: a.name,
  identical: a.identical + b.identical,
  removed: a.removed + b.removed,
  inserted: a.inserted + b.inserted,
  modified: a.modified + b.modified,
});

/**
 * The difference between two values of a type of the layout table, of several lines; '' where there is none.
 * @param typeName such as `core.PodSpec`
 */
export function goDiff(typeName: string, x: Json, y: Json): string {
  const root = compare(goType(typeName), x, y);
  if (root.different === 0) return '';
  const style: Style = { mark: '', naming: 'always', level: 3, isPlain: false };
  return render(format(style, root) ?? line(''));
}
