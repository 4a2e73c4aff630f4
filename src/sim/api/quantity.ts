// Quantities as the API writes them (apimachinery/pkg/api/resource/quantity.go): exact, in whole billionths.

type Format = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

export interface Quantity {
  /** The value in billionths; finer parts are rounded up, as the real type does. */
  readonly nanos: bigint;
  readonly format: Format;
}

export const quantityPattern = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$';
/** What the decoder says of text that is no quantity. */
export const quantityError = `quantities must match the regular expression '${quantityPattern}'`;

const nano = 1_000_000_000n;
const binary: readonly (readonly [string, bigint])[] = [
  ['Ei', 1024n ** 6n],
  ['Pi', 1024n ** 5n],
  ['Ti', 1024n ** 4n],
  ['Gi', 1024n ** 3n],
  ['Mi', 1024n ** 2n],
  ['Ki', 1024n],
];
/** Suffix and power of ten. */
const decimal: readonly (readonly [string, number])[] = [
  ['E', 18],
  ['P', 15],
  ['T', 12],
  ['G', 9],
  ['M', 6],
  ['k', 3],
  ['', 0],
  ['m', -3],
  ['u', -6],
  ['n', -9],
];
const longestText = 64;
const largestExponent = 30;

function scaleOf(
  suffix: string,
): { readonly factor: bigint; readonly divisor: bigint; readonly format: Format } | undefined {
  const two = binary.find(([name]) => name === suffix);
  if (two) return { factor: two[1], divisor: 1n, format: 'BinarySI' };
  const ten = decimal.find(([name]) => name === suffix);
  const exponent = ten?.[1] ?? exponentOf(suffix);
  if (exponent === undefined) return undefined;
  const format = ten ? 'DecimalSI' : 'DecimalExponent';
  return exponent >= 0
    ? { factor: 10n ** BigInt(exponent), divisor: 1n, format }
    : { factor: 1n, divisor: 10n ** BigInt(-exponent), format };
}

function exponentOf(suffix: string): number | undefined {
  const found = /^[eE]([+-]?\d{1,3})$/.exec(suffix);
  if (!found) return undefined;
  return Math.min(Math.max(Number(found[1]), -largestExponent), largestExponent);
}

/** Reads a quantity; undefined when the text is none. */
export function parseQuantity(text: string): Quantity | undefined {
  if (text.length > longestText) return undefined;
  const found = /^([+-]?)(\d*)(?:\.(\d*))?([a-zA-Z]*[+-]?\d*)$/.exec(text);
  if (!found) return undefined;
  const [, sign, whole = '', fraction = '', suffix = ''] = found;
  if (whole === '' && fraction === '') return undefined;
  const scale = scaleOf(suffix);
  if (scale === undefined) return undefined;
  const digits = BigInt(whole + fraction || '0');
  const divisor = scale.divisor * 10n ** BigInt(fraction.length);
  const scaled = digits * scale.factor * nano;
  const size = scaled / divisor + (scaled % divisor === 0n ? 0n : 1n);
  return { nanos: sign === '-' ? -size : size, format: scale.format };
}

function decimalText(nanos: bigint): string {
  if (nanos === 0n) return '0';
  for (const [suffix, exponent] of decimal) {
    const unit = 10n ** BigInt(exponent + 9);
    if (nanos % unit === 0n) return `${nanos / unit}${suffix}`;
  }
  return `${nanos}n`;
}

function exponentText(nanos: bigint): string {
  if (nanos === 0n) return '0';
  for (const [, exponent] of decimal) {
    const unit = 10n ** BigInt(exponent + 9);
    if (nanos % unit !== 0n) continue;
    return exponent === 0 ? `${nanos / unit}` : `${nanos / unit}e${exponent}`;
  }
  return `${nanos}e-9`;
}

/** The canonical text: the largest unit that leaves a whole number. Binary units fall back to decimal ones below 1024. */
export function formatQuantity({ nanos, format }: Quantity): string {
  if (format === 'DecimalExponent') return exponentText(nanos);
  const size = nanos < 0n ? -nanos : nanos;
  if (format === 'DecimalSI' || size < 1024n * nano || nanos % nano !== 0n)
    return decimalText(nanos);
  const value = nanos / nano;
  const unit = binary.find(([, factor]) => value % factor === 0n);
  return unit ? `${value / unit[1]}${unit[0]}` : `${value}`;
}

/** The canonical text of a text; the text itself when it is no quantity. */
export function canonicalQuantity(text: string): string {
  const quantity = parseQuantity(text);
  return quantity === undefined ? text : formatQuantity(quantity);
}

const up = (nanos: bigint, unit: bigint): number => {
  const whole = nanos / unit;
  return Number(nanos % unit > 0n ? whole + 1n : whole);
};

/** Whole units, rounded up: bytes, Pods, CPUs. 0 for text that is no quantity. */
export function value(text: string): number {
  return up(parseQuantity(text)?.nanos ?? 0n, nano);
}

/** Thousandths, rounded up: milli-CPUs. 0 for text that is no quantity. */
export function milliValue(text: string): number {
  return up(parseQuantity(text)?.nanos ?? 0n, nano / 1000n);
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareQuantities(a: string, b: string): number {
  const left = parseQuantity(a)?.nanos ?? 0n;
  const right = parseQuantity(b)?.nanos ?? 0n;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The sum, in the format of the first that is not zero. */
export function addQuantities(a: string, b: string): string {
  const left = parseQuantity(a) ?? { nanos: 0n, format: 'DecimalSI' };
  const right = parseQuantity(b) ?? { nanos: 0n, format: 'DecimalSI' };
  const format = left.nanos === 0n ? right.format : left.format;
  return formatQuantity({ nanos: left.nanos + right.nanos, format });
}

/** The difference, in the format of the first. */
export function subtractQuantities(a: string, b: string): string {
  const left = parseQuantity(a) ?? { nanos: 0n, format: 'DecimalSI' };
  return formatQuantity({
    nanos: left.nanos - (parseQuantity(b)?.nanos ?? 0n),
    format: left.format,
  });
}

/** Why a text is no quantity, in the server's words, or undefined. Source: resource.ParseQuantity. */
export function quantityErrorOf(text: string): string | undefined {
  const found = /^[+-]?(\d*)(?:\.(\d*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text);
  if (text.length > longestText || !found) return quantityError;
  const [, whole = '', fraction = '', suffix = ''] = found;
  if (whole === '' && fraction === '') return quantityError;
  return scaleOf(suffix) === undefined ? "unable to parse quantity's suffix" : undefined;
}
