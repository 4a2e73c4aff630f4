// From text to tokens, as libyaml scans (which kubectl's parser is a translation of): indentation becomes tokens, and a
// scalar becomes a key when a `:` follows it. What it refuses, and with which words and lines, is what kubectl refuses.
import { Cursor, isBlank, isBlankOrEnd, isBreak, type Mark, scannerError } from './cursor.ts';
import { scanBlock } from './scan-block.ts';
import { scanPlain, scanQuoted } from './scan-scalar.ts';
import { scanAnchor, scanDirective, scanTag } from './scan-tag.ts';
import { type Token, token, type TokenKind } from './tokens.ts';

/** A place where a key may have begun, until its `:` is found or cannot come any more. */
interface PossibleKey {
  readonly required: boolean;
  /** How many tokens came before it. */
  readonly number: number;
  readonly mark: Mark;
}

/** A key must be on one line, and its `:` within so many characters. */
const longestKey = 1024;

export class Scanner {
  readonly #cursor: Cursor;
  readonly #queue: Token[] = [];
  #taken = 0;
  #ended = false;
  #indent = -1;
  readonly #indents: number[] = [];
  /** One for the block context and one for each open bracket. */
  readonly #keys: (PossibleKey | undefined)[] = [undefined];
  #keyAllowed = true;

  constructor(text: string) {
    this.#cursor = new Cursor(text.startsWith('\ufeff') ? text.slice(1) : text);
  }

  peek(): Token {
    this.#fill();
    return this.#queue[0] ?? token('stream end', this.#cursor.mark, this.#cursor.mark);
  }

  take(): Token {
    const next = this.peek();
    this.#queue.shift();
    this.#taken += 1;
    return next;
  }

