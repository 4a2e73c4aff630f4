// The words of an awk program.
import { unescape } from '../base/escapes.ts';
import { AwkError } from './tree.ts';

export interface Token {
  /** `call` is a name with a parenthesis right behind it. */
  readonly kind:
    'number' | 'text' | 'name' | 'call' | 'builtin' | 'word' | 'sign' | 'newline' | 'end';
  readonly text: string;
  readonly start: number;
  readonly line: number;
}

const words = new Set(
  'BEGIN END function func if else while for do break continue next nextfile exit return delete in getline print printf'.split(
    ' ',
  ),
);
export const builtins: ReadonlySet<string> = new Set(
  'length substr index split sub gsub match sprintf sin cos atan2 exp log sqrt int rand srand tolower toupper system close fflush systime strftime and or xor compl lshift rshift'.split(
    ' ',
  ),
);
/** Longest first. */
const signs =
  '**= ++ -- += -= *= /= %= ^= == <= >= != !~ && || >> ** { } ( ) [ ] ; , + - * / % ^ ! > < | ? : ~ $ ='.split(
    ' ',
  );

export class AwkLexer {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    this.#skipBlanks();
    const start = this.#at;
    const token = (kind: Token['kind'], text: string): Token => ({
      kind,
      text,
      start,
      line: this.#line,
    });
    const letter = this.#text[start];
    if (letter === undefined) return token('end', '');
    if (letter === '\n') {
      this.#at += 1;
      const result = token('newline', '\n');
      this.#line += 1;
      return result;
    }
    if (letter === '"') return token('text', this.#string());
    const rest = this.#text.slice(start, start + 320);
    const number = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(rest);
    if (number !== null) return this.#taken(token('number', number[0]), number[0]);
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (name !== undefined) return this.#taken(token(this.#nameKind(name), name), name);
    const sign = signs.find((candidate) => rest.startsWith(candidate));
    if (sign === undefined) throw new AwkError(`${this.#line}: Unexpected token`);
    const normal = sign === '**' ? '^' : sign === '**=' ? '^=' : sign;
    return this.#taken(token('sign', normal), sign);
  }

  /** Reads the sign `/` or `/=` again, as the start of a regular expression; its text. */
  regexAt(token: Token): string {
    let text = '';
    let inBracket = false;
    for (let at = token.start + 1; at < this.#text.length; at += 1) {
      const letter = this.#text[at] ?? '';
      if (letter === '\n') break;
      if (letter === '/' && !inBracket) {
        this.#at = at + 1;
        return text;
      }
      if (letter === '\\') {
        at += 1;
        const next = this.#text[at] ?? '';
        text += next === '/' ? '/' : regexEscape(next);
        continue;
      }
      if (letter === '[' && !inBracket) {
        inBracket = true;
        const lead = /^\[\^?\]?/.exec(this.#text.slice(at, at + 3))?.[0] ?? '[';
        text += lead;
        at += lead.length - 1;
        continue;
      }
      if (letter === ']') inBracket = false;
      text += letter;
    }
    throw new AwkError(`${token.line}: Unexpected end of string`);
  }

  #taken(token: Token, source: string): Token {
    this.#at += source.length;
    return token;
  }

  #nameKind(name: string): Token['kind'] {
    if (words.has(name)) return 'word';
    if (builtins.has(name)) return 'builtin';
    return this.#text[this.#at + name.length] === '(' ? 'call' : 'name';
  }

  #skipBlanks(): void {
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === ' ' || letter === '\t' || letter === '\r') this.#at += 1;
      else if (letter === '\\' && this.#text[this.#at + 1] === '\n') {
        this.#at += 2;
        this.#line += 1;
      } else if (letter === '#') {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = end < 0 ? this.#text.length : end;
      } else return;
    }
  }

  #string(): string {
    let end = this.#at + 1;
    while (this.#text[end] !== '"') {
      if (end >= this.#text.length || this.#text[end] === '\n') {
        throw new AwkError(`${this.#line}: Unexpected end of string`);
      }
      end += this.#text[end] === '\\' ? 2 : 1;
    }
    const source = this.#text.slice(this.#at + 1, end);
    this.#at = end + 1;
    return awkUnescape(source);
  }
}

/** Backslash sequences of a string; `\c` means nothing in awk. */
export function awkUnescape(source: string): string {
  return source.includes('\\')
    ? unescape(source.replaceAll('\\c', '\\\\c').replaceAll('\\/', '/'), 'anywhere').text
    : source;
}

/** A backslash sequence in a regular expression: control characters are resolved, the rest is the pattern's own. */
export function regexEscape(letter: string): string {
  const controls: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    f: '\f',
    v: '\v',
    a: '\x07',
    '"': '"',
  };
  return controls[letter] ?? `\\${letter}`;
}
