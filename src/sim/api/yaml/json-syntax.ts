// Finds the end of a JSON value, or what is wrong with it in the words of Go's encoding/json (scanner.go).
import { mostDepth } from './limits.ts';

export type JsonScan =
  | { readonly ok: true; readonly end: number }
  /** The text ended too early. */
  | { readonly ok: false; readonly reason: 'end' }
  /** `at` is the index of the character that does not fit. */
  | {
      readonly ok: false;
      readonly reason: 'syntax';
      readonly at: number;
      readonly message: string;
    };

class SyntaxProblem extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}
class EndOfText extends Error {}

/** Scans one value that begins at or after `from`, white space aside. */
export function scanJson(text: string, from: number): JsonScan {
  const scan = new JsonScanner(text, from);
  try {
    scan.value(0);
    return { ok: true, end: scan.at };
  } catch (problem) {
    if (problem instanceof EndOfText) return { ok: false, reason: 'end' };
    if (!(problem instanceof SyntaxProblem)) throw problem;
    return { ok: false, reason: 'syntax', at: problem.at, message: problem.message };
  }
}

/** What json.Unmarshal says of a text that is no object (nor null); undefined for one that is. */
export function jsonObjectError(text: string): string | undefined {
  const scan = scanJson(text, 0);
  if (!scan.ok) return scan.reason === 'end' ? 'unexpected end of JSON input' : scan.message;
  const rest = text.slice(scan.end).trimStart();
  if (rest !== '') return `invalid character ${quoteChar(rest.charAt(0))} after top-level value`;
  const first = text.trimStart().charAt(0);
  const kinds: Readonly<Record<string, string>> = {
    '"': 'string',
    '[': 'array',
    t: 'bool',
    f: 'bool',
  };
  if (first === '{' || first === 'n') return undefined;
  return `json: cannot unmarshal ${kinds[first] ?? 'number'} into Go value of type map[string]interface {}`;
}

class JsonScanner {
  readonly #text: string;
  at: number;

  constructor(text: string, from: number) {
    this.#text = text;
    this.at = from;
  }

  value(depth: number): void {
    this.#skipSpace();
    const char = this.#peek();
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    if (char === '"') return this.#string();
    if (char === '-' || isDigit(char)) return this.#number();
    for (const word of ['true', 'false', 'null']) {
      if (char === word.charAt(0)) return this.#literal(word);
    }
    this.#refuse('looking for beginning of value');
  }

  #peek(): string {
    if (this.at >= this.#text.length) throw new EndOfText();
    return this.#text.charAt(this.at);
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.#peek())) this.at += 1;
  }

  #refuse(context: string): never {
    throw new SyntaxProblem(this.at, `invalid character ${quoteChar(this.#peek())} ${context}`);
  }

  #enter(depth: number): void {
    if (depth >= mostDepth) throw new SyntaxProblem(this.at, 'exceeded max depth');
    this.at += 1;
    this.#skipSpace();
  }

  #object(depth: number): void {
    this.#enter(depth);
    if (this.#peek() === '}') {
      this.at += 1;
      return;
    }
    for (;;) {
      if (this.#peek() !== '"') this.#refuse('looking for beginning of object key string');
      this.#string();
      this.#skipSpace();
      if (this.#peek() !== ':') this.#refuse('after object key');
      this.at += 1;
      this.value(depth + 1);
      this.#skipSpace();
      const next = this.#peek();
      if (next !== ',' && next !== '}') this.#refuse('after object key:value pair');
      this.at += 1;
      if (next === '}') return;
      this.#skipSpace();
    }
  }

  #array(depth: number): void {
    this.#enter(depth);
    if (this.#peek() === ']') {
      this.at += 1;
      return;
    }
    for (;;) {
      this.value(depth + 1);
      this.#skipSpace();
      const next = this.#peek();
      if (next !== ',' && next !== ']') this.#refuse('after array element');
      this.at += 1;
      if (next === ']') return;
    }
  }

  #string(): void {
    this.at += 1;
    for (;;) {
      const char = this.#peek();
      if (char === '"') break;
      if (char < ' ') this.#refuse('in string literal');
      this.at += 1;
      if (char === '\\') this.#escape();
    }
    this.at += 1;
  }

  #escape(): void {
    const char = this.#peek();
    if (!'bfnrt\\/"u'.includes(char)) this.#refuse('in string escape code');
    this.at += 1;
    if (char !== 'u') return;
    for (let digit = 0; digit < 4; digit++) {
      if (!/[0-9A-Fa-f]/.test(this.#peek())) this.#refuse('in \\u hexadecimal character escape');
      this.at += 1;
    }
  }

  #number(): void {
    if (this.#peek() === '-') this.at += 1;
    if (this.#peek() === '0') this.at += 1;
    else this.#digits('in numeric literal');
    if (this.#text.charAt(this.at) === '.') {
      this.at += 1;
      this.#digits('after decimal point in numeric literal');
    }
    if (/^[eE]$/.test(this.#text.charAt(this.at))) {
      this.at += 1;
      if (/[-+]/.test(this.#peek())) this.at += 1;
      this.#digits('in exponent of numeric literal');
    }
  }

  #digits(context: string): void {
    if (!isDigit(this.#peek())) this.#refuse(context);
    while (isDigit(this.#text.charAt(this.at))) this.at += 1;
  }

  #literal(word: string): void {
    for (const letter of word) {
      if (this.#peek() !== letter) this.#refuse(`in literal ${word} (expecting '${letter}')`);
      this.at += 1;
    }
  }
}

const isDigit = (char: string): boolean => char >= '0' && char <= '9';

const named: Readonly<Record<string, string>> = {
  "'": "\\'",
  '"': '"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A character as Go's message shows it; it sees the first byte of one beyond ASCII. */
function quoteChar(char: string): string {
  const known = named[char];
  if (known !== undefined) return `'${known}'`;
  const code = char.charCodeAt(0);
  if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, '0')}'`;
  if (code < 0x80) return `'${char}'`;
  const byte =
    code < 0x800
      ? 0xc0 | (code >> 6)
      : code >= 0xd800 && code < 0xe000
        ? 0xf0
        : 0xe0 | (code >> 12);
  return `'${String.fromCharCode(byte)}'`;
}
