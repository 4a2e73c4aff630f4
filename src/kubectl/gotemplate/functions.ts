// The functions of Go templates, and the two that kubectl adds (text/template/funcs.go, cli-runtime/pkg/printers/template.go).
import { compare } from '../jsonpath/compare.ts';
import { goText, goType } from '../jsonpath/go-value.ts';
import { JsonPathError } from '../jsonpath/nodes.ts';
import { decodeBase64 } from '#sim/api/base64.ts';
import { goFormat } from './format.ts';
import { TemplateError } from './nodes.ts';

type Args = readonly unknown[];

/** Whether a value counts as true: not empty, not zero, not nil. */
export function isTrue(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === 0) return false;
  if (typeof value === 'string' || Array.isArray(value)) return value.length > 0;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return new TextEncoder().encode(value).length;
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length;
  if (value === null || value === undefined) {
    throw new TemplateError('reflect: call of reflect.Value.Type on zero Value');
  }
  throw new TemplateError(`len of type ${goType(value)}`);
}

function index([value, ...keys]: Args): unknown {
  let current = value;
  for (const key of keys) {
    if (current === null || current === undefined) throw new TemplateError('index of untyped nil');
    if (Array.isArray(current)) {
      if (typeof key !== 'number')
        throw new TemplateError(`cannot index slice/array with type ${goType(key)}`);
      if (key < 0 || key >= current.length) throw new TemplateError(`index out of range: ${key}`);
      current = current[key];
    } else if (typeof current === 'object') {
      if (typeof key !== 'string')
        throw new TemplateError(`value has type ${goType(key)}; should be string`);
      current = (current as Record<string, unknown>)[key];
    } else throw new TemplateError(`can't index item of type ${goType(current)}`);
  }
  return current;
}

/** fmt.Sprint: blanks between neighbours of which neither is a string. */
function sprint(args: Args): string {
  let text = '';
  args.forEach((arg, at) => {
    const before = args[at - 1];
    if (at > 0 && typeof arg !== 'string' && typeof before !== 'string') text += ' ';
    text += goText(arg);
  });
  return text;
}

function comparison(operator: string): (args: Args) => boolean {
  return ([left, right]) => {
    try {
      return compare(left, operator, right);
    } catch (thrown) {
      if (thrown instanceof JsonPathError) throw new TemplateError(thrown.message);
      throw thrown;
    }
  };
}

/** `eq a b c`: a is one of the others; nil equals only nil. */
function equal([first, ...others]: Args): boolean {
  if (others.length === 0) throw new TemplateError('missing argument for comparison');
  return others.some((other) => {
    const hasNil = first === null || first === undefined || other === null || other === undefined;
    return hasNil ? (first ?? null) === (other ?? null) : comparison('==')([first, other]);
  });
}

function slice([value, from = 0, to]: Args): unknown {
  if (typeof value !== 'string' && !Array.isArray(value)) {
    throw new TemplateError(`slice of type ${goType(value)}`);
  }
  const end = to === undefined ? value.length : Number(to);
  const start = Number(from);
  if (start < 0 || start > value.length) throw new TemplateError(`index out of range: ${start}`);
  if (end < 0 || end > value.length) throw new TemplateError(`index out of range: ${end}`);
  return value.slice(start, end);
}

function exists([value, ...path]: Args): boolean {
  try {
    return index([value, ...path]) !== undefined;
  } catch (thrown) {
    if (thrown instanceof TemplateError) return false;
    throw thrown;
  }
}

function base64decode([value]: Args): string {
  const text = decodeBase64(goText(value));
  if (text === undefined) throw new TemplateError('illegal base64 data at input byte 0');
  return text;
}

const htmlEscapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  '"': '&#34;',
  "'": '&#39;',
};

const functions: Readonly<Record<string, (args: Args) => unknown>> = {
  and: (args) => args.find((arg) => !isTrue(arg)) ?? args.at(-1),
  or: (args) => args.find(isTrue) ?? args.at(-1),
  not: ([value]) => !isTrue(value),
  len: ([value]) => lengthOf(value),
  index,
  slice,
  print: sprint,
  println: (args) => `${args.map(goText).join(' ')}\n`,
  printf: ([format, ...args]) => goFormat(goText(format), args),
  eq: equal,
  ne: (args) => !equal(args),
  lt: comparison('<'),
  le: comparison('<='),
  gt: comparison('>'),
  ge: comparison('>='),
  html: (args) => sprint(args).replace(/[<>&"']/g, (char) => htmlEscapes[char] ?? char),
  urlquery: (args) => encodeURIComponent(sprint(args)).replaceAll('%20', '+'),
  exists,
  base64decode,
};

export const functionNames: ReadonlySet<string> = new Set(Object.keys(functions));

export function callFunction(name: string, args: Args): unknown {
  return functions[name]?.(args);
}
