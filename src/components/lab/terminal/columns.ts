// Completion candidates as a shell lists them: in columns, or one a line where they have descriptions.

export interface Candidate {
  readonly text: string;
  readonly description?: string | undefined;
}

/** The longest beginning that all candidates have in common. */
export function commonPrefix(texts: readonly string[]): string {
  const [first = ''] = texts;
  let length = first.length;
  for (const text of texts) {
    while (!text.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}

/**
 * Lays candidates out.
 * @param width columns of the terminal
 * @returns lines without newlines; at most `mostLines`, the last then saying how many are left out
 */
export function layOut(
  candidates: readonly Candidate[],
  width: number,
  mostLines = 40,
): readonly string[] {
  const widest = Math.max(...candidates.map(({ text }) => text.length));
  const lines: string[] = [];
  if (candidates.some(({ description }) => description !== undefined && description !== '')) {
    for (const { text, description = '' } of candidates) {
      lines.push(`${text.padEnd(widest)}  ${description}`.trimEnd().slice(0, width));
    }
  } else {
    const perLine = Math.max(1, Math.floor(width / (widest + 2)));
    const rows = Math.ceil(candidates.length / perLine);
    for (let row = 0; row < rows; row += 1) {
      const cells = candidates.filter((_, index) => index % rows === row);
      lines.push(
        cells
          .map(({ text }) => text.padEnd(widest + 2))
          .join('')
          .trimEnd(),
      );
    }
  }
  if (lines.length <= mostLines) return lines;
  return [...lines.slice(0, mostLines - 1), `(${lines.length - mostLines + 1} more lines)`];
}
