// Which value a plain scalar stands for (resolve.go of gopkg.in/yaml.v2): YAML 1.1 with its `yes`, `on` and octal numbers,
// but without sexagesimal numbers and dates.

export type Scalar = string | number | boolean | null;

const words: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Infinity] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, -Infinity] as const),
]);

const decimalFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

export interface Resolved {
  readonly tag: 'str' | 'bool' | 'null' | 'int' | 'float';
  readonly value: Scalar;
}

/** The value and type of a plain scalar. */
export function resolvePlain(text: string): Resolved {
  const word = words.get(text);
  if (word !== undefined) return { tag: tagOf(word), value: word };
  const first = text.charAt(0);
  if (first === '.') {
    const float = /^\.[0-9]+(?:[eE][-+]?[0-9]+)?$/.test(text) ? Number(text) : undefined;
    if (float !== undefined) return { tag: 'float', value: float };
  } else if (/[0-9+-]/.test(first)) {
    const number = readNumber(text.replaceAll('_', ''));
    if (number !== undefined) return number;
  }
  return { tag: 'str', value: text };
}

function tagOf(value: Scalar): Resolved['tag'] {
  if (value === null) return 'null';
  return typeof value === 'boolean' ? 'bool' : 'float';
}

const radices: Readonly<Record<string, number>> = { '0b': 2, '0o': 8, '0x': 16 };

/** Longer numbers are no numbers of any field, and reading them takes time. */
const longestNumber = 400;

function readNumber(text: string): Resolved | undefined {
  if (text.length > longestNumber) return undefined;
  const integer = readInteger(text);
  if (integer !== undefined && integer < 2n ** 64n && integer >= -(2n ** 63n)) {
    return { tag: 'int', value: Number(integer) };
  }
  const float = decimalFloat.test(text) ? Number(text) : Infinity;
  return Number.isFinite(float) ? { tag: 'float', value: float } : undefined;
}

/** Go's strconv.ParseInt with base 0: prefixes 0b, 0o, 0x, and 0 for octal. */
function readInteger(text: string): bigint | undefined {
  const [, sign = '', prefix = '', digits = ''] = /^([-+]?)(0[bBoOxX])?(\w+)$/.exec(text) ?? [];
  if (digits === '') return undefined;
  let radix = radices[prefix.toLowerCase()] ?? 10;
  if (prefix === '' && digits.length > 1 && digits.startsWith('0')) radix = 8;
  const allowed = { 2: /^[01]+$/, 8: /^[0-7]+$/, 10: /^[0-9]+$/, 16: /^[0-9a-fA-F]+$/ }[radix];
  if (allowed?.test(digits) !== true) return undefined;
  const literal = { 2: '0b', 8: '0o', 10: '', 16: '0x' }[radix] ?? '';
  const size = BigInt(literal + digits);
  return sign === '-' ? -size : size;
}
