// awk's built-in functions.
import {
  formatFloat,
  formatInteger,
  formatText,
  parseFormat,
  type Conversion,
  type FormatPiece,
} from '../base/format.ts';
import { strftime } from '../base/strftime.ts';
import type { Blocking } from '../../types.ts';
import { evaluate, evaluateText, locate, regexOf, textOf, wholeRecord } from './evaluate.ts';
import type { AwkMachine } from './machine.ts';
import { fillArray, splitByRegex, splitText } from './record.ts';
import { AwkError, type Expression, type Target } from './tree.ts';
import { toNumber, type Value } from './values.ts';

/** Functions of numbers alone. */
const numeric: Readonly<Record<string, (...values: number[]) => number>> = {
  sin: (x = 0) => Math.sin(x),
  cos: (x = 0) => Math.cos(x),
  atan2: (y = 0, x = 0) => Math.atan2(y, x),
  exp: (x = 0) => Math.exp(x),
  log: (x = 0) => Math.log(x),
  sqrt: (x = 0) => Math.sqrt(x),
  int: (x = 0) => Math.trunc(x),
  and: (x = 0, y = 0) => Number(BigInt(Math.trunc(x)) & BigInt(Math.trunc(y))),
  or: (x = 0, y = 0) => Number(BigInt(Math.trunc(x)) | BigInt(Math.trunc(y))),
  xor: (x = 0, y = 0) => Number(BigInt(Math.trunc(x)) ^ BigInt(Math.trunc(y))),
  compl: (x = 0) => Number(BigInt.asUintN(32, ~BigInt(Math.trunc(x)))),
  lshift: (x = 0, by = 0) => Math.trunc(x) * 2 ** Math.trunc(by),
  rshift: (x = 0, by = 0) => Math.floor(Math.trunc(x) / 2 ** Math.trunc(by)),
};

export function* callBuiltin(
  machine: AwkMachine,
  name: string,
  list: readonly Expression[],
): Blocking<Value> {
  const compute = numeric[name];
  if (compute !== undefined) {
    const values: number[] = [];
    for (const each of list) values.push(toNumber(yield* evaluate(machine, each)));
    return compute(...values);
  }
  const [first, second, third] = list;
  switch (name) {
    case 'length':
      return yield* length(machine, first);
    case 'split':
      return yield* split(machine, list);
    case 'sub':
    case 'gsub':
      return yield* substitute(machine, name === 'gsub', list);
    case 'match':
      return yield* match(machine, first, second);
    case 'sprintf':
      return yield* formatValues(machine, list);
    case 'rand':
      return machine.process.random.next();
    case 'srand':
      return 0;
    case 'systime':
      return Math.floor(machine.process.clock.nowMs() / 1000);
    case 'strftime': {
      const format =
        first === undefined ? '%a %b %e %H:%M:%S %Z %Y' : yield* evaluateText(machine, first);
      const nowMs = machine.process.clock.nowMs();
      return strftime(
        format,
        second === undefined ? nowMs : toNumber(yield* evaluate(machine, second)) * 1000,
      );
    }
    case 'fflush':
      yield* machine.call.out.flush();
      return 0;
    default:
      return yield* textFunction(machine, name, [first, second, third]);
  }
}

function* textFunction(
  machine: AwkMachine,
  name: string,
  [first, second, third]: readonly (Expression | undefined)[],
): Blocking<Value> {
  if (first === undefined) throw new AwkError('Not enough arguments');
  const text = yield* evaluateText(machine, first);
  switch (name) {
    case 'tolower':
      return text.toLowerCase();
    case 'toupper':
      return text.toUpperCase();
    case 'system':
      return yield* machine.streams.system(text);
    case 'close':
      return yield* machine.streams.close(text);
    case 'index':
      if (second === undefined) throw new AwkError('Not enough arguments');
      return text.indexOf(yield* evaluateText(machine, second)) + 1;
    default: {
      if (second === undefined) throw new AwkError('Not enough arguments');
      // Positions are rounded, and what lies outside the text is cut off (POSIX, substr).
      const start = Math.round(toNumber(yield* evaluate(machine, second)));
      const count =
        third === undefined ? Infinity : Math.round(toNumber(yield* evaluate(machine, third)));
      const from = Math.max(start, 1);
      return text.slice(from - 1, Math.max(from - 1, start + count - 1));
    }
  }
}

function* length(machine: AwkMachine, first: Expression | undefined): Blocking<number> {
  if (first === undefined) return wholeRecord(machine).length;
  if (first.kind === 'variable') {
    const { array } = machine.cell(first.ref);
    if (array !== undefined) return array.size;
  }
  return (yield* evaluateText(machine, first)).length;
}

