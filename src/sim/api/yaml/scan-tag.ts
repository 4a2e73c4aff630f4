// Anchors, aliases, tags and directives of YAML.
import { type Cursor, isBlank, isBlankOrEnd, isBreak, type Mark, scannerError } from './cursor.ts';
import { type Token, token } from './tokens.ts';

const isWordChar = (char: string): boolean => /^[0-9A-Za-z_-]$/.test(char);
const uriChar = /^[0-9A-Za-z_;/?:@&=+$.!~*'()%-]$/;

/** `&name` or `*name`. */
export function scanAnchor(cursor: Cursor, kind: 'anchor' | 'alias'): Token {
  const start = cursor.mark;
  cursor.skip();
  let text = '';
  while (isWordChar(cursor.peek())) text += cursor.read();
  const next = cursor.peek();
  if (text === '' || !(isBlankOrEnd(next) || '?:,]}%@`'.includes(next))) {
    const problem = 'did not find expected alphabetic or numeric character';
    throw scannerError(problem, start, cursor.mark);
  }
  return token(kind, start, cursor.mark, { text });
}

/** `!`, `!suffix`, `!!suffix`, `!handle!suffix` or `!<uri>`. */
export function scanTag(cursor: Cursor): Token {
  const start = cursor.mark;
  let handle = '';
  let suffix: string;
  if (cursor.peek(1) === '<') {
    cursor.skip(2);
    suffix = readUri(cursor, '', start);
    if (cursor.peek() !== '>') {
      throw scannerError("did not find the expected '>'", start, cursor.mark);
    }
    cursor.skip();
  } else {
    handle = readHandle(cursor, start, false);
    if (handle.length > 1 && handle.endsWith('!')) {
      suffix = readUri(cursor, '', start);
    } else {
      suffix = readUri(cursor, handle, start);
      handle = '!';
      if (suffix === '') [handle, suffix] = ['', '!'];
    }
  }
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError('did not find expected whitespace or line break', start, cursor.mark);
  }
  return token('tag', start, cursor.mark, { text: suffix, handle });
}

function readHandle(cursor: Cursor, start: Mark, inDirective: boolean): string {
  if (cursor.peek() !== '!') throw scannerError("did not find expected '!'", start, cursor.mark);
  let handle = cursor.read();
  while (isWordChar(cursor.peek())) handle += cursor.read();
  if (cursor.peek() === '!') return handle + cursor.read();
  if (inDirective && handle !== '!') {
    throw scannerError("did not find expected '!'", start, cursor.mark);
  }
  return handle;
}

/** @param head what a handle turned out to be: the start of the suffix. */
function readUri(cursor: Cursor, head: string, start: Mark): string {
  let uri = head.slice(1);
  let length = head.length;
  while (uriChar.test(cursor.peek())) {
    uri += cursor.peek() === '%' ? readEscapedByte(cursor, start) : cursor.read();
    length += 1;
  }
  if (length === 0) throw scannerError('did not find expected tag URI', start, cursor.mark);
  return uri;
}

function readEscapedByte(cursor: Cursor, start: Mark): string {
  const digits = cursor.peek(1) + cursor.peek(2);
  if (!/^[0-9A-Fa-f]{2}$/.test(digits)) {
    throw scannerError('did not find URI escaped octet', start, cursor.mark);
  }
  cursor.skip(3);
  return String.fromCharCode(Number.parseInt(digits, 16));
}

/** `%YAML 1.1` or `%TAG ! prefix`. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.mark;
  cursor.skip();
  let name = '';
  while (isWordChar(cursor.peek())) name += cursor.read();
  if (name === '') {
    throw scannerError('could not find expected directive name', start, cursor.mark);
  }
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError('found unexpected non-alphabetical character', start, cursor.mark);
  }
  let found: Token;
  if (name === 'YAML') {
    found = token('version directive', start, cursor.mark, { text: readVersion(cursor, start) });
  } else if (name === 'TAG') {
    const [handle, prefix] = readTagDirective(cursor, start);
    found = token('tag directive', start, cursor.mark, { text: handle, handle: prefix });
  } else {
    throw scannerError('found unknown directive name', start, cursor.mark);
  }
  skipBlanks(cursor);
  if (cursor.peek() === '#') {
    while (!isBreak(cursor.peek()) && cursor.peek() !== '') cursor.skip();
  }
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError('did not find expected comment or line break', start, cursor.mark);
  }
  if (isBreak(cursor.peek())) cursor.readBreak();
  return found;
}

function skipBlanks(cursor: Cursor): void {
  while (isBlank(cursor.peek())) cursor.skip();
}

function readVersion(cursor: Cursor, start: Mark): string {
  skipBlanks(cursor);
  const major = readNumber(cursor, start);
  if (cursor.peek() !== '.') {
    throw scannerError("did not find expected digit or '.' character", start, cursor.mark);
  }
  cursor.skip();
  return `${major}.${readNumber(cursor, start)}`;
}

function readNumber(cursor: Cursor, start: Mark): string {
  let digits = '';
  while (/^[0-9]$/.test(cursor.peek())) {
    digits += cursor.read();
    if (digits.length > 2)
      throw scannerError('found extremely long version number', start, cursor.mark);
  }
  if (digits === '') {
    throw scannerError('did not find expected version number', start, cursor.mark);
  }
  return digits;
}

function readTagDirective(cursor: Cursor, start: Mark): readonly [string, string] {
  skipBlanks(cursor);
  const handle = readHandle(cursor, start, true);
  if (!isBlank(cursor.peek())) {
    throw scannerError('did not find expected whitespace', start, cursor.mark);
  }
  skipBlanks(cursor);
  const prefix = readUri(cursor, '', start);
  if (!isBlankOrEnd(cursor.peek())) {
    throw scannerError('did not find expected whitespace or line break', start, cursor.mark);
  }
  return [handle, prefix];
}
