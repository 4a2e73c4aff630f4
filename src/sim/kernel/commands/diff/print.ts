// Changes as diff prints them.
import { diffLines, type Change } from './lines.ts';

const contextLines = 3;
const noNewline = '\\ No newline at end of file\n';

/** What of a line counts when lines are compared. */
type LineKey = (line: string) => string;

export interface UnifiedOptions {
  /** Unchanged lines around a change. */
  readonly context?: number;
  readonly key?: LineKey;
}

/** A text as lines that know whether they ended: the last one of a text without a final newline does not. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function shown(sign: string, line: string): string {
  return line.endsWith('\n') ? `${sign}${line}` : `${sign}${line}\n${noNewline}`;
}

/** The classic form, `2c2` and lines with `<` and `>`; '' when the texts are equal. */
export function normalDiff(
  oldText: string,
  newText: string,
  key: LineKey = (line) => line,
): string {
  const [oldLines, newLines] = [linesOf(oldText), linesOf(newText)];
  let result = '';
  for (const { oldStart, oldEnd, newStart, newEnd } of diffLines(
    oldLines.map(key),
    newLines.map(key),
  )) {
    const removed = oldLines.slice(oldStart, oldEnd);
    const added = newLines.slice(newStart, newEnd);
    const letter = removed.length === 0 ? 'a' : added.length === 0 ? 'd' : 'c';
    result += `${lineRange(oldStart, oldEnd)}${letter}${lineRange(newStart, newEnd)}\n`;
    result += removed.map((line) => shown('< ', line)).join('');
    if (letter === 'c') result += '---\n';
    result += added.map((line) => shown('> ', line)).join('');
  }
  return result;
}

/** The unified form without its two head lines; '' when the texts are equal. */
export function unifiedDiff(
  oldText: string,
  newText: string,
  { context = contextLines, key = (line) => line }: UnifiedOptions = {},
): string {
  const [oldLines, newLines] = [linesOf(oldText), linesOf(newText)];
  let result = '';
  const changes = diffLines(oldLines.map(key), newLines.map(key));
  for (const hunk of hunks(changes, context)) {
    const [first, last] = [hunk[0], hunk.at(-1)];
    if (first === undefined || last === undefined) continue;
    const lead = Math.min(context, first.oldStart, first.newStart);
    const tail = Math.min(context, oldLines.length - last.oldEnd);
    const oldStart = first.oldStart - lead;
    const newStart = first.newStart - lead;
    result += `@@ -${unifiedRange(oldStart, last.oldEnd + tail)} +${unifiedRange(newStart, last.newEnd + tail)} @@\n`;
    let at = oldStart;
    for (const change of hunk) {
      result += oldLines
        .slice(at, change.oldStart)
        .map((line) => shown(' ', line))
        .join('');
      result += oldLines
        .slice(change.oldStart, change.oldEnd)
        .map((line) => shown('-', line))
        .join('');
      result += newLines
        .slice(change.newStart, change.newEnd)
        .map((line) => shown('+', line))
        .join('');
      at = change.oldEnd;
    }
    result += oldLines
      .slice(at, last.oldEnd + tail)
      .map((line) => shown(' ', line))
      .join('');
  }
  return result;
}

/** Changes whose contexts touch belong together. */
function hunks(changes: readonly Change[], context: number): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (
      group !== undefined &&
      before !== undefined &&
      change.oldStart - before.oldEnd <= 2 * context
    ) {
      group.push(change);
    } else groups.push([change]);
  }
  return groups;
}

/** `5` or `5,7`; an empty range is the line before it. */
function lineRange(start: number, end: number): string {
  if (end <= start) return String(start);
  return end === start + 1 ? String(end) : `${start + 1},${end}`;
}

function unifiedRange(start: number, end: number): string {
  const count = end - start;
  if (count === 1) return String(start + 1);
  return `${count === 0 ? start : start + 1},${count}`;
}
