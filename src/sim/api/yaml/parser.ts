// From tokens to nodes (the grammar of libyaml's parser). Only the first document of a text is read, as kubectl does
// with each part that it has cut off at `---`.
import { type Mark, parserError, YamlError } from './cursor.ts';
import { mostDepth, mostNodes } from './limits.ts';
import type { MappingNode, SequenceNode, YamlNode } from './nodes.ts';
import { Scanner } from './scanner.ts';
import type { Token, TokenKind } from './tokens.ts';

const usualHandles: Readonly<Record<string, string>> = {
  '!': '!',
  '!!': 'tag:yaml.org,2002:',
};

const betweenDocuments: readonly TokenKind[] = [
  'version directive',
  'tag directive',
  'document start',
  'document end',
  'stream end',
];

interface Properties {
  readonly anchor: string | undefined;
  readonly tag: string;
  readonly start: Mark;
}

/** The root node of a text's first document, or undefined where there is nothing. Throws YamlError. */
export function parseYaml(text: string): YamlNode | undefined {
  return new Parser(text).document();
}

class Parser {
  readonly #scanner: Scanner;
  readonly #handles = new Map(Object.entries(usualHandles));
  readonly #anchors = new Map<string, YamlNode>();
  #depth = 0;
  #nodes = 0;

  constructor(text: string) {
    this.#scanner = new Scanner(text);
  }

  document(): YamlNode | undefined {
    if (this.#isNext('stream end')) return undefined;
    const { start } = this.#scanner.peek();
    const isEmpty = this.#readDocumentStart() && this.#isNext(...betweenDocuments);
    const root = isEmpty ? this.#empty(start) : this.#node(true, false);
    // The parser looks one token ahead to know that the document is over, and may stumble there.
    this.#scanner.peek();
    return root;
  }

  /** Passes directives and `---`; false where a document begins without them. */
  #readDocumentStart(): boolean {
    if (!this.#isNext('version directive', 'tag directive', 'document start')) return false;
    this.#readDirectives();
    const next = this.#scanner.peek();
    if (next.kind !== 'document start') {
      throw parserError('did not find expected <document start>', next.start);
    }
    this.#scanner.take();
    return true;
  }

  #isNext(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.#scanner.peek().kind);
  }

