// Moves through the text of a sed script.
import { SedScriptError } from './script.ts';

export class SedScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Whether the text is over. */
  get ended(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Text up to a delimiter; a delimiter behind a backslash belongs to the text, as does one in a bracket of a pattern. */
  delimited(delimiter: string, isPattern: boolean, unterminated: string): string {
    let text = '';
    let inBracket = false;
    while (this.#at < this.#text.length) {
      const letter = this.take();
      if (letter === '\\') {
        text += escapedText(this.take(), delimiter, isPattern);
        continue;
      }
      if (letter === delimiter && !inBracket) return text;
      if (isPattern && letter === '\n') break;
      if (isPattern && letter === '[' && !inBracket) {
        inBracket = true;
        text += letter;
        // A closing bracket at the start is one of the characters.
        if (this.peek() === '^') text += this.take();
        if (this.peek() === ']') text += this.take();
        continue;
      }
      if (inBracket && letter === '[' && this.peek() === ':') {
        text += `[${this.#named()}`;
        continue;
      }
      if (letter === ']') inBracket = false;
      text += letter;
    }
    throw new SedScriptError(unterminated);
  }

  /** `:alpha:]` of a bracket. */
  #named(): string {
    const end = this.#text.indexOf(':]', this.#at + 1);
    const name = this.#text.slice(this.#at, end < 0 ? this.#at + 1 : end + 2);
    this.#at += name.length;
    return name;
  }

  word(): string {
    this.skip(' \t');
    const start = this.#at;
    while (this.#at < this.#text.length && !'\n;} \t'.includes(this.peek())) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }

  number(): number {
    const start = this.#at;
    while (this.peek() >= '0' && this.peek() <= '9') this.#at += 1;
    return Number(this.#text.slice(start, this.#at).slice(0, 15));
  }

  restOfLine(): string {
    const end = this.#text.indexOf('\n', this.#at);
    const line = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return line;
  }

  skip(letters: string): void {
    while (this.#at < this.#text.length && letters.includes(this.peek())) this.#at += 1;
  }

  peek(): string {
    return this.#text[this.#at] ?? '';
  }

  take(): string {
    const letter = this.peek();
    if (letter !== '') this.#at += 1;
    return letter;
  }
}

/** What a backslash and the letter behind it stand for; an escaped delimiter is itself, even where it means something. */
function escapedText(letter: string, delimiter: string, isPattern: boolean): string {
  if (letter === delimiter) {
    if (!isPattern || !'.*[]^$+?(){}|'.includes(letter)) return letter;
    return letter === '^' ? '\\^' : `[${letter}]`;
  }
  if (isPattern && letter === 'n') return '\n';
  return isPattern && letter === 't' ? '\t' : `\\${letter}`;
}
