// Label selectors: the text form of `-l` and the object form of specs (apimachinery/pkg/labels/selector.go).
import type { LabelSelector } from './generated/types.ts';

export type Operator = 'in' | 'notin' | 'exists' | '!' | '=' | '!=' | 'gt' | 'lt';

export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

export type Labels = Readonly<Record<string, string>>;

export type ParsedSelector =
  | { readonly ok: true; readonly selector: readonly Requirement[] }
  /** The server's words. */
  | { readonly ok: false; readonly error: string };

type Token = string;
const symbols = ['==', '!=', '=', '!', '(', ')', ',', '<', '>'];
const longestText = 65_536;

class SelectorError extends Error {}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  let index = 0;
  while (index < text.length) {
    if (/\s/.test(text.charAt(index))) {
      index += 1;
      continue;
    }
    const symbol = symbols.find((candidate) => text.startsWith(candidate, index));
    if (symbol !== undefined) {
      found.push(symbol);
      index += symbol.length;
      continue;
    }
    let end = index;
    while (end < text.length && !/[\s=!(),<>]/.test(text.charAt(end))) end += 1;
    found.push(text.slice(index, end));
    index = end;
  }
  return found;
}

const isWord = (token: Token | undefined): token is string =>
  token !== undefined && !symbols.includes(token);

/** Reads the requirements one after the other, as the real recursive-descent parser does. */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokens(text);
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #take(): Token {
    return this.#tokens[this.#at++] ?? '';
  }

  all(): Requirement[] {
    const requirements: Requirement[] = [];
    for (;;) {
      const token = this.#peek();
      if (token === undefined) return requirements;
      if (!isWord(token) && token !== '!') {
        throw new SelectorError(`found '${token}', expected: !, identifier, or 'end of string'`);
      }
      requirements.push(this.#requirement());
      const next = this.#peek();
      if (next === undefined) return requirements;
      if (next !== ',') {
        throw new SelectorError(`found '${next}', expected: ',' or 'end of string'`);
      }
      this.#take();
      const after = this.#peek();
      if (!isWord(after) && after !== '!') {
        throw new SelectorError(`found '${after ?? ''}', expected: identifier after ','`);
      }
    }
  }

  #requirement(): Requirement {
    if (this.#peek() === '!') {
      this.#take();
      return { key: this.#key(), operator: '!', values: [] };
    }
    const key = this.#key();
    const token = this.#peek();
    if (token === undefined || token === ',') return { key, operator: 'exists', values: [] };
    this.#take();
    if (token === 'in' || token === 'notin') {
      return { key, operator: token, values: this.#values() };
    }
    if (token === '=' || token === '==' || token === '!=') {
      return { key, operator: token === '!=' ? '!=' : '=', values: [this.#exactValue()] };
    }
    if (token === '<' || token === '>') {
      return { key, operator: token === '>' ? 'gt' : 'lt', values: [this.#exactValue()] };
    }
    throw new SelectorError(
      `unable to parse requirement: found '${token}', expected: in, notin, =, ==, !=, gt, lt`,
    );
  }

  #key(): string {
    const token = this.#take();
    if (!isWord(token) || token === '') {
      throw new SelectorError(
        `unable to parse requirement: found '${token}', expected: identifier`,
      );
    }
    return token;
  }

  #exactValue(): string {
    const token = this.#peek();
    if (token === undefined || token === ',') return '';
    if (!isWord(token)) {
      throw new SelectorError(
        `unable to parse requirement: found '${token}', expected: identifier`,
      );
    }
    return this.#take();
  }

  #values(): readonly string[] {
    const open = this.#take();
    if (open !== '(') {
      throw new SelectorError(`unable to parse requirement: found '${open}' expected: '('`);
    }
    const values = new Set<string>();
    for (;;) {
      const token = this.#take();
      if (token === ')') {
        if (values.size === 0) values.add('');
        return [...values].sort();
      }
      if (isWord(token) && token !== '') {
        values.add(token);
        if (this.#peek() === ',') this.#take();
        else if (this.#peek() !== ')') {
          throw new SelectorError(
            `unable to parse requirement: found '${this.#peek() ?? ''}', expected: ',' or ')'`,
          );
        }
        continue;
      }
      throw new SelectorError(
        `unable to parse requirement: found '${token}', expected: ',', ')' or identifier`,
      );
    }
  }
}

/** Reads the text of `-l`. */
export function parseSelector(text: string): ParsedSelector {
  if (text.length > longestText) return { ok: false, error: 'the selector is too long' };
  try {
    return { ok: true, selector: new Parser(text).all() };
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    return { ok: false, error: error.message };
  }
}

function fits({ key, operator, values }: Requirement, labels: Labels): boolean {
  const actual = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'in':
    case '=':
      return actual !== undefined && values.includes(actual);
    case 'notin':
    case '!=':
      return actual === undefined || !values.includes(actual);
    case 'exists':
      return actual !== undefined;
    case '!':
      return actual === undefined;
    case 'gt':
      return actual !== undefined && Number(actual) > Number(values[0]);
    case 'lt':
      return actual !== undefined && Number(actual) < Number(values[0]);
  }
}

/** Whether labels fit every requirement. */
export function matchesSelector(selector: readonly Requirement[], labels: Labels): boolean {
  return selector.every((requirement) => fits(requirement, labels));
}

const operators: Readonly<Record<string, Operator>> = {
  In: 'in',
  NotIn: 'notin',
  Exists: 'exists',
  DoesNotExist: '!',
};

/** The requirements of a selector in a spec. An empty selector means everything. */
export function requirementsOf({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): readonly Requirement[] {
  return [
    ...Object.entries(matchLabels).map(([key, one]) => ({
      key,
      operator: '=' as const,
      values: [one],
    })),
    ...matchExpressions.map(({ key, operator, values = [] }) => ({
      key,
      operator: operators[operator] ?? 'in',
      values,
    })),
  ];
}

/** Whether labels fit a selector of a spec. */
export function matchesLabelSelector(selector: LabelSelector, labels: Labels): boolean {
  return matchesSelector(requirementsOf(selector), labels);
}

function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'exists':
      return key;
    case '!':
      return `!${key}`;
    case 'in':
    case 'notin':
      return `${key} ${operator} (${[...values].sort().join(',')})`;
    case 'gt':
      return `${key}>${values[0] ?? ''}`;
    case 'lt':
      return `${key}<${values[0] ?? ''}`;
    default:
      return `${key}${operator}${values[0] ?? ''}`;
  }
}

/** A selector as text, sorted by key, as describe and tables print it. */
export function formatSelector(selector: readonly Requirement[]): string {
  return [...selector]
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(requirementText)
    .join(',');
}
