// Keys of sort: which part of a line counts, and how two of them compare.

interface Position {
  readonly field: number;
  readonly character: number;
}

export interface SortKey {
  readonly start: Position;
  readonly end: Position | undefined;
  /** `n`, `r`, `h`, ...; the command's own where the key names none. */
  readonly flags: string;
}

type Compare = (one: string, other: string) => number;

/** `2`, `2,2nr`, `1.3,1.5`; undefined when it is no key. */
export function parseKey(text: string, commandFlags: string): SortKey | undefined {
  const found =
    /^(\d{1,6})(?:\.(\d{1,6}))?([a-zA-Z]*)(?:,(\d{1,6})(?:\.(\d{1,6}))?([a-zA-Z]*))?$/.exec(text);
  if (found === null || Number(found[1]) === 0) return undefined;
  const [, field, character, flags = '', endField, endCharacter, endFlags = ''] = found;
  return {
    start: { field: Number(field), character: Number(character ?? 1) },
    end:
      endField === undefined
        ? undefined
        : { field: Number(endField), character: Number(endCharacter ?? 0) },
    flags: flags + endFlags || commandFlags,
  };
}

/** Comparisons of lines: by the keys alone, and with the whole line to settle what the keys leave equal. */
export function compareBy(
  keys: readonly SortKey[],
  flags: string,
  separator: string | undefined,
): { readonly keysOnly: Compare; readonly full: Compare } {
  const tests =
    keys.length === 0
      ? [comparison(flags, (line) => line)]
      : keys.map((key) => comparison(key.flags, (line) => keyText(line, key, separator)));
  const keysOnly: Compare = (one, other) => {
    for (const test of tests) {
      const order = test(one, other);
      if (order !== 0) return order;
    }
    return 0;
  };
  const backwards = flags.includes('r') ? -1 : 1;
  return { keysOnly, full: (one, other) => keysOnly(one, other) || backwards * plain(one, other) };
}

function comparison(flags: string, part: (line: string) => string): Compare {
  const base = valueComparison(flags);
  const backwards = flags.includes('r') ? -1 : 1;
  return (one, other) => backwards * base(part(one), part(other));
}

function valueComparison(flags: string): Compare {
  if (flags.includes('h')) return (one, other) => humanSize(one) - humanSize(other);
  if (/[ng]/.test(flags)) return (one, other) => leadingNumber(one) - leadingNumber(other);
  if (flags.includes('M')) return (one, other) => month(one) - month(other);
  if (flags.includes('V')) return compareVersions;
  const prepare = (text: string): string => {
    let prepared = flags.includes('b') ? text.trimStart() : text;
    if (flags.includes('f')) prepared = prepared.toUpperCase();
    return flags.includes('d') ? prepared.replace(/[^a-zA-Z0-9 \t]/g, '') : prepared;
  };
  return (one, other) => plain(prepare(one), prepare(other));
}

function plain(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The part of a line that a key names. Without a separator a field begins with the blanks before it. */
function keyText(line: string, key: SortKey, separator: string | undefined): string {
  const starts = fieldStarts(line, separator);
  const from = (starts[key.start.field - 1] ?? line.length) + key.start.character - 1;
  if (key.end === undefined) return line.slice(from);
  const { field, character } = key.end;
  const endOfField = starts[field];
  const to =
    character > 0
      ? (starts[field - 1] ?? line.length) + character
      : endOfField === undefined
        ? line.length
        : endOfField - (separator === undefined ? 0 : 1);
  return line.slice(from, Math.max(from, to));
}

function fieldStarts(line: string, separator: string | undefined): readonly number[] {
  const starts = [0];
  if (separator !== undefined) {
    for (let at = line.indexOf(separator); at >= 0; at = line.indexOf(separator, at + 1)) {
      starts.push(at + 1);
    }
    return starts;
  }
  let inWord = false;
  for (let index = 0; index < line.length; index += 1) {
    const blank = line[index] === ' ' || line[index] === '\t';
    if (blank && inWord) starts.push(index);
    inWord = !blank;
  }
  return starts;
}

function leadingNumber(text: string): number {
  return Number(/^\s*([-+]?\d*\.?\d+)/.exec(text.slice(0, 100))?.[1] ?? 0);
}

function humanSize(text: string): number {
  const found = /^\s*(-?\d*\.?\d+)([KMGTPE]?)/i.exec(text.slice(0, 100));
  const power = ' KMGTPE'.indexOf((found?.[2] || ' ').toUpperCase());
  return Number(found?.[1] ?? 0) * 1024 ** power;
}

function month(text: string): number {
  const months = 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC';
  const name = text.trimStart().slice(0, 3).toUpperCase();
  return name.length < 3 ? -1 : months.indexOf(name);
}

/** Digits count as numbers, everything else as text. */
function compareVersions(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => text.match(/\d+|\D+/g) ?? []);
  for (let index = 0; index < Math.max(a?.length ?? 0, b?.length ?? 0); index += 1) {
    const [x = '', y = ''] = [a?.[index], b?.[index]];
    const order = /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : plain(x, y);
    if (order !== 0) return order;
  }
  return 0;
}
