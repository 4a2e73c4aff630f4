// Commands: lists, pipelines, compound commands. One complete command at a time, as shells read.
import { readCompound } from './compound.ts';
import { HereDocuments } from './here-documents.ts';
import { Source, type SourceOptions } from './source.ts';
import type { Command, List, ListItem, Redirection } from './syntax.ts';
import { readDollar } from './dollar.ts';
import { readRedirection } from './redirections.ts';
import { readSimple } from './simple.ts';
import type { Readers } from './words.ts';
import { ShellSyntaxError } from './syntax-error.ts';

const reserved = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'do',
  'done',
  'case',
  'esac',
  'while',
  'until',
  'for',
  '{',
  '}',
  '!',
  'in',
]);

/** What ends a list of commands. */
const closers = new Set(['then', 'else', 'elif', 'fi', 'do', 'done', 'esac', '}', ')', ';;']);

/** Aliases by name. */
export interface AliasTable {
  readonly size: number;
  get(name: string): string | undefined;
}

export interface ParserOptions extends SourceOptions {
  readonly aliases?: AliasTable | undefined;
}

export class Parser {
  readonly source: Source;
  readonly hereDocuments = new HereDocuments();
  readonly aliases: AliasTable | undefined;
  /** Aliases in whose text the parser stands, by where that text ends. */
  aliasEnds: Map<string, number> | undefined;
  #tookSeparator = false;

  constructor(text: string | Source, options: ParserOptions = {}) {
    this.source = typeof text === 'string' ? new Source(text, options) : text;
    this.aliases = options.aliases;
  }

  /** The commands of the next line or lines, undefined at the end of the text. Throws ShellSyntaxError. */
  next(): List | undefined {
    this.skipNewlines();
    if (this.source.atEnd) return undefined;
    const items: ListItem[] = [];
    for (;;) {
      items.push(this.#item());
      this.source.skipBlanks();
      if (this.source.atEnd) break;
      if (this.source.peek() === '\n') {
        this.#newline();
        break;
      }
      if (!this.#tookSeparator) this.unexpected();
    }
    this.hereDocuments.readAll(this.source, this.readers);
    return items;
  }

  /** Whether no further command follows. */
  get atEnd(): boolean {
    this.skipNewlines();
    return this.source.atEnd;
  }

  readonly readers: Readers = {
    list: (source) => this.#substitution(source),
    dollar: (source, quoted) => readDollar(source, this.readers, quoted),
  };

  /** Commands until `)` and that parenthesis, for `$(...)`. */
  #substitution(source: Source): List {
    const { aliases } = this;
    const inner = source === this.source ? this : new Parser(source, { aliases });
    const body = inner.list();
    inner.expect(')');
    return body;
  }

  /** Commands until something that ends a list, which is left. */
  list(): List {
    const items: ListItem[] = [];
    for (;;) {
      this.skipNewlines();
      if (this.source.atEnd || closers.has(this.token())) return items;
      items.push(this.#item());
      this.source.skipBlanks();
      const separated = this.#tookSeparator || this.source.peek() === '\n';
      if (!separated) return items;
    }
  }

  /** A list that may not be empty, up to a word or operator that is taken. */
  body(end: string): List {
    const items = this.commands();
    this.expect(end);
    return items;
  }

  /** A list that may not be empty, up to what ends it, which is left. */
  commands(): List {
    const items = this.source.nested(() => this.list());
    if (items.length === 0 && !this.source.atEnd) this.unexpected();
    return items;
  }

  #item(): ListItem {
    const start = this.source.at;
    const command = this.#andOr();
    const text = this.source.text.slice(start, this.source.at).trim();
    this.source.skipBlanks();
    const background = this.source.peek() === '&' && this.source.peek(1) !== '&';
    const semicolon = this.source.peek() === ';' && this.source.peek(1) !== ';';
    this.#tookSeparator = background || semicolon;
    if (this.#tookSeparator) this.source.at += 1;
    return { command, background, text };
  }

  #andOr(): Command {
    let left = this.#pipeline();
    for (;;) {
      this.source.skipBlanks();
      const operator = this.source.sees('&&') ? '&&' : this.source.sees('||') ? '||' : undefined;
      if (operator === undefined) return left;
      this.source.at += 2;
      this.skipNewlines();
      left = { kind: 'and-or', left, operator, right: this.#pipeline() };
    }
  }

  #pipeline(): Command {
    let negated = false;
    while (this.takeReserved('!')) negated = !negated;
    const first = this.command();
    const commands = [first];
    for (;;) {
      this.source.skipBlanks();
      if (this.source.peek() !== '|' || this.source.peek(1) === '|') break;
      this.source.at += 1;
      this.skipNewlines();
      commands.push(this.command());
    }
    if (commands.length === 1 && !negated) return first;
    return { kind: 'pipeline', commands, negated };
  }

  command(): Command {
    return this.source.nested(() => {
      const compound = readCompound(this);
      if (compound === undefined) return readSimple(this);
      const redirections: Redirection[] = [];
      for (;;) {
        const redirection = readRedirection(this);
        if (redirection === undefined) break;
        redirections.push(redirection);
      }
      if (redirections.length === 0) return compound;
      return { kind: 'redirected', command: compound, redirections };
    });
  }

  skipNewlines(): void {
    for (;;) {
      this.source.skipBlanks();
      if (this.source.peek() !== '\n') return;
      this.#newline();
    }
  }

  #newline(): void {
    this.source.next();
    this.hereDocuments.readAll(this.source, this.readers);
  }

  /** The reserved word here, if one stands here unquoted. */
  reservedWord(): string | undefined {
    const found = /^(?:[a-z]+|[{}!])(?=[\s;&|()<>]|$)/.exec(
      this.source.text.slice(this.source.at, this.source.at + 8),
    );
    return found !== null && reserved.has(found[0]) ? found[0] : undefined;
  }

  takeReserved(word: string): boolean {
    this.source.skipBlanks();
    if (this.reservedWord() !== word) return false;
    this.source.at += word.length;
    return true;
  }

  /** What stands here: a reserved word, an operator, or '' for another word. */
  token(): string {
    this.source.skipBlanks();
    const word = this.reservedWord();
    if (word !== undefined) return word;
    const two = this.source.text.slice(this.source.at, this.source.at + 2);
    if (two === '&&' || two === '||' || two === ';;') return two;
    return /[;&|()\n]/.test(two[0] ?? '') ? (two[0] ?? '') : '';
  }

  expect(token: string): void {
    this.source.skipBlanks();
    if (this.token() !== token) this.unexpected(token);
    this.source.at += token.length;
  }

  /** Throws the error for what stands here. */
  unexpected(expecting?: string): never {
    this.source.skipBlanks();
    const { source } = this;
    if (source.atEnd) {
      const token = 'end of file';
      throw new ShellSyntaxError(source.line, { token, expecting }, source.mayContinue);
    }
    const token = this.token();
    const shown =
      token === '\n'
        ? 'newline'
        : token !== ''
          ? `"${token}"`
          : /[<>]/.test(source.peek())
            ? 'redirection'
            : 'word';
    throw new ShellSyntaxError(source.line, { token: shown, expecting }, false);
  }
}
