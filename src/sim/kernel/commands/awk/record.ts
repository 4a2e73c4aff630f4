// The current record and its fields.
import { compileRegex, type Regex } from '../../regex/regex.ts';
import { AwkError } from './tree.ts';
import { InputText, toText, type AwkArray, type Value } from './values.ts';

const maxFields = 100_000;

/** FS, OFS and CONVFMT, as they are when they are needed. */
export interface RecordSettings {
  separator(): string;
  joiner(): string;
  format(): string;
  readonly regexes: RegexCache;
}

export class AwkRecord {
  readonly #settings: RecordSettings;
  #text: Value = '';
  #textIsStale = false;
  #fields: Value[] | undefined;

  constructor(settings: RecordSettings) {
    this.#settings = settings;
  }

  /** Takes a new record; its fields are found when they are first asked for. */
  set(text: string): void {
    this.#text = new InputText(text);
    this.#textIsStale = false;
    this.#fields = undefined;
  }

  get(index: number): Value {
    if (index === 0) return this.#whole();
    if (index < 0) throw new AwkError('Access to negative field');
    return this.#split()[Math.trunc(index) - 1];
  }

  put(index: number, value: Value): void {
    if (index === 0) {
      this.set(toText(value, this.#settings.format()));
      return;
    }
    if (index < 0 || index > maxFields) throw new AwkError('Access to negative field');
    const fields = this.#split();
    const position = Math.trunc(index) - 1;
    while (fields.length < position) fields.push(new InputText(''));
    fields[position] = value;
    this.#textIsStale = true;
  }

  get count(): number {
    return this.#split().length;
  }

  set count(count: number) {
    const wanted = Math.min(Math.max(Math.trunc(count), 0), maxFields);
    const fields = this.#split();
    while (fields.length < wanted) fields.push(new InputText(''));
    fields.length = wanted;
    this.#textIsStale = true;
  }

  #whole(): Value {
    if (this.#textIsStale) {
      const format = this.#settings.format();
      const texts = (this.#fields ?? []).map((field) => toText(field, format));
      this.#text = new InputText(texts.join(this.#settings.joiner()));
      this.#textIsStale = false;
    }
    return this.#text;
  }

  #split(): Value[] {
    this.#fields ??= splitText(
      toText(this.#text, ''),
      this.#settings.separator(),
      this.#settings.regexes,
    ).map((part) => new InputText(part));
    return this.#fields;
  }
}

const maxRemembered = 200;

/** Regular expressions that come as text, each compiled once. */
export class RegexCache {
  readonly #regexes = new Map<string, Regex>();

  get(source: string): Regex {
    const known = this.#regexes.get(source);
    if (known !== undefined) return known;
    const regex = compileRegex(source, { extended: true });
    if (typeof regex === 'string') throw new AwkError(`bad regex '${source}': ${regex}`);
    if (this.#regexes.size >= maxRemembered) this.#regexes.clear();
    this.#regexes.set(source, regex);
    return regex;
  }
}

/** Takes a text apart as FS says: ' ' means blanks, one character itself, more a regular expression. */
export function splitText(text: string, separator: string, cache: RegexCache): string[] {
  if (text === '') return [];
  if (separator === ' ') {
    const trimmed = text.replace(/^[ \t\n]+/, '');
    const parts = trimmed.split(/[ \t\n]+/);
    if (parts.at(-1) === '') parts.pop();
    return parts;
  }
  if (separator === '') return [...text];
  if (separator.length === 1 && separator !== '\\') return text.split(separator);
  return splitByRegex(text, cache.get(separator));
}

export function splitByRegex(text: string, regex: Regex): string[] {
  const parts: string[] = [];
  let start = 0;
  let from = 0;
  while (from <= text.length) {
    const match = regex.exec(text, from);
    if (match === undefined) break;
    if (match.end === match.start) {
      from = match.end + 1;
      continue;
    }
    parts.push(text.slice(start, match.start));
    start = match.end;
    from = match.end;
  }
  return [...parts, text.slice(start)];
}

/** Fills an array with parts numbered from 1. */
export function fillArray(array: AwkArray, parts: readonly string[]): void {
  array.clear();
  parts.forEach((part, index) => array.set(String(index + 1), new InputText(part)));
}