  get #flowLevel(): number {
    return this.#keys.length - 1;
  }

  /** Scans on until the first token of the queue is certain: while it may still turn out to be a key, it is not. */
  #fill(): void {
    while (!this.#ended) {
      const first = this.#keys.findIndex((key) => key?.number === this.#taken);
      if (this.#queue.length > 0 && (first < 0 || !this.#isStillPossible(first))) return;
      this.#fetch();
    }
  }

  #isStillPossible(level: number): boolean {
    const key = this.#keys[level];
    if (key === undefined) return false;
    const { line, index } = this.#cursor;
    if (key.mark.line >= line && key.mark.index + longestKey >= index) return true;
    this.#dropKey(level);
    return false;
  }

  #dropKey(level: number): void {
    const key = this.#keys[level];
    if (key?.required === true) {
      throw scannerError("could not find expected ':'", key.mark, this.#cursor.mark);
    }
    this.#keys[level] = undefined;
  }

  #fetch(): void {
    const cursor = this.#cursor;
    this.#skipToToken();
    this.#unroll(cursor.column);
    const char = cursor.peek();
    if (char === '') return this.#fetchEnd();
    if (cursor.column === 0 && char === '%') return this.#fetchDirective();
    if (cursor.atDocumentMarker()) {
      return this.#fetchMarker(char === '-' ? 'document start' : 'document end');
    }
    if (char === '[') return this.#fetchOpen('flow sequence start');
    if (char === '{') return this.#fetchOpen('flow mapping start');
    if (char === ']') return this.#fetchClose('flow sequence end');
    if (char === '}') return this.#fetchClose('flow mapping end');
    if (char === ',') return this.#fetchComma();
    const blankNext = isBlankOrEnd(cursor.peek(1));
    const inFlow = this.#flowLevel > 0;
    if (char === '-' && blankNext) return this.#fetchDash();
    if (char === '?' && (inFlow || blankNext)) return this.#fetchQuestion();
    if (char === ':' && (inFlow || blankNext)) return this.#fetchColon();
    this.#fetchContent(char, blankNext);
  }

  #fetchContent(char: string, blankNext: boolean): void {
    const cursor = this.#cursor;
    const inFlow = this.#flowLevel > 0;
    if (char === '*') return this.#fetchNode(() => scanAnchor(cursor, 'alias'));
    if (char === '&') return this.#fetchNode(() => scanAnchor(cursor, 'anchor'));
    if (char === '!') return this.#fetchNode(() => scanTag(cursor));
    if ((char === '|' || char === '>') && !inFlow) {
      this.#dropKey(this.#flowLevel);
      this.#keyAllowed = true;
      this.#queue.push(scanBlock(cursor, char === '|', this.#indent));
      return;
    }
    if (char === "'" || char === '"') return this.#fetchNode(() => scanQuoted(cursor, char));
    const startsPlain =
      !'-?:,[]{}#&*!|>\'"%@`\t'.includes(char) ||
      (char === '-' && !isBlank(cursor.peek(1))) ||
      (!inFlow && (char === '?' || char === ':') && !blankNext);
    if (!startsPlain) {
      const problem = 'found character that cannot start any token';
      throw scannerError(problem, cursor.mark, cursor.mark);
    }
    this.#fetchNode(() => {
      const { found, afterBreak } = scanPlain(cursor, this.#indent, inFlow);
      if (afterBreak) this.#keyAllowed = true;
      return found;
    });
  }

  #skipToToken(): void {
    const cursor = this.#cursor;
    for (;;) {
      const tabsToo = this.#flowLevel > 0 || !this.#keyAllowed;
      while (cursor.peek() === ' ' || (tabsToo && cursor.peek() === '\t')) cursor.skip();
      if (cursor.peek() === '#') {
        while (!isBreak(cursor.peek()) && cursor.peek() !== '') cursor.skip();
      }
      if (!isBreak(cursor.peek())) return;
      cursor.readBreak();
      if (this.#flowLevel === 0) this.#keyAllowed = true;
    }
  }

  /** Closes the blocks that are indented deeper than a column. */
  #unroll(column: number): void {
    if (this.#flowLevel > 0) return;
    while (this.#indent > column) {
      this.#queue.push(token('block end', this.#cursor.mark, this.#cursor.mark));
      this.#indent = this.#indents.pop() ?? -1;
    }
  }

  /** Opens a block at a column, unless it is open; `at` is its place in the queue. */
  #roll(column: number, kind: TokenKind, mark: Mark, at = this.#queue.length): void {
    if (this.#flowLevel > 0 || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.#queue.splice(at, 0, token(kind, mark, mark));
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return;
    const level = this.#flowLevel;
    const { mark } = this.#cursor;
    const required = level === 0 && this.#indent === mark.column;
    this.#dropKey(level);
    this.#keys[level] = { required, number: this.#taken + this.#queue.length, mark };
  }

  #push(kind: TokenKind, characters: number): void {
    const start = this.#cursor.mark;
    this.#cursor.skip(characters);
    this.#queue.push(token(kind, start, this.#cursor.mark));
  }

  #endBlocks(): void {
    this.#unroll(-1);
    this.#dropKey(this.#flowLevel);
    this.#keyAllowed = false;
  }

  #fetchEnd(): void {
    this.#cursor.breakAtEnd();
    this.#endBlocks();
    this.#push('stream end', 0);
    this.#ended = true;
  }

  #fetchDirective(): void {
    this.#endBlocks();
    this.#queue.push(scanDirective(this.#cursor));
  }

  #fetchMarker(kind: TokenKind): void {
    this.#endBlocks();
    this.#push(kind, 3);
  }

  #fetchOpen(kind: TokenKind): void {
    this.#saveKey();
    this.#keys.push(undefined);
    this.#keyAllowed = true;
    this.#push(kind, 1);
  }

  #fetchClose(kind: TokenKind): void {
    this.#dropKey(this.#flowLevel);
    if (this.#flowLevel > 0) this.#keys.pop();
    this.#keyAllowed = false;
    this.#push(kind, 1);
  }

  #fetchComma(): void {
    this.#dropKey(this.#flowLevel);
    this.#keyAllowed = true;
    this.#push('flow entry', 1);
  }

  #requireKeyAllowed(problem: string): void {
    if (this.#keyAllowed) return;
    const { mark } = this.#cursor;
    throw scannerError(`${problem} are not allowed in this context`, mark, mark);
  }

  #fetchDash(): void {
    const { mark } = this.#cursor;
    if (this.#flowLevel === 0) {
      this.#requireKeyAllowed('block sequence entries');
      this.#roll(mark.column, 'block sequence start', mark);
    }
    this.#dropKey(this.#flowLevel);
    this.#keyAllowed = true;
    this.#push('block entry', 1);
  }

  #fetchQuestion(): void {
    const { mark } = this.#cursor;
    if (this.#flowLevel === 0) {
      this.#requireKeyAllowed('mapping keys');
      this.#roll(mark.column, 'block mapping start', mark);
    }
    this.#dropKey(this.#flowLevel);
    this.#keyAllowed = this.#flowLevel === 0;
    this.#push('key', 1);
  }

  #fetchColon(): void {
    const level = this.#flowLevel;
    const { mark } = this.#cursor;
    const key = this.#isStillPossible(level) ? this.#keys[level] : undefined;
    if (key !== undefined) {
      const at = key.number - this.#taken;
      this.#queue.splice(at, 0, token('key', key.mark, key.mark));
      this.#roll(key.mark.column, 'block mapping start', key.mark, at);
      this.#keys[level] = undefined;
      this.#keyAllowed = false;
    } else {
      if (level === 0) {
        this.#requireKeyAllowed('mapping values');
        this.#roll(mark.column, 'block mapping start', mark);
      }
      this.#keyAllowed = level === 0;
    }
    this.#push('value', 1);
  }

  /** Something a key may begin with. */
  #fetchNode(scan: () => Token): void {
    this.#saveKey();
    this.#keyAllowed = false;
    this.#queue.push(scan());
  }
}
