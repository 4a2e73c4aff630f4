// Values of awk: numbers, texts, and texts from input that look like numbers.
import { formatFloat, parseFormat } from '../base/format.ts';

/** A text that came from outside; where it looks like a number it also compares as one. */
export class InputText {
  readonly text: string;
  /** Undefined when it does not look like a number. */
  readonly number: number | undefined;

  constructor(text: string) {
    this.text = text;
    this.number = numericLook(text);
  }
}

/** Undefined is a variable that was never set: '' and 0 at once. */
export type Value = number | string | InputText | undefined;

export type AwkArray = Map<string, Value>;

export function toNumber(value: Value): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  return typeof value === 'string'
    ? leadingNumber(value)
    : (value.number ?? leadingNumber(value.text));
}

/** The value as text; fractions in the given format (CONVFMT, OFMT). */
export function toText(value: Value, format: string): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  return typeof value === 'number' ? numberText(value, format) : value.text;
}

export function isTrue(value: Value): boolean {
  if (typeof value === 'string') return value !== '';
  if (value === undefined) return false;
  if (typeof value === 'number') return value !== 0;
  return value.number === undefined ? value.text !== '' : value.number !== 0;
}

/** Negative, zero or positive; numbers compare as numbers when both sides are. */
export function compareValues(left: Value, right: Value): number {
  const [a, b] = [comparable(left), comparable(right)];
  if (a !== undefined && b !== undefined) return a - b;
  const [x, y] = [toText(left, '%.6g'), toText(right, '%.6g')];
  return x < y ? -1 : x > y ? 1 : 0;
}

function comparable(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  return typeof value === 'string' ? undefined : value.number;
}

function numberText(value: number, format: string): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return String(value);
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const piece = parseFormat(format).find(({ kind }) => kind === 'conversion');
  if (piece?.kind !== 'conversion' || !/^[eEfFgG]$/.test(piece.letter)) return String(value);
  const { flags, letter } = piece;
  const precision = piece.precision === undefined ? undefined : Number(piece.precision);
  return formatFloat({ flags, letter, width: Number(piece.width), precision }, value);
}

function leadingNumber(text: string): number {
  const found = /^\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(text.slice(0, 400));
  return found === null ? 0 : Number(found[1]);
}

function numericLook(text: string): number | undefined {
  if (text.length > 400) return undefined;
  return /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text) ? Number(text) : undefined;
}