function* split(machine: AwkMachine, list: readonly Expression[]): Blocking<number> {
  const [source, into, separator] = list;
  if (source === undefined || into?.kind !== 'variable') throw new AwkError('Not enough arguments');
  const text = yield* evaluateText(machine, source);
  let parts: string[];
  if (separator === undefined) parts = splitText(text, machine.text('FS'), machine.regexes);
  else if (separator.kind === 'regex')
    parts = text === '' ? [] : splitByRegex(text, separator.regex);
  else parts = splitText(text, yield* evaluateText(machine, separator), machine.regexes);
  fillArray(machine.array(into.ref), parts);
  return parts.length;
}

function* match(
  machine: AwkMachine,
  source: Expression | undefined,
  pattern: Expression | undefined,
): Blocking<number> {
  if (source === undefined || pattern === undefined) throw new AwkError('Not enough arguments');
  const text = yield* evaluateText(machine, source);
  const found = (yield* regexOf(machine, pattern)).exec(text);
  machine.setGlobal('RSTART', found === undefined ? 0 : found.start + 1);
  machine.setGlobal('RLENGTH', found === undefined ? -1 : found.end - found.start);
  return found === undefined ? 0 : found.start + 1;
}

function* substitute(
  machine: AwkMachine,
  all: boolean,
  list: readonly Expression[],
): Blocking<number> {
  const [pattern, replacement, into] = list;
  if (pattern === undefined || replacement === undefined)
    throw new AwkError('Not enough arguments');
  const regex = yield* regexOf(machine, pattern);
  const template = yield* evaluateText(machine, replacement);
  const target: Target =
    into?.kind === 'variable' || into?.kind === 'field' || into?.kind === 'element'
      ? into
      : { kind: 'field', index: { kind: 'number', value: 0 } };
  const place = yield* locate(machine, target);
  const text = textOf(machine, place.get());
  let result = '';
  let copied = 0;
  let count = 0;
  for (let at = 0; at <= text.length;) {
    const found = regex.exec(text, at);
    if (found === undefined) break;
    // An empty match right behind the one before does not count.
    if (found.end > found.start || count === 0 || found.start > copied) {
      result +=
        text.slice(copied, found.start) + expand(template, text.slice(found.start, found.end));
      copied = found.end;
      count += 1;
    }
    at = found.end > found.start ? found.end : found.end + 1;
    if (!all) break;
  }
  if (count > 0) place.set(machine.checked(result + text.slice(copied)));
  return count;
}

/** `&` is the match, `\&` an ampersand. */
function expand(template: string, matched: string): string {
  let result = '';
  for (let index = 0; index < template.length; index += 1) {
    const letter = template[index] ?? '';
    const next = template[index + 1];
    if (letter === '\\' && (next === '&' || next === '\\')) {
      result += next;
      index += 1;
    } else result += letter === '&' ? matched : letter;
  }
  return result;
}

/** printf and sprintf: the first value is the format. */
export function* formatValues(machine: AwkMachine, list: readonly Expression[]): Blocking<string> {
  const [format, ...rest] = list;
  if (format === undefined) throw new AwkError('Not enough arguments');
  const template = yield* evaluateText(machine, format);
  const values: Value[] = [];
  for (const each of rest) values.push(yield* evaluate(machine, each));
  let result = '';
  for (const piece of parseFormat(template)) {
    result += piece.kind === 'text' ? piece.text : convert(machine, piece, values);
  }
  return machine.checked(result);
}

function convert(
  machine: AwkMachine,
  piece: Extract<FormatPiece, { kind: 'conversion' }>,
  values: Value[],
): string {
  const size = (text: string): number => (text === '*' ? toNumber(values.shift()) : Number(text));
  const width = size(piece.width);
  const precision = piece.precision === undefined ? undefined : size(piece.precision);
  const flags = width < 0 ? `${piece.flags}-` : piece.flags;
  const conversion: Conversion = { flags, width: Math.abs(width), precision, letter: piece.letter };
  if (piece.letter === '') return piece.text;
  const value = values.shift();
  switch (piece.letter) {
    case 'c':
      return formatText(
        conversion,
        typeof value === 'number'
          ? String.fromCodePoint(Math.min(Math.max(Math.trunc(value), 0), 0x10ffff))
          : textOf(machine, value).slice(0, 1),
      );
    case 's':
      return formatText(conversion, textOf(machine, value));
    case 'd':
    case 'i':
    case 'o':
    case 'x':
    case 'X':
    case 'u': {
      const number = toNumber(value);
      if (!Number.isFinite(number)) return formatFloat({ ...conversion, letter: 'f' }, number);
      return formatInteger(conversion, BigInt(Math.trunc(number)));
    }
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return formatFloat(conversion, toNumber(value));
    default:
      throw new AwkError('Invalid format specifier');
  }
}
