// Words: quotes, backslashes, and what begins with a dollar sign.
import { unescape } from '../../commands/base/escapes.ts';
import type { Source } from './source.ts';
import type { List, Part, Word } from './syntax.ts';
import { wordOf } from './syntax.ts';

/** What words are made of beyond characters, handed in because these are made of words in turn. */
export interface Readers {
  /** Reads a list of commands until `)` and that. */
  readonly list: (source: Source) => List;
  /** Reads the expansion at a `$` or backquote; undefined where the dollar sign is only itself. */
  readonly dollar: (source: Source, quoted: boolean) => Part | undefined;
}

const wordEnds = new Set(['|', '&', ';', '<', '>', '(', ')', '\n', ' ', '\t', '']);

export interface WordOptions {
  /** A tilde may also follow `:` and the `=` (the value of an assignment). */
  readonly assignment?: boolean;
}

/** Gathers text between other parts. */
export class PartList {
  readonly parts: Part[] = [];
  #text = '';
  #quoted = false;

  text(text: string, quoted: boolean): void {
    if (this.#text !== '' && this.#quoted !== quoted) this.#flush();
    this.#text += text;
    this.#quoted = quoted;
  }

  part(part: Part): void {
    this.#flush();
    this.parts.push(part);
  }

  /** Marks that something quoted stands here, even if it is empty. */
  quotes(): void {
    this.#flush();
    this.parts.push({ kind: 'text', text: '', quoted: true });
  }

  finish(): Word {
    this.#flush();
    return wordOf(this.parts);
  }

  get empty(): boolean {
    return this.parts.length === 0 && this.#text === '';
  }

  #flush(): void {
    if (this.#text === '') return;
    this.parts.push({ kind: 'text', text: this.#text, quoted: this.#quoted });
    this.#text = '';
  }
}

/** The word at the source's place, undefined where none begins. */
export function readWord(
  source: Source,
  readers: Readers,
  options: WordOptions = {},
): Word | undefined {
  const parts = new PartList();
  const start = source.at;
  let tildeMayFollow = true;
  for (;;) {
    source.skipJoins();
    const character = source.peek();
    if (wordEnds.has(character)) break;
    const mayBeTilde = tildeMayFollow;
    tildeMayFollow = false;
    switch (character) {
      case '~':
        if (!mayBeTilde || !readTilde(source, parts)) readPlain(source, parts);
        break;
      case '\\':
        source.at += 1;
        if (source.atEnd) parts.text('\\', true);
        else parts.text(source.next(), true);
        break;
      case "'":
        readSingleQuoted(source, parts);
        break;
      case '"':
        source.at += 1;
        parts.quotes();
        readDoubleQuoted(source, parts, readers);
        break;
      case '$':
      case '`':
        if (source.extended && source.sees("$'")) readEscapeQuoted(source, parts);
        else readDollarInto(source, parts, readers, false);
        break;
      default:
        tildeMayFollow = options.assignment === true && character === ':';
        readPlain(source, parts);
    }
  }
  return source.at === start ? undefined : parts.finish();
}

function readPlain(source: Source, parts: PartList): void {
  parts.text(source.next(), false);
}

/** `~` or `~user` up to a slash, a colon or the end of the word; anything quoted makes it an ordinary character. */
function readTilde(source: Source, parts: PartList): boolean {
  let end = source.at + 1;
  while (/[\w.-]/.test(source.text[end] ?? '')) end += 1;
  const after = source.text[end] ?? '';
  if (after !== '/' && after !== ':' && !wordEnds.has(after)) return false;
  parts.part({ kind: 'tilde', user: source.text.slice(source.at + 1, end) });
  source.at = end;
  return true;
}

export function readSingleQuoted(source: Source, parts: PartList): void {
  const end = source.text.indexOf("'", source.at + 1);
  if (end < 0) source.fail('unterminated-quote');
  parts.quotes();
  const text = source.text.slice(source.at + 1, end);
  parts.text(text, true);
  for (const character of text) if (character === '\n') source.line += 1;
  source.at = end + 1;
}

/** `$'a\\n'`: a quoted text with the escapes of printf. */
function readEscapeQuoted(source: Source, parts: PartList): void {
  let end = source.at + 2;
  while (end < source.text.length && source.text[end] !== "'") {
    end += source.text[end] === '\\' ? 2 : 1;
  }
  if (end >= source.text.length) source.fail('unterminated-quote');
  const raw = source.text.slice(source.at + 2, end).replaceAll("\\'", "'");
  parts.quotes();
  parts.text(unescape(raw, 'anywhere').text, true);
  source.at = end + 1;
}

/** The inside of double quotes, up to and with the closing one; for a here-document (no closing quote) up to the end. */
export function readDoubleQuoted(
  source: Source,
  parts: PartList,
  readers: Readers,
  here = false,
): void {
  for (;;) {
    if (source.atEnd) {
      if (here) return;
      source.fail('unterminated-quote');
    }
    const character = source.peek();
    if (character === '"' && !here) {
      source.at += 1;
      return;
    }
    if (character === '\\') readEscaped(source, parts, here);
    else if (character === '$' || character === '`') {
      readDollarInto(source, parts, readers, true);
    } else {
      parts.text(source.next(), true);
    }
  }
}

/** Within double quotes a backslash only quotes `$`, a backquote, `"`, itself and the newline. */
function readEscaped(source: Source, parts: PartList, here: boolean): void {
  source.at += 1;
  const next = source.peek();
  if (next === '\n') {
    source.next();
  } else if (next !== '' && ('$`\\'.includes(next) || (next === '"' && !here))) {
    parts.text(source.next(), true);
  } else {
    parts.text('\\', true);
  }
}

export function readDollarInto(
  source: Source,
  parts: PartList,
  readers: Readers,
  quoted: boolean,
): void {
  const part = source.nested(() => readers.dollar(source, quoted));
  if (part === undefined) parts.text(source.next(), quoted);
  else parts.part(part);
}
