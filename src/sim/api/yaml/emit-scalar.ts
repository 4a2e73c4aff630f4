// How kubectl writes a string in YAML: plain, quoted or as a block, and where it breaks long lines
// (emitterc.go and encode.go of gopkg.in/yaml.v2).
import { isBlank, isBreak } from './cursor.ts';
import { resolvePlain } from './resolve.ts';

/** What a writer of scalars needs: the text so far ends in a column, and lines may be begun. */
export interface Out {
  write(text: string): void;
  /** Begins a line with so many spaces. */
  newLine(indent: number): void;
  readonly column: number;
}

type Style = 'plain' | 'single' | 'double' | 'literal';

/** Lines are broken at the first space beyond this column. */
const bestWidth = 80;

const base60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const timestamp =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)| (\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?$/;
const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a reader would take the plain text for something other than a string. */
function isAmbiguous(text: string): boolean {
  if (resolvePlain(text).tag !== 'str') return true;
  if (!/^[-+0-9]/.test(text)) return false;
  return base60.test(text) || isTimestamp(text);
}

function isTimestamp(text: string): boolean {
  const found = timestamp.exec(text);
  if (found === null) return false;
  const part = (index: number): number => Number(found[index] ?? '0');
  const [year, month, day] = [part(1), part(2), part(3)];
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && !isLeap ? 28 : (monthDays[month - 1] ?? 0);
  return (
    day >= 1 &&
    day <= days &&
    part(4) + part(7) < 24 &&
    part(5) + part(8) < 60 &&
    part(6) + part(9) < 60
  );
}

interface Analysis {
  readonly plain: boolean;
  readonly single: boolean;
  readonly block: boolean;
  readonly multiLine: boolean;
}

function isPrintable(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return true;
  return (code >= 0xa0 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff);
}

function analyse(chars: readonly string[]): Analysis {
  if (chars.length === 0) return { plain: true, single: true, block: false, multiLine: false };
  const last = chars.length - 1;
  const space = (at: number): boolean => chars[at] === ' ';
  const lineBreak = (at: number): boolean => isBreak(chars[at] ?? '');
  let spaceAfterBreak = false;
  let breakAfterSpace = false;
  let special = false;
  let multiLine = false;
  chars.forEach((char, at) => {
    if (!isPrintable(char)) special = true;
    if (isBreak(char)) multiLine = true;
    if (char === ' ' && lineBreak(at - 1)) spaceAfterBreak = true;
    if (isBreak(char) && space(at - 1)) breakAfterSpace = true;
  });
  const outer = [0, last].some((at) => space(at) || lineBreak(at));
  const neither = breakAfterSpace || special;
  return {
    plain: !outer && !spaceAfterBreak && !neither && !multiLine && !hasIndicators(chars),
    single: !spaceAfterBreak && !neither,
    block: !space(last) && !neither,
    multiLine,
  };
}

/** Whether the text reads as something else in a block context. */
function hasIndicators(chars: readonly string[]): boolean {
  const start = chars.slice(0, 3).join('');
  if (start === '---' || start === '...') return true;
  return chars.some((char, at) => {
    const next = chars[at + 1];
    const blankNext = next === undefined || isBlank(next);
    if (at === 0) {
      return '#,[]{}&*!|>\'"%@`'.includes(char) || ('?:-'.includes(char) && blankNext);
    }
    const previous = chars[at - 1] ?? '';
    return (
      (char === ':' && blankNext) || (char === '#' && (isBlank(previous) || isBreak(previous)))
    );
  });
}

function styleOf(text: string, analysis: Analysis, isKey: boolean): Style {
  let style: Style = isAmbiguous(text) ? 'double' : 'plain';
  if (text.includes('\n')) style = 'literal';
  if (isKey && analysis.multiLine) style = 'double';
  if (style === 'plain' && (!analysis.plain || (text === '' && isKey))) style = 'single';
  if (style === 'single' && !analysis.single) style = 'double';
  if (style === 'literal' && (!analysis.block || isKey)) style = 'double';
  return style;
}

/** Longer keys, and those of several lines, are written as `? key` and `: value`. */
export function isSimpleKey(key: string): boolean {
  const mostBytes = 128;
  if (key.length * 3 <= mostBytes) return ![...key].some(isBreak);
  let bytes = 0;
  for (const char of key) {
    if (isBreak(char)) return false;
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes <= mostBytes;
}

/** Writes a string. @param indent of the lines that it may go on over; keys stay on one. */
export function writeString(out: Out, text: string, indent: number, isKey: boolean): void {
  const chars = [...text];
  const style = styleOf(text, analyse(chars), isKey);
  if (style === 'literal') return writeLiteral(out, text, indent);
  if (style === 'double') return writeDouble(out, chars, indent, isKey);
  const single = style === 'single';
  if (single) out.write("'");
  let afterSpace = false;
  chars.forEach((char, at) => {
    if (char !== ' ') {
      out.write(single && char === "'" ? "''" : char);
      afterSpace = false;
      return;
    }
    const inside = !single || (at > 0 && at < chars.length - 1);
    const mayBreak = !isKey && !afterSpace && inside && chars[at + 1] !== ' ';
    if (mayBreak && out.column > bestWidth) out.newLine(indent);
    else out.write(char);
    afterSpace = true;
  });
  if (single) out.write("'");
}

const escapes: Readonly<Record<number, string>> = {
  0x00: '0',
  0x07: 'a',
  0x08: 'b',
  0x09: 't',
  0x0a: 'n',
  0x0b: 'v',
  0x0c: 'f',
  0x0d: 'r',
  0x1b: 'e',
  0x22: '"',
  0x5c: '\\',
  0x85: 'N',
  0xa0: '_',
  0x2028: 'L',
  0x2029: 'P',
};

function escape(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  const short = escapes[code];
  if (short !== undefined) return `\\${short}`;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function writeDouble(out: Out, chars: readonly string[], indent: number, isKey: boolean): void {
  out.write('"');
  let afterSpace = false;
  // The writer looks for a byte order mark at the start, wherever it is in the text.
  const all = chars[0] === '\ufeff';
  chars.forEach((char, at) => {
    if (all || !isPrintable(char) || isBreak(char) || char === '"' || char === '\\') {
      out.write(escape(char));
      afterSpace = false;
    } else if (char === ' ') {
      const mayBreak = !isKey && !afterSpace && at > 0 && at < chars.length - 1;
      if (mayBreak && out.column > bestWidth) {
        out.newLine(indent);
        if (chars[at + 1] === ' ') out.write('\\');
      } else {
        out.write(char);
      }
      afterSpace = true;
    } else {
      out.write(char);
      afterSpace = false;
    }
  });
  out.write('"');
}

function writeLiteral(out: Out, text: string, indent: number): void {
  const startsBlank = text.startsWith(' ') || isBreak(text.charAt(0));
  const endsBreak = isBreak(text.charAt(text.length - 1));
  const endsTwice = endsBreak && (text.length === 1 || isBreak(text.charAt(text.length - 2)));
  out.write(`|${startsBlank ? '2' : ''}${endsBreak ? (endsTwice ? '+' : '') : '-'}`);
  const lines = text.split('\n');
  if (endsBreak) lines.pop();
  for (const line of lines) {
    out.newLine(line === '' ? 0 : indent);
    out.write(line);
  }
}
