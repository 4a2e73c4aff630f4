// Runs a parsed template over data: lists of values go from node to node (client-go/util/jsonpath/jsonpath.go).
// Maps are walked in the order of their keys, where Go has none.
import { compare } from './compare.ts';
import { goText, goType } from './go-value.ts';
import type { Bound, Node } from './nodes.ts';
import { JsonPathError } from './nodes.ts';

type Values = readonly unknown[];
type Fields = Readonly<Record<string, unknown>>;

const maxSteps = 2_000_000;

const isMap = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const childrenOf = (value: unknown): Values => {
  if (Array.isArray(value)) return value;
  return isMap(value)
    ? Object.keys(value)
        .sort()
        .map((key) => value[key])
    : [];
};

export class Evaluator {
  readonly #allowMissing: boolean;
  #steps = 0;
  #depth = 0;

  constructor(allowMissing: boolean) {
    this.#allowMissing = allowMissing;
  }

  /** What each top-level node of a template finds, in order. */
  run(template: readonly Node[], data: unknown): readonly Values[] {
    const results: Values[] = [];
    this.#block(template, 0, data, results);
    return results;
  }

  /** Runs nodes up to the end of their block; returns the place after its `end`. */
  #block(
    nodes: readonly Node[],
    from: number,
    data: unknown,
    results: Values[] | undefined,
  ): number {
    for (let at = from; at < nodes.length; at += 1) {
      const node = nodes[at] as Node;
      const word =
        node.kind === 'list' && node.nodes[0]?.kind === 'identifier' ? node.nodes[0].name : '';
      if (word === 'end') {
        if (this.#depth === 0) throw new JsonPathError('not in range, nothing to end');
        return at + 1;
      }
      if (word === 'range') {
        at = this.#range(nodes, at, data, results) - 1;
        continue;
      }
      const found = this.#walk([data], node);
      results?.push(found);
    }
    return nodes.length;
  }

  #range(nodes: readonly Node[], at: number, data: unknown, results: Values[] | undefined): number {
    const range = nodes[at] as Node & { kind: 'list' };
    const values = this.#list([data], range.nodes.slice(1));
    this.#depth += 1;
    let after = nodes.length;
    if (values.length === 0) after = this.#block(nodes, at + 1, undefined, undefined);
    for (const value of values) after = this.#block(nodes, at + 1, value, results);
    this.#depth -= 1;
    return after;
  }

  #list(values: Values, nodes: readonly Node[]): Values {
    return nodes.reduce((current, node) => this.#walk(current, node), values);
  }

  #walk(values: Values, node: Node): Values {
    this.#steps += values.length + 1;
    if (this.#steps > maxSteps)
      throw new JsonPathError('the template is too much work for this lab');
    switch (node.kind) {
      case 'text':
        return [node.text];
      case 'list':
        return this.#list(values, node.nodes);
      case 'literal':
        return values.map(() => node.value);
      case 'field':
        return this.#field(values, node.name);
      case 'array':
        return this.#array(values, node.bounds);
      case 'union':
        return node.lists.flatMap((list) => this.#list(values, list));
      case 'filter':
        return this.#filter(values, node);
      case 'wildcard':
        return values.flatMap(childrenOf);
      case 'recursive':
        return this.#recursive(values);
      case 'identifier':
        throw new JsonPathError(`unrecognized identifier ${node.name}`);
    }
  }

  #field(values: Values, name: string): Values {
    if (values.length === 0) return [];
    const found = values.flatMap((value) =>
      isMap(value) && Object.hasOwn(value, name) ? [value[name]] : [],
    );
    if (found.length === 0 && !this.#allowMissing) throw new JsonPathError(`${name} is not found`);
    return found;
  }

  #array(values: Values, bounds: readonly [Bound, Bound, Bound]): Values {
    const found: unknown[] = [];
    for (const value of values) {
      if (value === null || value === undefined) continue;
      if (!Array.isArray(value)) {
        throw new JsonPathError(`${goType(value)} is not array or slice`);
      }
      const [first, second, third] = bounds;
      const { length } = value;
      let start = first.value ?? 0;
      if (start < 0) start += length;
      let end = second.value ?? length;
      if (end < 0 || (end === 0 && second.derived === true)) end += length;
      if (start === end) return found;
      checkBounds(start, end, length);
      const step = third.value ?? 1;
      if (step <= 0) throw new JsonPathError('step must be > 0');
      for (let at = start; at < end; at += step) found.push(value[at]);
    }
    return found;
  }

  #recursive(values: Values): Values {
    const found: unknown[] = [];
    for (const value of values) {
      this.#steps += 1;
      if (this.#steps > maxSteps)
        throw new JsonPathError('the template is too much work for this lab');
      const children = childrenOf(value);
      if (children.length > 0) found.push(value, ...this.#recursive(children));
      else if (typeof value === 'string' && value !== '') found.push(value);
    }
    return found;
  }

  #filter(values: Values, node: Node & { kind: 'filter' }): Values {
    const found: unknown[] = [];
    for (const value of values) {
      if (!Array.isArray(value)) {
        throw new JsonPathError(`${goText(value)} is not array or slice and cannot be filtered`);
      }
      for (const item of value as Values) {
        if (node.operator === 'exists') {
          if (this.#exists(item, node.left)) found.push(item);
          continue;
        }
        const lefts = this.#list([item], node.left);
        const rights = lefts.length === 0 ? [] : this.#list([item], node.right);
        if (lefts.length > 1 || rights.length > 1) {
          throw new JsonPathError('can only compare one element at a time');
        }
        if (lefts.length === 0 || rights.length === 0) continue;
        if (compare(lefts[0], node.operator, rights[0])) found.push(item);
      }
    }
    return found;
  }

  /** A path that is missing does not exist, whether missing keys are allowed or not. */
  #exists(item: unknown, path: readonly Node[]): boolean {
    try {
      return this.#list([item], path).length > 0;
    } catch (thrown) {
      if (thrown instanceof JsonPathError) return false;
      throw thrown;
    }
  }
}

function checkBounds(start: number, end: number, length: number): void {
  const outside = (index: number): JsonPathError =>
    new JsonPathError(`array index out of bounds: index ${index}, length ${length}`);
  if (start >= length || start < 0) throw outside(start);
  if (end > length || end < 0) throw outside(end - 1);
  if (start > end) {
    throw new JsonPathError(`starting index ${start} is greater than ending index ${end}`);
  }
}
