// Backslash sequences of echo -e, printf, tr and awk.

const letters: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};

export interface Unescaped {
  readonly text: string;
  /** `\c` was met: no further output at all. */
  readonly stopped: boolean;
}

/**
 * Replaces backslash sequences; an unknown one stays as it is.
 * @param octal where an octal number may stand: behind `\0` only (echo, %b) or behind the backslash itself (printf, tr).
 */
export function unescape(text: string, octal: 'after-zero' | 'anywhere'): Unescaped {
  let result = '';
  let index = 0;
  while (index < text.length) {
    const backslash = text.indexOf('\\', index);
    if (backslash < 0) break;
    result += text.slice(index, backslash);
    const letter = text[backslash + 1] ?? '';
    if (letter === 'c') return { text: result, stopped: true };
    const number = numberAt(text, backslash + 1, octal);
    if (number !== undefined) {
      result += number.text;
      index = number.end;
    } else {
      result += letters[letter] ?? `\\${letter}`;
      index = backslash + 2;
    }
  }
  return { text: result + text.slice(index), stopped: false };
}

function numberAt(
  text: string,
  at: number,
  octal: 'after-zero' | 'anywhere',
): { readonly text: string; readonly end: number } | undefined {
  if (text[at] === 'x') {
    const digits = digitsAt(text, at + 1, 2, '0123456789abcdefABCDEF');
    if (digits === '') return undefined;
    return { text: byteText(Number.parseInt(digits, 16)), end: at + 1 + digits.length };
  }
  const isZero = text[at] === '0';
  if (octal === 'after-zero' && !isZero) return undefined;
  const start = octal === 'after-zero' ? at + 1 : at;
  const digits = digitsAt(text, start, 3, '01234567');
  if (digits === '' && !isZero) return undefined;
  return { text: byteText(Number.parseInt(digits || '0', 8) & 0xff), end: start + digits.length };
}

/** A byte as text: beyond ASCII it is half of nothing, kept as a lone surrogate (see bytes.ts). */
function byteText(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}

function digitsAt(text: string, start: number, max: number, allowed: string): string {
  let end = start;
  while (end < text.length && end - start < max && allowed.includes(text[end] ?? '')) end += 1;
  return text.slice(start, end);
}
