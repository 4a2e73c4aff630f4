// Scalars of YAML: plain, quoted, and in blocks (yaml_parser_scan_*_scalar of libyaml, which kubectl's parser follows).
import { type Cursor, isBlank, isBlankOrEnd, isBreak, type Mark, scannerError } from './cursor.ts';
import { type Token, token } from './tokens.ts';

/** White space between the words of a scalar that may go over several lines. */
class Joint {
  #blanks = '';
  #firstBreak = '';
  #moreBreaks = '';
  afterBreak = false;

  get isEmpty(): boolean {
    return this.#blanks === '' && !this.afterBreak;
  }

  addBlank(char: string): void {
    if (!this.afterBreak) this.#blanks += char;
  }

  addBreak(char: string): void {
    if (this.afterBreak) {
      this.#moreBreaks += char;
    } else {
      this.#blanks = '';
      this.#firstBreak = char;
      this.afterBreak = true;
    }
  }

  /** A line break that was escaped: what follows belongs to the same line. */
  addEscapedBreak(): void {
    this.#blanks = '';
    this.#firstBreak = '';
    this.afterBreak = true;
  }

  /** What the space comes to: one break is a blank, more are themselves without the first. */
  take(): string {
    const { afterBreak } = this;
    const more = this.#moreBreaks;
    let joined = this.#blanks;
    if (afterBreak) {
      const isPlainBreak = this.#firstBreak.startsWith('\n');
      joined = isPlainBreak ? (more === '' ? ' ' : more) : this.#firstBreak + more;
    }
    this.#blanks = this.#firstBreak = this.#moreBreaks = '';
    this.afterBreak = false;
    return joined;
  }
}

const flowIndicators = ',?[]{}';

/**
 * A plain scalar.
 * @param indent the column of the surrounding block; `inFlow` whether brackets are open.
 * @returns the token, and whether the scalar ended after a line break (a key may follow then).
 */
export function scanPlain(
  cursor: Cursor,
  indent: number,
  inFlow: boolean,
): { readonly found: Token; readonly afterBreak: boolean } {
  const start = cursor.mark;
  let end = start;
  let text = '';
  const joint = new Joint();
  for (;;) {
    if (cursor.atDocumentMarker() || cursor.peek() === '#') break;
    while (!isBlankOrEnd(cursor.peek())) {
      if (endsPlain(cursor, inFlow)) break;
      text += joint.take() + cursor.read();
      end = cursor.mark;
    }
    if (!isBlank(cursor.peek()) && !isBreak(cursor.peek())) break;
    skipSpace(cursor, joint, () => {
      if (joint.afterBreak && cursor.column < indent + 1 && cursor.peek() === '\t') {
        throw scannerError('found a tab character that violates indentation', start, cursor.mark);
      }
    });
    if (!inFlow && cursor.column < indent + 1) break;
  }
  return {
    found: token('scalar', start, end, { text, plain: true }),
    afterBreak: joint.afterBreak,
  };
}

function endsPlain(cursor: Cursor, inFlow: boolean): boolean {
  const char = cursor.peek();
  if (char === ':' && isBlankOrEnd(cursor.peek(1))) return true;
  return inFlow && flowIndicators.includes(char);
}

function skipSpace(cursor: Cursor, joint: Joint, check: () => void): void {
  for (;;) {
    const char = cursor.peek();
    if (isBlank(char)) {
      check();
      joint.addBlank(cursor.read());
    } else if (isBreak(char)) {
      joint.addBreak(cursor.readBreak());
    } else {
      return;
    }
  }
}

/** A scalar in quotes; the cursor stands on the first. */
export function scanQuoted(cursor: Cursor, quote: string): Token {
  const start = cursor.mark;
  cursor.skip();
  const joint = new Joint();
  let text = '';
  for (;;) {
    if (cursor.atDocumentMarker()) {
      throw scannerError('found unexpected document indicator', start, cursor.mark);
    }
    if (cursor.peek() === '') {
      throw scannerError('found unexpected end of stream', start, cursor.mark);
    }
    text += readQuotedWord(cursor, quote, start, joint);
    if (cursor.peek() === quote) break;
    skipSpace(cursor, joint, () => undefined);
    text += joint.take();
  }
  cursor.skip();
  return token('scalar', start, cursor.mark, { text });
}

/** The characters up to white space or the closing quote. */
function readQuotedWord(cursor: Cursor, quote: string, start: Mark, joint: Joint): string {
  let word = '';
  while (!isBlankOrEnd(cursor.peek())) {
    const char = cursor.peek();
    if (char === quote) {
      if (quote !== "'" || cursor.peek(1) !== "'") return word;
      cursor.skip(2);
      word += "'";
    } else if (char === '\\' && quote === '"') {
      if (isBreak(cursor.peek(1))) {
        cursor.skip();
        cursor.readBreak();
        joint.addEscapedBreak();
        return word;
      }
      word += readEscape(cursor, start);
    } else {
      word += cursor.read();
    }
  }
  return word;
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readEscape(cursor: Cursor, start: Mark): string {
  const char = cursor.peek(1);
  const simple = Object.hasOwn(escapes, char) ? escapes[char] : undefined;
  if (simple !== undefined) {
    cursor.skip(2);
    return simple;
  }
  const digits = Object.hasOwn(hexDigits, char) ? (hexDigits[char] ?? 0) : 0;
  if (digits === 0) throw scannerError('found unknown escape character', start, cursor.mark);
  cursor.skip(2);
  let code = 0;
  for (let at = 0; at < digits; at++) {
    const digit = Number.parseInt(cursor.peek(at), 16);
    if (Number.isNaN(digit)) {
      throw scannerError('did not find expected hexdecimal number', start, cursor.mark);
    }
    code = code * 16 + digit;
  }
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw scannerError('found invalid Unicode character escape code', start, cursor.mark);
  }
  cursor.skip(digits);
  return String.fromCodePoint(code);
}
