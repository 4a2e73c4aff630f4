// Output for the plain terminal: text without escape sequences, and tables where kubectl printed one.

/** Takes escape sequences and carriage returns out. */
export function plainText(text: string): string {
  const bare = text.replaceAll(
    /\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)/g,
    '',
  );
  return bare.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

export interface PlainTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads text as kubectl's table: a head of capital words three or more blanks apart, rows below it.
 * @returns undefined where it is none
 */
export function readTable(text: string): PlainTable | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [first = '', ...rest] = lines;
  if (rest.length === 0 || !/^[A-Z][A-Z0-9 _()/-]*$/.test(first) || !/ {3}/.test(first))
    return undefined;
  const starts: number[] = [];
  for (const match of first.matchAll(/(?:^|\s{3,})(\S)/g)) {
    starts.push(match.index + match[0].length - 1);
  }
  const cells = (line: string): string[] =>
    starts.map((start, index) => line.slice(start, starts[index + 1]).trim());
  const fits = rest.every((line) =>
    starts.every((start) => start === 0 || (line[start - 1] ?? ' ') === ' '),
  );
  return fits ? { head: cells(first), rows: rest.map(cells) } : undefined;
}
