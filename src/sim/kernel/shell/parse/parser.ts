// Commands: lists, pipelines, compound commands. One complete command at a time, as shells read.
import { HereDocuments } from './here-documents.ts';
import { Source, type SourceOptions } from './source.ts';
import type {
  CaseItem,
  Command,
  CompoundCommand,
  List,
  ListItem,
  Redirection,
  Word,
} from './syntax.ts';
import { readRedirection } from './redirections.ts';
import { readSimple } from './simple.ts';
import { ShellSyntaxError } from './syntax-error.ts';
import { readWord } from './words.ts';

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

export interface ParserOptions extends SourceOptions {
  readonly aliases?: ReadonlyMap<string, string> | undefined;
}

export class Parser {
  readonly source: Source;
  readonly hereDocuments = new HereDocuments();
  readonly aliases: ReadonlyMap<string, string> | undefined;
  /** Aliases in whose text the parser stands, by where that text ends. */
  readonly aliasEnds = new Map<string, number>();
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
    this.hereDocuments.readAll(this.source, this.readList);
    return items;
  }

  /** Whether no further command follows. */
  get atEnd(): boolean {
    this.skipNewlines();
    return this.source.atEnd;
  }

  /** Commands until `)` and that parenthesis, for `$(...)`. */
  readonly readList = (source: Source): List => {
    const { aliases } = this;
    const inner = source === this.source ? this : new Parser(source, { aliases });
    const body = inner.list();
    inner.expect(')');
    return body;
  };

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
  #body(end: string): List {
    const items = this.#commands();
    this.expect(end);
    return items;
  }

  #commands(): List {
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
      const compound = this.#compound();
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

  #compound(): CompoundCommand | undefined {
    this.source.skipBlanks();
    if (this.source.peek() === '(') {
      this.source.at += 1;
      return { kind: 'subshell', body: this.#body(')') };
    }
    const word = this.reservedWord();
    switch (word) {
      case 'if':
        this.takeReserved('if');
        return this.#if();
      case 'while':
      case 'until': {
        this.takeReserved(word);
        const condition = this.#body('do');
        return { kind: 'loop', until: word === 'until', condition, body: this.#body('done') };
      }
      case 'for':
        this.takeReserved('for');
        return this.#for();
      case 'case':
        this.takeReserved('case');
        return this.#case();
      case '{':
        this.takeReserved('{');
        return { kind: 'group', body: this.#body('}') };
      case undefined:
      case 'in':
      case '!':
        return undefined;
      default:
        return this.unexpected();
    }
  }

  #if(): CompoundCommand {
    const condition = this.#body('then');
    const then = this.#commands();
    if (this.takeReserved('elif')) {
      const command = this.#if();
      return { kind: 'if', condition, then, otherwise: [{ command, background: false, text: '' }] };
    }
    const otherwise = this.takeReserved('else') ? this.#commands() : undefined;
    this.expect('fi');
    return { kind: 'if', condition, then, otherwise };
  }

  #for(): CompoundCommand {
    this.source.skipBlanks();
    const { line } = this.source;
    const name = readWord(this.source, this.readList)?.literal;
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) this.source.fail('bad-for-variable');
    this.skipNewlines();
    let words: Word[] | undefined;
    if (this.takeReserved('in')) {
      words = this.#words();
      if (this.source.peek() === ';') this.source.at += 1;
      else if (this.source.peek() !== '\n') this.unexpected();
    } else if (this.source.peek() === ';') {
      this.source.at += 1;
    }
    this.skipNewlines();
    this.expect('do');
    return { kind: 'for', variable: name, words, body: this.#body('done'), line };
  }

  #words(): Word[] {
    const words: Word[] = [];
    for (;;) {
      this.source.skipBlanks();
      const word = readWord(this.source, this.readList);
      if (word === undefined) return words;
      words.push(word);
    }
  }

  #case(): CompoundCommand {
    this.source.skipBlanks();
    const word = readWord(this.source, this.readList);
    if (word === undefined) return this.unexpected();
    this.skipNewlines();
    if (!this.takeReserved('in')) this.unexpected('in');
    const items: CaseItem[] = [];
    for (;;) {
      this.skipNewlines();
      if (this.takeReserved('esac')) return { kind: 'case', word, items };
      if (this.source.peek() === '(') this.source.at += 1;
      const patterns = this.#patterns();
      const body = this.source.nested(() => this.list());
      items.push({ patterns, body });
      this.source.skipBlanks();
      if (this.source.sees(';;')) this.source.at += 2;
      else if (this.reservedWord() !== 'esac') this.unexpected(';;');
    }
  }

  #patterns(): Word[] {
    const patterns: Word[] = [];
    for (;;) {
      this.source.skipBlanks();
      const pattern = readWord(this.source, this.readList);
      if (pattern === undefined) return this.unexpected(')');
      patterns.push(pattern);
      this.source.skipBlanks();
      if (this.source.peek() !== '|') break;
      this.source.at += 1;
    }
    this.expect(')');
    return patterns;
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
    this.hereDocuments.readAll(this.source, this.readList);
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
