// Block scalars of YAML: literal (`|`) and folded (`>`), with their indentation and chomping.
import { type Cursor, isBlank, isBlankOrEnd, isBreak, type Mark, scannerError } from './cursor.ts';
import { type Token, token } from './tokens.ts';

interface Header {
  /** `+` keeps the line breaks at the end, `-` drops all, '' keeps one. */
  readonly chomping: string;
  /** The indentation that was written out, or 0. */
  readonly increment: number;
}

/** @param parentIndent the column of the surrounding block, -1 at the top. */
export function scanBlock(cursor: Cursor, literal: boolean, parentIndent: number): Token {
  const start = cursor.mark;
  cursor.skip();
  const { chomping, increment } = readHeader(cursor, start);
  let end = cursor.mark;
  let indent = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  let text = '';
  let lastBreak = '';
  let afterBlank = false;
  const breaks = (): string => {
    const found = scanBreaks(cursor, indent, parentIndent, start);
    ({ indent, end } = found);
    return found.breaks;
  };
  let moreBreaks = breaks();
  while (cursor.column === indent && cursor.peek() !== '') {
    const startsBlank = isBlank(cursor.peek());
    if (!literal && lastBreak.startsWith('\n') && !afterBlank && !startsBlank) {
      text += moreBreaks === '' ? ' ' : '';
    } else {
      text += lastBreak;
    }
    text += moreBreaks;
    afterBlank = startsBlank;
    while (!isBreak(cursor.peek()) && cursor.peek() !== '') text += cursor.read();
    lastBreak = cursor.peek() === '' ? '' : cursor.readBreak();
    moreBreaks = breaks();
  }
  if (chomping !== '-') text += lastBreak;
  if (chomping === '+') text += moreBreaks;
  return token('scalar', start, end, { text });
}

function readHeader(cursor: Cursor, start: Mark): Header {
  let chomping = '';
  let increment = 0;
  const readChomping = (): void => {
    if (cursor.peek() === '+' || cursor.peek() === '-') chomping = cursor.read();
  };
  readChomping();
  if (/[0-9]/.test(cursor.peek())) {
    if (cursor.peek() === '0') {
      throw scannerError('found an indentation indicator equal to 0', start, cursor.mark);
    }
    increment = Number(cursor.read());
    if (chomping === '') readChomping();
  }
  while (isBlank(cursor.peek())) cursor.skip();
  if (cursor.peek() === '#') {
    while (!isBreak(cursor.peek()) && cursor.peek() !== '') cursor.skip();
  }
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError('did not find expected comment or line break', start, cursor.mark);
  }
  if (isBreak(cursor.peek())) cursor.readBreak();
  return { chomping, increment };
}

/** Passes empty lines and the indentation of the next full one, which sets the indentation where none is known. */
function scanBreaks(
  cursor: Cursor,
  knownIndent: number,
  parentIndent: number,
  start: Mark,
): { readonly breaks: string; readonly indent: number; readonly end: Mark } {
  let breaks = '';
  let widest = 0;
  let end = cursor.mark;
  for (;;) {
    while ((knownIndent === 0 || cursor.column < knownIndent) && cursor.peek() === ' ') {
      cursor.skip();
    }
    widest = Math.max(widest, cursor.column);
    if ((knownIndent === 0 || cursor.column < knownIndent) && cursor.peek() === '\t') {
      const problem = 'found a tab character where an indentation space is expected';
      throw scannerError(problem, start, cursor.mark);
    }
    if (!isBreak(cursor.peek())) break;
    breaks += cursor.readBreak();
    end = cursor.mark;
  }
  const indent = knownIndent === 0 ? Math.max(widest, parentIndent + 1, 1) : knownIndent;
  return { breaks, indent, end };
}
