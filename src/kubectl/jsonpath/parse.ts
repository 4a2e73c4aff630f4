// Reads a JSONPath template: text with actions in braces.
import type { Bound, Node } from './nodes.ts';
import { JsonPathError } from './nodes.ts';
import { unquote } from './unquote.ts';

const maxLength = 65_536;
const maxDepth = 32;

const isTerminator = (char: string): boolean => char === '' || ' \t\r\n.,[]$@{}'.includes(char);
const isWord = (char: string): boolean => char !== '' && /[\p{L}\p{Nd}_]/u.test(char);
const isDigit = (char: string): boolean => char >= '0' && char <= '9';

function describeChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${char}'`;
}

class Parser {
  readonly root: Node[] = [];
  readonly #input: string;
  readonly #depth: number;
  #at = 0;

  constructor(input: string, depth: number) {
    if (depth > maxDepth || input.length > maxLength) {
      throw new JsonPathError('the template is too long or too deep for this lab');
    }
    this.#input = input;
    this.#depth = depth;
  }

  parse(): Node[] {
    while (this.#at < this.#input.length) {
      const open = this.#input.indexOf('{', this.#at);
      const text = this.#input.slice(this.#at, open < 0 ? undefined : open);
      if (text !== '') this.root.push({ kind: 'text', text });
      if (open < 0) break;
      this.#at = open + 1;
      this.root.push({ kind: 'list', nodes: this.#action() });
    }
    return this.root;
  }

  get #char(): string {
    const code = this.#input.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #next(): string {
    const char = this.#char;
    this.#at += char.length;
    return char;
  }

  #ahead(text: string): boolean {
    return this.#input.startsWith(text, this.#at);
  }

  #action(): Node[] {
    const nodes: Node[] = [];
    for (;;) {
      if (this.#ahead('}')) {
        this.#at += 1;
        return nodes;
      }
      if (this.#ahead('[?(')) nodes.push(this.#filter());
      else if (this.#ahead('..')) this.#recursive(nodes);
      else this.#step(nodes);
    }
  }

  #step(nodes: Node[]): void {
    const char = this.#next();
    if (char === '' || char === '\n' || char === '\r') throw new JsonPathError('unclosed action');
    if (char === ' ' || char === '@' || char === '$') return;
    if (char === '[') nodes.push(...this.#array());
    else if (char === '"' || char === "'") nodes.push(this.#quote(char));
    else if (char === '.') nodes.push(this.#field());
    else if (char === '+' || char === '-' || isDigit(char)) nodes.push(this.#number(char));
    else if (isWord(char)) nodes.push(this.#identifier(char));
    else throw new JsonPathError(`unrecognized character in action: ${describeChar(char)}`);
  }

  #recursive(nodes: Node[]): void {
    if (nodes.at(-1)?.kind === 'recursive') {
      throw new JsonPathError('invalid multiple recursive descent');
    }
    this.#at += 2;
    nodes.push({ kind: 'recursive' });
    if (isWord(this.#char)) nodes.push(this.#field());
  }

  #field(): Node {
    let name = '';
    while (!isTerminator(this.#char)) {
      const char = this.#next();
      name += char === '\\' ? this.#next() : char;
    }
    return name === '*' ? { kind: 'wildcard' } : { kind: 'field', name };
  }

  #identifier(first: string): Node {
    let name = first;
    while (!isTerminator(this.#char)) name += this.#next();
    if (name === 'true' || name === 'false') {
      return { kind: 'literal', value: name === 'true', float: false };
    }
    return { kind: 'identifier', name };
  }

  #number(first: string): Node {
    let text = first;
    while (this.#char === '.' || isDigit(this.#char)) text += this.#next();
    if (/^[+-]?\d+$/.test(text)) return { kind: 'literal', value: Number(text), float: false };
    if (/^[+-]?(\d+\.\d*|\.\d+)$/.test(text)) {
      return { kind: 'literal', value: Number(text), float: true };
    }
    throw new JsonPathError(`cannot parse number ${text}`);
  }

  #quote(end: string): Node {
    const start = this.#at - 1;
    for (;;) {
      const char = this.#next();
      if (char === '' || char === '\n') throw new JsonPathError('unterminated quoted string');
      if (char === end && this.#input[this.#at - 2] !== '\\') break;
    }
    const quoted = this.#input.slice(start, this.#at);
    const text = unquote(quoted);
    if (text === undefined) {
      throw new JsonPathError(`unquote string ${quoted} error invalid syntax`);
    }
    return { kind: 'text', text };
  }

  #array(): Node[] {
    const start = this.#at;
    for (;;) {
      const char = this.#next();
      if (char === '' || char === '\n') throw new JsonPathError('unterminated array');
      if (char === ']') break;
    }
    const text = this.#input.slice(start, this.#at - 1);
    const parts = text.split(',');
    if (parts.length > 1) {
      const lists = parts.map((part) => this.#nested(`[${part.replace(/^ +| +$/g, '')}]`));
      return [{ kind: 'union', lists }];
    }
    const key = /^'([^']*)'$/.exec(text);
    if (key !== null) return this.#nested(`.${key[1] ?? ''}`);
    return [{ kind: 'array', bounds: readBounds(text === '*' ? ':' : text) }];
  }

  #filter(): Node {
    this.#at += 3;
    const start = this.#at;
    let quote = '';
    let closed = false;
    for (;;) {
      const char = this.#next();
      if (char === '' || char === '\n') throw new JsonPathError('unterminated filter');
      if (char === '"' || char === "'") {
        if (quote === '') quote = char;
        else if (char === quote && this.#input[this.#at - 2] !== '\\') closed = true;
      } else if (char === ')' && (quote === '' || closed)) break;
    }
    const text = this.#input.slice(start, this.#at - 1);
    if (this.#next() !== ']') throw new JsonPathError('unclosed array expect ]');
    const found = /^([^!<>=]+)([!<>=~]+)([^]+)$/.exec(text);
    if (found === null) {
      return { kind: 'filter', left: this.#nested(text), operator: 'exists', right: [] };
    }
    const [, left = '', operator = '', right = ''] = found;
    return { kind: 'filter', left: this.#nested(left), operator, right: this.#nested(right) };
  }

  /** The nodes of an action that stands within another. */
  #nested(action: string): Node[] {
    const [first] = new Parser(`{${action}}`, this.#depth + 1).parse();
    return first?.kind === 'list' ? [...first.nodes] : [];
  }
}

function readBounds(text: string): readonly [Bound, Bound, Bound] {
  const found = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/.exec(text);
  if (found === null) throw new JsonPathError(`invalid array index ${text}`);
  const number = (part: string): number => {
    if (!/^-?\d+$/.test(part)) throw new JsonPathError(`array index ${part} is not a number`);
    return Number(part);
  };
  const [, first = '', second, third] = found;
  const start = first === '' ? undefined : number(first);
  const bound = (part: string | undefined): Bound => ({
    value: part === undefined || part === ':' ? undefined : number(part.slice(1)),
  });
  const end: Bound =
    second === undefined || second === ''
      ? { value: (start ?? 0) + 1, derived: true }
      : bound(second);
  return [{ value: start }, end, bound(third === '' ? undefined : third)];
}

/** Parses a whole template. Throws JsonPathError in the words of client-go. */
export function parseJsonPath(template: string): readonly Node[] {
  return new Parser(template, 0).parse();
}
