// Builds the tree of a Go template from its pieces (text/template/parse/parse.go).
import { functionNames } from './functions.ts';
import type { Piece, Word } from './lex.ts';
import { lexTemplate, stringValue } from './lex.ts';
import type { Argument, Operand, Pipeline, TemplateNode } from './nodes.ts';
import { TemplateError } from './nodes.ts';

const maxLength = 65_536;
const maxDepth = 50;

class Parser {
  readonly #pieces: readonly Piece[];
  #next = 0;
  #depth = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  template(): readonly TemplateNode[] {
    const { nodes, ended } = this.#block();
    if (ended !== undefined) throw problem(ended.line, `unexpected {{${ended.word}}}`);
    return nodes;
  }

  /** Nodes up to `end` or `else`, which are handed back. */
  #block(): {
    nodes: TemplateNode[];
    ended: { word: string; line: number; rest: readonly Word[] } | undefined;
  } {
    const nodes: TemplateNode[] = [];
    while (this.#next < this.#pieces.length) {
      const piece = this.#pieces[this.#next++] as Piece;
      if (piece.kind === 'text') {
        nodes.push(piece);
        continue;
      }
      const words = piece.words.filter(
        (word, index) => word.kind !== 'space' || (index > 0 && index < piece.words.length - 1),
      );
      const first = words[0];
      const keyword = first?.kind === 'name' ? first.text : '';
      if (keyword === 'end' || keyword === 'else') {
        return { nodes, ended: { word: keyword, line: piece.line, rest: words.slice(1) } };
      }
      nodes.push(this.#action(keyword, words, piece.line));
    }
    return { nodes, ended: undefined };
  }

  #action(keyword: string, words: readonly Word[], line: number): TemplateNode {
    switch (keyword) {
      case 'if':
      case 'with':
      case 'range':
        return this.#control(keyword, words.slice(1), line);
      case 'break':
      case 'continue':
        return { kind: keyword };
      case 'define':
      case 'template':
      case 'block':
        throw problem(line, `{{${keyword}}} is part of Go templates, but not of this lab`);
      default:
        return { kind: 'action', pipeline: readPipeline(words, line, 'command') };
    }
  }

  #control(kind: 'if' | 'with' | 'range', words: readonly Word[], line: number): TemplateNode {
    if (++this.#depth > maxDepth) throw problem(line, 'the template is too deep for this lab');
    const pipeline = readPipeline(words, line, kind);
    const { nodes: body, ended } = this.#block();
    if (ended === undefined) throw problem(line, 'unexpected EOF');
    let otherwise: readonly TemplateNode[] = [];
    if (ended.word === 'else') {
      const rest = ended.rest.filter((word) => word.kind !== 'space');
      const chained =
        rest[0]?.kind === 'name' && (rest[0].text === 'if' || rest[0].text === 'with');
      if (chained) {
        const after = ended.rest.slice(ended.rest.findIndex((word) => word.kind === 'name') + 1);
        otherwise = [this.#control(rest[0]?.text as 'if' | 'with', after, ended.line)];
      } else {
        const inner = this.#block();
        if (inner.ended === undefined) throw problem(line, 'unexpected EOF');
        if (inner.ended.word === 'else') throw problem(inner.ended.line, 'unexpected {{else}}');
        otherwise = inner.nodes;
      }
    }
    this.#depth -= 1;
    return { kind, pipeline, body, otherwise };
  }
}

function problem(line: number, message: string): TemplateError {
  return new TemplateError(`template: output:${line}: ${message}`);
}

/** `$i, $e := ...`: the variables, and the words after them. */
function readVariables(words: readonly Word[]): {
  variables: string[];
  declares: boolean;
  rest: readonly Word[];
} {
  const solid = words.filter((word) => word.kind !== 'space');
  const at = solid.findIndex((word) => word.text === ':=' || word.text === '=');
  const heads = solid.slice(0, Math.max(at, 0)).filter((word) => word.text !== ',');
  if (at < 1 || at > 3 || heads.some((word) => word.kind !== 'variable')) {
    return { variables: [], declares: false, rest: words };
  }
  const sign = solid[at] as Word;
  return {
    variables: heads.map((word) => word.text),
    declares: sign.text === ':=',
    rest: words.slice(words.indexOf(sign) + 1),
  };
}

function readPipeline(words: readonly Word[], line: number, context: string): Pipeline {
  const { variables, declares, rest } = readVariables(words);
  const commands: Operand[][] = [[]];
  for (let at = 0; at < rest.length;) {
    const word = rest[at] as Word;
    if (word.text === '|' && word.kind === 'symbol') {
      commands.push([]);
      at += 1;
    } else if (word.kind === 'space') at += 1;
    else {
      const { operand, next } = readOperand(rest, at, line);
      commands.at(-1)?.push(operand);
      at = next;
    }
  }
  if (commands.some((command) => command.length === 0)) {
    throw problem(line, `missing value for ${context}`);
  }
  return { variables, declares, commands };
}

function fieldNames(words: readonly Word[], from: number): { names: string[]; next: number } {
  const names: string[] = [];
  let next = from;
  while (words[next]?.kind === 'field') names.push((words[next++] as Word).text.slice(1));
  return { names, next };
}

function readOperand(
  words: readonly Word[],
  at: number,
  line: number,
): { operand: Operand; next: number } {
  const word = words[at] as Word;
  const done = (argument: Argument, next: number) => {
    const text = words
      .slice(at, next)
      .map((part) => part.text)
      .join('');
    return { operand: { argument, text, at: word.at }, next };
  };
  if (word.kind === 'dot') return done({ kind: 'dot' }, at + 1);
  if (word.kind === 'field') {
    const { names, next } = fieldNames(words, at);
    return done({ kind: 'field', names }, next);
  }
  if (word.kind === 'variable') {
    const { names, next } = fieldNames(words, at + 1);
    return done({ kind: 'variable', name: word.text, names }, next);
  }
  if (word.kind === 'number') {
    return done({ kind: 'constant', value: Number(word.text) }, at + 1);
  }
  if (word.kind === 'string') {
    const value = stringValue(word);
    if (value === undefined) throw problem(line, `invalid syntax in ${word.text}`);
    return done({ kind: 'constant', value }, at + 1);
  }
  if (word.kind === 'name') {
    if (word.text === 'nil') return done({ kind: 'nil' }, at + 1);
    if (word.text === 'true' || word.text === 'false') {
      return done({ kind: 'constant', value: word.text === 'true' }, at + 1);
    }
    if (!functionNames.has(word.text)) {
      throw problem(line, `function ${JSON.stringify(word.text)} not defined`);
    }
    return done({ kind: 'function', name: word.text }, at + 1);
  }
  if (word.text !== '(') throw problem(line, `unexpected ${JSON.stringify(word.text)} in operand`);
  let depth = 1;
  let end = at + 1;
  for (; end < words.length && depth > 0; end += 1) {
    if (words[end]?.text === '(' && words[end]?.kind === 'symbol') depth += 1;
    if (words[end]?.text === ')' && words[end]?.kind === 'symbol') depth -= 1;
  }
  if (depth > 0 || end - at > 2000) throw problem(line, 'unclosed left paren');
  const pipeline = readPipeline(words.slice(at + 1, end - 1), line, 'parenthesized pipeline');
  const { names, next } = fieldNames(words, end);
  return done({ kind: 'pipeline', pipeline, names }, next);
}

/** Parses a template. Throws TemplateError. */
export function parseTemplate(template: string): readonly TemplateNode[] {
  if (template.length > maxLength) throw problem(1, 'the template is too long for this lab');
  return new Parser(lexTemplate(template)).template();
}
