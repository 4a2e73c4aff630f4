// The text of a difference: lists that stand on one line if they can, aligned if they cannot (google/go-cmp,
// report_text.go). The real one takes plain or non-breaking spaces by chance; this one plain ones.
import { byteLength } from '../names.ts';

/** '' is undecided, ' ' the same on both sides. */
export type Mark = '' | ' ' | '-' | '+';

export interface Counts {
  readonly name: string;
  readonly identical: number;
  readonly removed: number;
  readonly inserted: number;
  readonly modified: number;
}

export interface Row {
  readonly mark?: Mark;
  readonly key?: string;
  readonly value: Text;
  readonly noComma?: boolean;
  readonly comment?: Counts | undefined;
}

export type Text =
  | { readonly kind: 'line'; readonly text: string }
  | {
      readonly kind: 'wrap';
      readonly prefix: string;
      readonly value: Text;
      readonly suffix: string;
    }
  | { readonly kind: 'list'; readonly rows: readonly Row[] };

export const line = (text: string): Text => ({ kind: 'line', text });
export const wrap = (prefix: string, value: Text, suffix = ''): Text => ({
  kind: 'wrap',
  prefix,
  value,
  suffix,
});
export const braces = (rows: readonly Row[]): Text => wrap('{', { kind: 'list', rows }, '}');

export const nil = line('nil');
export const ellipsis = line('...');

export const changes = ({ removed, inserted, modified }: Counts): number =>
  removed + inserted + modified;

/** `3 identical fields`, `1 removed and 2 inserted elements`. */
function countsText(counts: Counts): string {
  const { name, identical, removed, inserted, modified } = counts;
  const parts = Object.entries({ identical, removed, inserted, modified })
    .filter(([, count]) => count > 0)
    .map(([word, count]) => `${count} ${word}`);
  const sum = identical + changes(counts);
  const plural = name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
  const noun = sum > 1 ? plural : name;
  const list =
    parts.length < 3
      ? parts.join(' and ')
      : `${parts.slice(0, -1).join(', ')}, and ${parts.at(-1)}`;
  return `${list} ${noun}`;
}

const longestLine = 80;
const isChange = (mark: Mark): boolean => mark === '-' || mark === '+';
const under = (outer: Mark, inner: Mark | undefined): Mark =>
  inner !== undefined && isChange(inner) ? inner : outer;

/** The text on one line, and the node with everything made a line that may be one. */
function compact(node: Text, mark: Mark): { readonly text: string; readonly node: Text } {
  if (node.kind === 'line') return { text: node.text, node };
  if (node.kind === 'wrap') {
    const inner = compact(node.value, mark);
    const text = `${node.prefix}${inner.text}${node.suffix}`;
    return { text, node: inner.node.kind === 'line' ? line(text) : { ...node, value: inner.node } };
  }
  let isLong = false;
  const texts: string[] = [];
  const rows = node.rows.map((row) => {
    const inner = compact(row.value, under(mark, row.mark));
    texts.push(row.key ? `${row.key}: ${inner.text}` : inner.text);
    isLong ||= isChange(row.mark ?? '') || inner.node.kind !== 'line' || row.comment !== undefined;
    return { ...row, value: inner.node };
  });
  const text = texts.join(', ');
  isLong ||= isChange(mark) && byteLength(text) > longestLine;
  return { text, node: isLong ? { kind: 'list', rows } : line(text) };
}

/** The length of the text on one line, in bytes. */
export const lengthOf = (node: Text): number => byteLength(compact(node, '').text);

export const isSameText = (a: Text, b: Text): boolean => JSON.stringify(a) === JSON.stringify(b);

const indent = (depth: number, mark: Mark): string =>
  `${isChange(mark) ? mark : ' '} ${'\t'.repeat(depth)}`;

const isEllipsis = (node: Text): boolean => node.kind === 'line' && node.text === '...';
const width = (text: string): number => Array.from(text).length;

/** Spaces behind neighbours, so that what follows them starts in one column. */
function padding(
  rows: readonly Row[],
  lengthIn: (row: Row) => number | undefined,
): readonly number[] {
  const lengths = rows.map(lengthIn);
  const pads = lengths.map(() => 0);
  let start = 0;
  const close = (end: number): void => {
    const group = lengths.slice(start, end) as number[];
    const most = Math.max(0, ...group);
    for (let index = start; index < end; index += 1) pads[index] = most - (lengths[index] ?? 0);
    start = end + 1;
  };
  for (const [index, length] of lengths.entries()) if (length === undefined) close(index);
  close(lengths.length);
  return pads;
}

/** Plain values go several on a line. */
function batches(rows: readonly Row[]): readonly string[] {
  const lines: string[] = [];
  let batch = '';
  for (const { value } of rows) {
    const text = value.kind === 'line' ? value.text : '';
    if (batch !== '' && byteLength(batch) + byteLength(text) + 2 > longestLine) {
      lines.push(batch);
      batch = '';
    }
    batch += `${text}, `;
  }
  return [...lines, batch].map((text) => text.trimEnd());
}

function expandList(rows: readonly Row[], mark: Mark, depth: number): string {
  const end = `\n${indent(depth, mark)}`;
  const isPlain = rows.every(
    ({ mark: own, key, value, comment }) =>
      !own && !key && value.kind === 'line' && comment === undefined,
  );
  if (isPlain) {
    const lines = batches(rows).map((text) => `\n${indent(depth + 1, mark)}${text}`);
    return lines.join('') + end;
  }
  const keyPads = padding(rows, ({ key, value }) =>
    key && value.kind === 'line' ? width(key) : undefined,
  );
  const valuePads = padding(rows, ({ value, comment }) =>
    value.kind === 'line' && comment !== undefined && !isEllipsis(value)
      ? width(value.text)
      : undefined,
  );
  const lines = rows.map((row, index) => {
    const own = under(mark, row.mark);
    const key = row.key ? `${row.key}: ` : '';
    const value = expand(row.value, own, depth + 1);
    const comment = row.comment === undefined ? '' : ` // ${countsText(row.comment)}`;
    const comma = row.noComma === true ? '' : ',';
    const keyPad = ' '.repeat(keyPads[index] ?? 0);
    const valuePad = ' '.repeat(valuePads[index] ?? 0);
    return `\n${indent(depth + 1, own)}${key}${keyPad}${value}${comma}${valuePad}${comment}`;
  });
  return lines.join('') + end;
}

function expand(node: Text, mark: Mark, depth: number): string {
  if (node.kind === 'line') return node.text;
  if (node.kind === 'list') return expandList(node.rows, mark, depth);
  return `${node.prefix}${expand(node.value, mark, depth)}${node.suffix}`;
}

/** The whole text, with a line break at its end. */
export function render(node: Text): string {
  return `${indent(0, '')}${expand(compact(node, '').node, '', 0)}\n`;
}
