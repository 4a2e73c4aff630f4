// The line being edited: graphemes and a cursor, and what each editing key makes of them. Pure.

export interface Line {
  readonly graphemes: readonly string[];
  readonly cursor: number;
}

export const emptyLine: Line = { graphemes: [], cursor: 0 };

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const split = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);

/** A line with the cursor at its end. */
export function lineOf(text: string): Line {
  const graphemes = split(text);
  return { graphemes, cursor: graphemes.length };
}

export const textOf = ({ graphemes }: Line): string => graphemes.join('');
export const leftOf = ({ graphemes, cursor }: Line): string => graphemes.slice(0, cursor).join('');

export function insert(line: Line, text: string): Line {
  const left = split(leftOf(line) + text);
  const right = line.graphemes.slice(line.cursor).join('');
  return { graphemes: split(left.join('') + right), cursor: left.length };
}

function cut(line: Line, from: number, to: number): Line {
  const graphemes = [...line.graphemes.slice(0, from), ...line.graphemes.slice(to)];
  return { graphemes, cursor: from };
}

const moved = (line: Line, cursor: number): Line => ({
  ...line,
  cursor: Math.min(Math.max(cursor, 0), line.graphemes.length),
});

const isWord = (grapheme: string | undefined): boolean => /[\p{L}\p{N}_]/u.test(grapheme ?? '');

/** The end of the next word to the left (-1) or right (+1), as readline's Alt-B and Alt-F find it. */
function wordEnd({ graphemes, cursor }: Line, direction: -1 | 1): number {
  const at = (index: number) => (direction < 0 ? graphemes[index - 1] : graphemes[index]);
  const end = direction < 0 ? 0 : graphemes.length;
  let index = cursor;
  while (index !== end && !isWord(at(index))) index += direction;
  while (index !== end && isWord(at(index))) index += direction;
  return index;
}

/** Ctrl-W: back to the blank before the word. */
function blankBefore({ graphemes, cursor }: Line): number {
  let index = cursor;
  while (index > 0 && graphemes[index - 1] === ' ') index -= 1;
  while (index > 0 && graphemes[index - 1] !== ' ') index -= 1;
  return index;
}

function transpose(line: Line): Line {
  const { graphemes, cursor } = line;
  if (cursor === 0 || graphemes.length < 2) return line;
  const right = cursor === graphemes.length ? cursor - 1 : cursor;
  const swapped = [...graphemes];
  swapped[right] = graphemes[right - 1] ?? '';
  swapped[right - 1] = graphemes[right] ?? '';
  return { graphemes: swapped, cursor: right + 1 };
}

const movements: Readonly<Record<string, (line: Line) => Line>> = {
  left: (line) => moved(line, line.cursor - 1),
  right: (line) => moved(line, line.cursor + 1),
  start: (line) => moved(line, 0),
  end: (line) => moved(line, line.graphemes.length),
  wordLeft: (line) => moved(line, wordEnd(line, -1)),
  wordRight: (line) => moved(line, wordEnd(line, 1)),
  deleteLeft: (line) => (line.cursor === 0 ? line : cut(line, line.cursor - 1, line.cursor)),
  deleteRight: (line) => cut(line, line.cursor, line.cursor + 1),
  killRight: (line) => cut(line, line.cursor, line.graphemes.length),
  killLeft: (line) => cut(line, 0, line.cursor),
  killBlankLeft: (line) => cut(line, blankBefore(line), line.cursor),
  killWordLeft: (line) => cut(line, wordEnd(line, -1), line.cursor),
  killWordRight: (line) => cut(line, line.cursor, wordEnd(line, 1)),
  transpose,
};

const keys: Readonly<Record<string, string>> = {
  '\x1b[D': 'left',
  '\x02': 'left',
  '\x1bOD': 'left',
  '\x1b[C': 'right',
  '\x06': 'right',
  '\x1bOC': 'right',
  '\x01': 'start',
  '\x1b[H': 'start',
  '\x1bOH': 'start',
  '\x1b[1~': 'start',
  '\x05': 'end',
  '\x1b[F': 'end',
  '\x1bOF': 'end',
  '\x1b[4~': 'end',
  '\x1bb': 'wordLeft',
  '\x1b[1;5D': 'wordLeft',
  '\x1b[1;3D': 'wordLeft',
  '\x1bf': 'wordRight',
  '\x1b[1;5C': 'wordRight',
  '\x1b[1;3C': 'wordRight',
  '\x7f': 'deleteLeft',
  '\x08': 'deleteLeft',
  '\x1b[3~': 'deleteRight',
  '\x0b': 'killRight',
  '\x15': 'killLeft',
  '\x17': 'killBlankLeft',
  '\x1b\x7f': 'killWordLeft',
  '\x1bd': 'killWordRight',
  '\x14': 'transpose',
};

export interface Edited {
  readonly line: Line;
  /** Text that a kill took away, for Ctrl-Y. */
  readonly killed: string;
}

/** What an editing key makes of a line; undefined for keys that do not edit. */
export function editByKey(line: Line, code: string): Edited | undefined {
  const name = Object.hasOwn(keys, code) ? keys[code] : undefined;
  const edit = name === undefined ? undefined : movements[name];
  if (name === undefined || edit === undefined) return undefined;
  const edited = edit(line);
  const killed = name.startsWith('kill')
    ? line.graphemes
        .slice(edited.cursor, edited.cursor + line.graphemes.length - edited.graphemes.length)
        .join('')
    : '';
  return { line: edited, killed };
}
