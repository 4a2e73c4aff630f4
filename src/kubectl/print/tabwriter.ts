// Go's text/tabwriter: cells that end in a tab are padded so that neighbouring lines align.

export interface TabOptions {
  readonly minWidth: number;
  readonly padding: number;
  /** Widths never shrink from one flush to the next (k8s.io/cli-runtime for `get -w`). */
  readonly remember?: boolean | undefined;
}

/** As `kubectl get` sets it: columns of at least 6, three blanks between them. */
export const tableTabs: TabOptions = { minWidth: 6, padding: 3, remember: true };
/** As `kubectl describe` sets it. */
export const describeTabs: TabOptions = { minWidth: 0, padding: 2 };

const widthOf = (text: string): number => {
  let width = text.length;
  // A character beyond U+FFFF is two units of the string, of which the first is its high surrogate.
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit < 0xdc00) width -= 1;
  }
  return width;
};

export class TabWriter {
  readonly #options: TabOptions;
  #remembered: number[] = [];

  constructor(options: TabOptions) {
    this.#options = options;
  }

  /** Forgets the widths of earlier flushes. */
  forget(): void {
    this.#remembered = [];
  }

  /** Aligns a text whose cells are separated by tabs. */
  format(text: string): string {
    const lines = text.split('\n').map((line) => line.split('\t'));
    const widths = lines.map(() => [] as number[]);
    this.#align(lines, widths, 0, 0, lines.length);
    return lines
      .map((cells, index) =>
        cells
          .map((cell, at) => pad(cell, at < cells.length - 1 ? widths[index]?.[at] : 0))
          .join(''),
      )
      .join('\n');
  }

  /** Sets the width of one column in each block of neighbouring lines that have it, then of those to its right. */
  #align(
    lines: readonly (readonly string[])[],
    widths: readonly number[][],
    column: number,
    from: number,
    to: number,
  ): void {
    const { minWidth, padding, remember } = this.#options;
    for (let start = from; start < to; start += 1) {
      if (column >= (lines[start]?.length ?? 0) - 1) continue;
      let end = start;
      let width = minWidth;
      for (; end < to && column < (lines[end]?.length ?? 0) - 1; end += 1) {
        width = Math.max(width, widthOf(lines[end]?.[column] ?? '') + padding);
      }
      if (remember === true) {
        width = Math.max(width, this.#remembered[column] ?? 0);
        this.#remembered[column] = width;
      }
      for (let line = start; line < end; line += 1) widths[line]?.push(width);
      this.#align(lines, widths, column + 1, start, end);
      start = end - 1;
    }
  }
}

function pad(cell: string, width = 0): string {
  const missing = width - widthOf(cell);
  return missing > 0 ? cell + ' '.repeat(missing) : cell;
}

/** Aligns a whole text at once. */
export function alignTabs(text: string, options: TabOptions): string {
  return new TabWriter(options).format(text);
}
