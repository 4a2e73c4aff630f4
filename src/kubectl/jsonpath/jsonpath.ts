// JSONPath templates as kubectl takes them: parsed once, rendered as text or as JSON, or asked for values.
import { toCompactJson, toJson } from '#sim/api/json-out.ts';
import { Evaluator } from './evaluate.ts';
import { goText } from './go-value.ts';
import type { Node } from './nodes.ts';
import { parseJsonPath } from './parse.ts';

function textOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'object') return toCompactJson(value);
  return goText(value);
}

export class JsonPath {
  readonly #template: readonly Node[];
  readonly #allowMissing: boolean;

  /** @throws JsonPathError where the template cannot be read. */
  constructor(template: string, allowMissing = true) {
    this.#template = parseJsonPath(template);
    this.#allowMissing = allowMissing;
  }

  /** What each part of the template finds. */
  find(data: unknown): readonly (readonly unknown[])[] {
    return new Evaluator(this.#allowMissing).run(this.#template, data);
  }

  /** `-o jsonpath`: values separated by blanks, lists and objects as JSON. */
  text(data: unknown): string {
    return this.find(data)
      .map((values) => values.map(textOf).join(' '))
      .join('');
  }

  /** `-o jsonpath-as-json`: one JSON list per part. */
  json(data: unknown): string {
    return this.find(data)
      .map((values) => `${toJson(values)}`)
      .join('');
  }
}
