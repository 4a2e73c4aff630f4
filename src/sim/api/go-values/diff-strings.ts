// Long texts that changed: line by line, or in pieces of 64 bytes (google/go-cmp, report_slices.go).
import { byteLength } from '../names.ts';
import { editScript, type Edit } from './edit-script.ts';
import { missing, type Node } from './diff-tree.ts';
import { ellipsis, line, wrap, type Counts, type Mark, type Row, type Text } from './diff-text.ts';
import { withType, type Style } from './diff-values.ts';
import { goQuote } from './quote.ts';

const longText = 64;
const context = 2;
const longestLine = 1024;

const isPrintable = (text: string): boolean => !/[^\P{C}\s]/u.test(text);

/** Whether a change is told within the text. */
export function isLongText({ mark }: Style, { type, x, y, different }: Node): boolean {
  if (mark !== '' || different === 0 || type.kind !== 'string') return false;
  if (x === missing || y === missing) return false;
  const [one, other] = [x as string, y as string];
  if (byteLength(one) < longText || byteLength(other) < longText) return false;
  return isPrintable(one) && isPrintable(other);
}

interface Group {
  readonly edits: Edit[];
}

const sizeOf = ({ edits }: Group, ...kinds: readonly Edit[]): number =>
  edits.filter((edit) => kinds.includes(edit)).length;

const isSame = (group: Group): boolean => sizeOf(group, 'same') === group.edits.length;

function groupsOf(edits: readonly Edit[]): Group[] {
  const groups: Group[] = [];
  for (const edit of edits) {
    const last = groups.at(-1);
    if (last !== undefined && (last.edits[0] === 'same') === (edit === 'same'))
      last.edits.push(edit);
    else groups.push({ edits: [edit] });
  }
  return groups;
}

/** Short pieces that stayed between two changes are told as changed with them. */
function joined(groups: readonly Group[], window: number): readonly Group[] {
  const result: Group[] = [];
  for (const group of groups) {
    const [before, between] = result.slice(-2);
    if (before !== undefined && between !== undefined && !isSame(group)) {
      const removed = sizeOf(before, 'removed') + sizeOf(group, 'removed') > 0;
      const inserted = sizeOf(before, 'inserted') + sizeOf(group, 'inserted') > 0;
      if (removed && inserted && sizeOf(between, 'same') <= window) {
        before.edits.push(...between.edits, ...group.edits);
        result.pop();
        continue;
      }
    }
    result.push({ edits: [...group.edits] });
  }
  return result;
}

interface Pieces {
  readonly x: readonly string[];
  readonly y: readonly string[];
  /** How many make one row. */
  readonly size: number;
  readonly name: string;
  readonly join: string;
}

/** The rows about two lists of lines or characters. */
function rowsOf({ x, y, size, name, join }: Pieces, level: number): readonly Row[] {
  const edits = editScript(x.length, y.length, (atX, atY) =>
    x[atX] === y[atY] ? { same: 1, different: 0 } : { same: 0, different: 2 },
  );
  const groups = joined(groupsOf(edits), size / 4);
  const rows: Row[] = [];
  const tell = (pieces: readonly string[], mark: Mark): void => {
    for (let at = 0; at < pieces.length; at += size) {
      rows.push({ mark, value: line(goQuote(pieces.slice(at, at + size).join(join))) });
    }
  };
  const most = (1 << Math.min(16, level)) << 2;
  let [atX, atY, told] = [0, 0, 0];
  let left: Counts = { name, identical: 0, removed: 0, inserted: 0, modified: 0 };
  for (const [index, group] of groups.entries()) {
    const removed = sizeOf(group, 'removed');
    const inserted = sizeOf(group, 'inserted');
    const same = sizeOf(group, 'same');
    if (told >= most) {
      left = {
        ...left,
        identical: left.identical + same,
        removed: left.removed + removed,
        inserted: left.inserted + inserted,
      };
      continue;
    }
    if (isSame(group)) {
      const low = index === 0 ? 0 : Math.min(size * context, same);
      let high = index === groups.length - 1 ? 0 : Math.min(size * context, same - low);
      if (same - low - high <= size) high = same - low;
      tell(x.slice(atX, atX + low), ' ');
      if (same > low + high) {
        const comment = { ...left, identical: same - low - high };
        rows.push({ value: ellipsis, noComma: true, comment });
      }
      tell(x.slice(atX + same - high, atX + same), ' ');
    } else {
      const before = rows.length;
      tell(x.slice(atX, atX + same + removed), '-');
      tell(y.slice(atY, atY + same + inserted), '+');
      told += rows.length - before;
    }
    atX += same + removed;
    atY += same + inserted;
  }
  if (left.identical + left.removed + left.inserted > 0) {
    rows.push({ value: ellipsis, noComma: true, comment: left });
  }
  return rows;
}

const unquotable = (text: string): boolean => text.startsWith('"""') || text.startsWith('...');

/** Lines between `"""`, where that cannot be misread. */
function fenced(
  x: readonly string[],
  y: readonly string[],
  rows: readonly Row[],
): Text | undefined {
  if ([...x, ...y].some(unquotable)) return undefined;
  const removed = new Set<string>();
  const inserted = new Set<string>();
  const plain: Row[] = [];
  for (const row of rows) {
    const text = row.value.kind === 'line' ? row.value.text : '';
    const isChange = row.mark === '-' || row.mark === '+';
    if (row.value !== ellipsis) {
      const own = text.slice(1, -1);
      const content = text.startsWith('"') ? (JSON.parse(text) as string) : own;
      const bare = content.replace(/\s/g, '');
      if (row.mark === '-' && inserted.has(bare)) return undefined;
      if (row.mark === '+' && removed.has(bare)) return undefined;
      if (row.mark === '-') removed.add(bare);
      if (row.mark === '+') inserted.add(bare);
      plain.push({ ...row, value: line(content), noComma: true });
    } else plain.push(row);
    if (!isChange) {
      removed.clear();
      inserted.clear();
    }
  }
  const last = plain.at(-1);
  if (last?.mark === ' ' && last.value.kind === 'line' && last.value.text === '') plain.pop();
  const fence: Row = { value: line('"""'), noComma: true };
  return wrap('(', { kind: 'list', rows: [fence, ...plain, fence] }, ')');
}

/** A long text that changed. */
export function formatChangedText(style: Style, { type, x, y }: Node): Text {
  const [one, other] = [x as string, y as string];
  const breaks = `${one}${other}`.split('\n').length - 1;
  const linesX = one.split('\n');
  const linesY = other.split('\n');
  const isShort = [...linesX, ...linesY].every((text) => byteLength(text) <= longestLine);
  const isNamed = type.name !== 'string';
  const typed = (node: Text): Text => (isNamed ? withType(style, type, node) : node);
  if (breaks >= 4 && isShort) {
    const rows = rowsOf({ x: linesX, y: linesY, size: 1, name: 'line', join: '' }, style.level);
    const text = fenced(linesX, linesY, rows);
    if (text !== undefined) return typed(text);
    const list: Text = wrap('{', { kind: 'list', rows }, '}');
    return typed(wrap('strings.Join(', list, ', "\\n")'));
  }
  const pieces = { x: Array.from(one), y: Array.from(other), size: 64, name: 'byte', join: '' };
  const rows = rowsOf(pieces, style.level);
  return typed(wrap('strings.Join(', wrap('{', { kind: 'list', rows }, '}'), ', "")'));
}