  #readDirectives(): void {
    let version: string | undefined;
    for (;;) {
      const next = this.#scanner.peek();
      if (next.kind === 'version directive') {
        if (version !== undefined) throw parserError('found duplicate %YAML directive', next.start);
        version = next.text;
        if (version !== '1.1') throw parserError('found incompatible YAML document', next.start);
      } else if (next.kind === 'tag directive') {
        this.#handles.set(next.text, next.handle);
      } else {
        return;
      }
      this.#scanner.take();
    }
  }

  #empty(start: Mark, tag = '', plain = true): YamlNode {
    return { kind: 'scalar', text: '', plain, tag, start };
  }

  #node(block: boolean, indentless: boolean): YamlNode {
    const first = this.#scanner.peek();
    this.#nodes += 1;
    if (this.#nodes > mostNodes) {
      throw new YamlError(`document has more than ${mostNodes} values`, 0, first.start);
    }
    if (first.kind === 'alias') return this.#alias();
    if (this.#depth >= mostDepth) {
      throw new YamlError(`exceeded max depth of ${mostDepth}`, first.start.line + 1, first.start);
    }
    this.#depth += 1;
    const node = this.#content(this.#properties(first), block, indentless);
    this.#depth -= 1;
    return node;
  }

  #alias(): YamlNode {
    const { text, start } = this.#scanner.take();
    const target = this.#anchors.get(text);
    if (target === undefined) throw new YamlError(`unknown anchor '${text}' referenced`, 0, start);
    return { kind: 'alias', name: text, target, tag: '', start };
  }

  #properties(first: Token): Properties {
    let anchor: string | undefined;
    let tag: Token | undefined;
    if (this.#isNext('anchor')) {
      anchor = this.#scanner.take().text;
      if (this.#isNext('tag')) tag = this.#scanner.take();
    } else if (this.#isNext('tag')) {
      tag = this.#scanner.take();
      if (this.#isNext('anchor')) anchor = this.#scanner.take().text;
    }
    return { anchor, tag: tag === undefined ? '' : this.#wholeTag(tag, first), start: first.start };
  }

  #wholeTag(tag: Token, first: Token): string {
    if (tag.handle === '') return tag.text;
    const prefix = this.#handles.get(tag.handle);
    if (prefix === undefined) {
      throw parserError('found undefined tag handle', tag.start, first.start);
    }
    return prefix + tag.text;
  }

  #content(properties: Properties, block: boolean, indentless: boolean): YamlNode {
    const next = this.#scanner.peek();
    const { tag, anchor, start } = properties;
    if (indentless && next.kind === 'block entry') {
      return this.#sequence(properties, (items) => this.#indentlessItems(items));
    }
    if (next.kind === 'scalar') {
      this.#scanner.take();
      const plain = next.plain && tag === '';
      return this.#keep(anchor, { kind: 'scalar', text: next.text, plain, tag, start });
    }
    if (next.kind === 'flow sequence start') {
      return this.#sequence(properties, (items) => this.#flowItems(items));
    }
    if (next.kind === 'flow mapping start') {
      return this.#mapping(properties, (pairs) => this.#flowPairs(pairs));
    }
    if (block && next.kind === 'block sequence start') {
      return this.#sequence(properties, (items) => this.#blockItems(items));
    }
    if (block && next.kind === 'block mapping start') {
      return this.#mapping(properties, (pairs) => this.#blockPairs(pairs));
    }
    if (anchor !== undefined || tag !== '') {
      return this.#keep(anchor, this.#empty(start, tag, tag === ''));
    }
    throw parserError('did not find expected node content', next.start, start);
  }

  #keep<N extends YamlNode>(anchor: string | undefined, node: N): N {
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    return node;
  }

  #sequence({ anchor, tag, start }: Properties, read: (items: YamlNode[]) => void): YamlNode {
    const node: SequenceNode = { kind: 'sequence', items: [], tag, start };
    this.#keep(anchor, node);
    read(node.items);
    return node;
  }

  #mapping(
    { anchor, tag, start }: Properties,
    read: (pairs: MappingNode['pairs']) => void,
  ): YamlNode {
    const node: MappingNode = { kind: 'mapping', pairs: [], tag, start };
    this.#keep(anchor, node);
    read(node.pairs);
    return node;
  }

  #blockItems(items: YamlNode[]): void {
    const { start } = this.#scanner.take();
    while (this.#isNext('block entry')) {
      const { end } = this.#scanner.take();
      const isEmpty = this.#isNext('block entry', 'block end');
      items.push(isEmpty ? this.#empty(end) : this.#node(true, false));
    }
    const next = this.#scanner.peek();
    if (next.kind !== 'block end') {
      throw parserError("did not find expected '-' indicator", next.start, start);
    }
    this.#scanner.take();
  }

  /** A list as deep as the key it belongs to. */
  #indentlessItems(items: YamlNode[]): void {
    while (this.#isNext('block entry')) {
      const { end } = this.#scanner.take();
      const isEmpty = this.#isNext('block entry', 'key', 'value', 'block end');
      items.push(isEmpty ? this.#empty(end) : this.#node(true, false));
    }
  }

  #blockPairs(pairs: MappingNode['pairs']): void {
    const { start } = this.#scanner.take();
    for (;;) {
      const next = this.#scanner.peek();
      if (next.kind === 'block end') break;
      if (next.kind !== 'key') throw parserError('did not find expected key', next.start, start);
      this.#scanner.take();
      const key = this.#isNext('key', 'value', 'block end')
        ? this.#empty(next.end)
        : this.#node(true, true);
      pairs.push([key, this.#blockValue()]);
    }
    this.#scanner.take();
  }

  #blockValue(): YamlNode {
    const next = this.#scanner.peek();
    if (next.kind !== 'value') return this.#empty(next.start);
    this.#scanner.take();
    return this.#isNext('key', 'value', 'block end')
      ? this.#empty(next.end)
      : this.#node(true, true);
  }

  #flowItems(items: YamlNode[]): void {
    const { start } = this.#scanner.take();
    for (let first = true; !this.#isNext('flow sequence end'); first = false) {
      if (!first) this.#comma(start, "did not find expected ',' or ']'");
      if (this.#isNext('key')) items.push(this.#singlePair());
      else if (!this.#isNext('flow sequence end')) items.push(this.#node(false, false));
    }
    this.#scanner.take();
  }

  #comma(start: Mark, problem: string): void {
    const next = this.#scanner.peek();
    if (next.kind !== 'flow entry') throw parserError(problem, next.start, start);
    this.#scanner.take();
  }

  /** `[a: b]`: a mapping of one pair without braces. */
  #singlePair(): YamlNode {
    const { start } = this.#scanner.take();
    const key = this.#isNext('value', 'flow entry', 'flow sequence end')
      ? this.#empty(start)
      : this.#node(false, false);
    let value = this.#empty(start);
    if (this.#isNext('value')) {
      this.#scanner.take();
      if (!this.#isNext('flow entry', 'flow sequence end')) value = this.#node(false, false);
    }
    return { kind: 'mapping', pairs: [[key, value]], tag: '', start };
  }

  #flowPairs(pairs: MappingNode['pairs']): void {
    const { start } = this.#scanner.take();
    for (let first = true; !this.#isNext('flow mapping end'); first = false) {
      if (!first) this.#comma(start, "did not find expected ',' or '}'");
      if (this.#isNext('key')) {
        const { end } = this.#scanner.take();
        const key = this.#isNext('value', 'flow entry', 'flow mapping end')
          ? this.#empty(end)
          : this.#node(false, false);
        pairs.push([key, this.#flowValue()]);
      } else if (!this.#isNext('flow mapping end')) {
        pairs.push([this.#node(false, false), this.#empty(this.#scanner.peek().start)]);
      }
    }
    this.#scanner.take();
  }

  #flowValue(): YamlNode {
    const next = this.#scanner.peek();
    if (next.kind !== 'value') return this.#empty(next.start);
    this.#scanner.take();
    return this.#isNext('flow entry', 'flow mapping end')
      ? this.#empty(next.end)
      : this.#node(false, false);
  }
}
