// Cuts a file into its documents as kubectl does (apimachinery/pkg/util/yaml/decoder.go): JSON values one after the other
// where the file begins with a brace, else YAML between lines of `---`.
import { construct, type Json, JsonError } from './construct.ts';
import { YamlError } from './cursor.ts';
import { scanJson } from './json-syntax.ts';
import { mostBytes } from './limits.ts';
import type { YamlNode } from './nodes.ts';
import { parseYaml } from './parser.ts';
import { sortKeys } from './sort-keys.ts';

/** One document with something in it. Objects have their keys in order, as kubectl sends them. */
export interface ManifestDocument {
  readonly value: Json;
  /** The nodes of a YAML document, for finding places; undefined for JSON. */
  readonly root: YamlNode | undefined;
  /** The line of the file on which the document's text begins, from 0. */
  readonly firstLine: number;
}

export interface ManifestError {
  /** What kubectl prints behind `error: error parsing FILE: `. */
  readonly message: string;
  /** Where the mistake is in the file, from 1. kubectl's message often names another line. */
  readonly line: number;
  readonly column: number;
}

export interface Manifest {
  /** The documents before the first mistake. */
  readonly documents: readonly ManifestDocument[];
  readonly error: ManifestError | undefined;
}

/** Reads a file of manifests: YAML or JSON, one document or many. Never throws for what the text says. */
export function readManifest(text: string): Manifest {
  const bytes = utf8Length(text);
  if (bytes > mostBytes) {
    const message = `the file has ${bytes} bytes; this simulator reads manifests of up to ${mostBytes} bytes`;
    return { documents: [], error: { message, line: 1, column: 1 } };
  }
  const reader = new ManifestReader(text);
  const error = reader.read();
  return { documents: reader.documents, error };
}

class ManifestReader {
  readonly documents: ManifestDocument[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ManifestError | undefined {
    let at = this.#skipSpace(0);
    if (this.#text.charAt(at) !== '{') return this.#readYaml(0, undefined);
    while (at < this.#text.length) {
      const scan = scanJson(this.#text, at);
      if (!scan.ok) {
        if (scan.reason === 'end') return this.#errorAt(this.#text.length, 'unexpected EOF');
        const offset = utf8Length(this.#text.slice(0, scan.at)) + 1;
        const problem = this.#errorAt(scan.at, `json: offset ${offset}: ${scan.message}`);
        // YAML in flow style begins with a brace, too.
        return this.#readYaml(at, problem);
      }
      const value = sortKeys(JSON.parse(this.#text.slice(at, scan.end)) as Json);
      this.#add({ value, root: undefined, firstLine: this.#lineOf(at) });
      at = this.#skipSpace(scan.end);
    }
    return undefined;
  }

  #add(document: ManifestDocument): void {
    if (document.value !== null) this.documents.push(document);
  }

  /** @param jsonProblem why the text is no JSON: told instead of what is wrong with it as YAML. */
  #readYaml(from: number, jsonProblem: ManifestError | undefined): ManifestError | undefined {
    const lines = this.#text.slice(from).split('\n');
    if (lines.at(-1) === '') lines.pop();
    const base = this.#lineOf(from);
    let chunk: string[] = [];
    let firstLine = base;
    let isFirst = true;
    const flush = (): ManifestError | undefined => {
      if (chunk.length === 0) return undefined;
      const error = this.#readChunk(`${chunk.join('\n')}\n`, firstLine);
      const told = isFirst && error !== undefined ? (jsonProblem ?? error) : error;
      isFirst = false;
      chunk = [];
      return told;
    };
    for (const [index, line] of lines.entries()) {
      const full = line.endsWith('\r') ? line.slice(0, -1) : line;
      if (full.startsWith('---')) {
        const after = full.slice(3).trim();
        if (after !== '' && !after.startsWith('#')) {
          const message = `invalid Yaml document separator: ${after}`;
          return { message, line: base + index + 1, column: 4 };
        }
        if (chunk.length > 0) {
          const error = flush();
          if (error !== undefined) return error;
          firstLine = base + index + 1;
          continue;
        }
      }
      chunk.push(full);
    }
    return flush();
  }

  #readChunk(text: string, firstLine: number): ManifestError | undefined {
    try {
      refuseControlCharacters(text);
      const root = parseYaml(text);
      this.#add({ value: root === undefined ? null : construct(root), root, firstLine });
      return undefined;
    } catch (problem) {
      if (problem instanceof JsonError) {
        const message = `error converting YAML to JSON: ${problem.message}`;
        return { message, line: firstLine + 1, column: 1 };
      }
      if (!(problem instanceof YamlError)) throw problem;
      return {
        message: `error converting YAML to JSON: ${problem.message}`,
        line: firstLine + problem.mark.line + 1,
        column: problem.mark.column + 1,
      };
    }
  }

  #skipSpace(from: number): number {
    let at = from;
    while (at < this.#text.length && ' \t\r\n'.includes(this.#text.charAt(at))) at += 1;
    return at;
  }

  #lineOf(index: number): number {
    let line = 0;
    for (let at = 0; at < index; at++) if (this.#text.charAt(at) === '\n') line += 1;
    return line;
  }

  #errorAt(index: number, message: string): ManifestError {
    const lineStart = this.#text.lastIndexOf('\n', index - 1) + 1;
    return { message, line: this.#lineOf(index) + 1, column: index - lineStart + 1 };
  }
}

/** What YAML's reader refuses before anything else. */
const controlCharacter = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]/;

function refuseControlCharacters(text: string): void {
  const found = controlCharacter.exec(text);
  if (found === null) return;
  const before = text.slice(0, found.index).split('\n');
  const column = before.at(-1)?.length ?? 0;
  const mark = { index: found.index, line: before.length - 1, column };
  throw new YamlError('control characters are not allowed', 0, mark);
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
