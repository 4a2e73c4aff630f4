// Gathers the fields a word expands to: splitting at IFS, keeping quoted text together, then matching file names.
import { escapeGlob, hasGlob } from '../../glob.ts';

const whitespace = ' \t\n';

export class Fields {
  readonly fields: string[] = [];
  readonly #ifs: string;
  readonly #match: (pattern: string) => readonly string[];
  #text: string | undefined;
  #pattern = '';
  #hasGlob = false;
  #afterSpace = false;
  /** `"$@"` without parameters: an otherwise empty word is no field at all. */
  #vanishes = false;

  /** `match` gives the file names that fit a pattern; none leaves the word as it is. */
  constructor(ifs: string, match: (pattern: string) => readonly string[]) {
    this.#ifs = ifs;
    this.#match = match;
  }

  quoted(text: string): void {
    this.#text = (this.#text ?? '') + text;
    this.#pattern += escapeGlob(text);
  }

  /** Unquoted text of the script itself: never split, but it may be a pattern. */
  literal(text: string): void {
    this.#text = (this.#text ?? '') + text;
    this.#pattern += text;
    this.#hasGlob ||= hasGlob(text);
  }

  /** What an unquoted expansion gave. */
  split(text: string): void {
    if (this.#ifs === '') {
      if (text !== '') this.#unquoted(text);
      return;
    }
    let start = 0;
    for (let i = 0; i < text.length; i += 1) {
      const character = text[i] ?? '';
      if (!this.#ifs.includes(character)) continue;
      if (i > start) this.#unquoted(text.slice(start, i));
      start = i + 1;
      if (whitespace.includes(character)) this.#endAtSpace();
      else this.#endAtDelimiter();
    }
    if (start < text.length) this.#unquoted(start === 0 ? text : text.slice(start));
  }

  vanishing(): void {
    this.#vanishes = true;
  }

  /** Ends the field, if one was begun. */
  end(): void {
    const text = this.#text;
    if (text === undefined) return;
    this.#text = undefined;
    const pattern = this.#pattern;
    this.#pattern = '';
    const wasPattern = this.#hasGlob;
    this.#hasGlob = false;
    if (text === '' && this.#vanishes) return;
    const names = wasPattern ? this.#match(pattern) : [];
    if (names.length > 0) this.fields.push(...names);
    else this.fields.push(text);
  }

  /** Ends the field and begins the next, even if both stay empty (`"$@"`). */
  next(): void {
    this.#text ??= '';
    this.end();
    this.#text = '';
  }

  /** The word is complete. */
  finish(): void {
    this.end();
    this.#afterSpace = false;
    this.#vanishes = false;
  }

  #unquoted(text: string): void {
    this.#afterSpace = false;
    this.#text = (this.#text ?? '') + text;
    // A backslash in a value is no quoting of the pattern's.
    this.#pattern += text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
    this.#hasGlob ||= hasGlob(text);
  }

  #endAtSpace(): void {
    if (this.#text === undefined) return;
    this.end();
    this.#afterSpace = true;
  }

  #endAtDelimiter(): void {
    if (this.#text === undefined && !this.#afterSpace) this.#text = '';
    this.end();
    this.#afterSpace = false;
  }
}
