// What must change to turn one list of lines into another.

/** Lines [oldStart, oldEnd) of the old list are replaced by [newStart, newEnd) of the new one. */
export interface Change {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** Beyond this many pairs of lines the middle part counts as changed altogether. */
const maxPairs = 4_000_000;

/** The changes between two lists, smallest where the lists are not too long. */
export function diffLines(oldLines: readonly string[], newLines: readonly string[]): Change[] {
  let start = 0;
  while (start < oldLines.length && start < newLines.length && oldLines[start] === newLines[start])
    start += 1;
  let oldEnd = oldLines.length;
  let newEnd = newLines.length;
  while (oldEnd > start && newEnd > start && oldLines[oldEnd - 1] === newLines[newEnd - 1]) {
    oldEnd -= 1;
    newEnd -= 1;
  }
  if (start === oldEnd && start === newEnd) return [];
  const rows = oldEnd - start;
  const columns = newEnd - start;
  if (rows === 0 || columns === 0 || rows * columns > maxPairs) {
    return [{ oldStart: start, oldEnd, newStart: start, newEnd }];
  }
  const oldPart = oldLines.slice(start, oldEnd);
  const newPart = newLines.slice(start, newEnd);
  return walk(oldPart, newPart, commonLengths(oldPart, newPart), start);
}

/** For each pair of positions how many lines the rests have in common, row by row. */
function commonLengths(oldPart: readonly string[], newPart: readonly string[]): Uint32Array {
  const width = newPart.length + 1;
  const lengths = new Uint32Array((oldPart.length + 1) * width);
  for (let row = oldPart.length - 1; row >= 0; row -= 1) {
    for (let column = newPart.length - 1; column >= 0; column -= 1) {
      const at = row * width + column;
      lengths[at] =
        oldPart[row] === newPart[column]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  return lengths;
}

function walk(
  oldPart: readonly string[],
  newPart: readonly string[],
  lengths: Uint32Array,
  offset: number,
): Change[] {
  const width = newPart.length + 1;
  const changes: Change[] = [];
  let row = 0;
  let column = 0;
  while (row < oldPart.length || column < newPart.length) {
    const [oldStart, newStart] = [row + offset, column + offset];
    while (row < oldPart.length || column < newPart.length) {
      if (row < oldPart.length && column < newPart.length && oldPart[row] === newPart[column])
        break;
      const down = row < oldPart.length ? (lengths[(row + 1) * width + column] ?? 0) : -1;
      const right = column < newPart.length ? (lengths[row * width + column + 1] ?? 0) : -1;
      if (down >= right) row += 1;
      else column += 1;
    }
    if (row + offset > oldStart || column + offset > newStart) {
      changes.push({ oldStart, oldEnd: row + offset, newStart, newEnd: column + offset });
    }
    while (row < oldPart.length && column < newPart.length && oldPart[row] === newPart[column]) {
      row += 1;
      column += 1;
    }
  }
  return changes;
}
