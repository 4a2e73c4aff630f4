// The conversions of printf(3), for printf, seq and awk.

/** `%-08.3f`: flags, width, precision and the letter. */
export interface Conversion {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/** No width or precision is taken beyond this: it would only fill memory. */
export const maxFieldWidth = 10_000;

/** A text in its field. */
export function formatText(conversion: Conversion, text: string): string {
  const { precision } = conversion;
  return pad(conversion, precision === undefined ? text : text.slice(0, precision), false);
}

/** `d i u o x X`. */
export function formatInteger(conversion: Conversion, value: bigint): string {
  const { letter, flags, precision } = conversion;
  const signed = letter === 'd' || letter === 'i';
  const unsigned = value < 0n && !signed ? BigInt.asUintN(64, value) : value;
  const magnitude = unsigned < 0n ? -unsigned : unsigned;
  const radix = letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10;
  let digits = magnitude.toString(radix);
  if (precision !== undefined) digits = digits.padStart(Math.min(precision, maxFieldWidth), '0');
  if (flags.includes('#') && letter === 'o' && !digits.startsWith('0')) digits = `0${digits}`;
  const prefix = flags.includes('#') && radix === 16 && magnitude !== 0n ? '0x' : '';
  const text = signOf(conversion, signed && value < 0n, signed) + prefix + digits;
  return pad(conversion, letter === 'X' ? text.toUpperCase() : text, precision === undefined);
}

/** `f F e E g G`, rounding halves to even as the C library does. */
export function formatFloat(conversion: Conversion, value: number): string {
  const lower = conversion.letter.toLowerCase();
  const negative = value < 0 || Object.is(value, -0);
  const magnitude = Math.abs(value);
  if (!Number.isFinite(magnitude)) {
    const word = Number.isNaN(magnitude) ? 'nan' : 'inf';
    return pad(conversion, signOf(conversion, negative, true) + caseOf(conversion, word), false);
  }
  const precision = Math.min(conversion.precision ?? 6, 100);
  const digits =
    lower === 'f'
      ? toFixed(magnitude, precision)
      : lower === 'e'
        ? toExponent(magnitude, precision)
        : toShortest(magnitude, precision || 1, conversion.flags.includes('#'));
  return pad(conversion, signOf(conversion, negative, true) + caseOf(conversion, digits), true);
}

/** Fixed notation. JavaScript rounds an exact half up; C rounds it to even. */
export function toFixed(value: number, precision: number): string {
  if (value >= 1e21)
    return BigInt(value).toString() + (precision > 0 ? `.${'0'.repeat(precision)}` : '');
  const text = value.toFixed(precision);
  if (precision > 25) return text;
  const exact = value.toFixed(precision + 30);
  const cut = exact.length - 30;
  if (!/^50*$/.test(exact.slice(cut))) return text;
  const down = exact.slice(0, cut).replace(/\.$/, '');
  return Number(down.at(-1)) % 2 === 0 ? down : text;
}

function toExponent(value: number, precision: number): string {
  const [digits = '', exponent = ''] = value.toExponential(precision).split('e');
  const sign = exponent[0] ?? '+';
  return `${digits}e${sign}${exponent.slice(1).padStart(2, '0')}`;
}

function toShortest(value: number, precision: number, keepZeros: boolean): string {
  const exponent = value === 0 ? 0 : Number(value.toExponential(precision - 1).split('e')[1]);
  const useExponent = exponent < -4 || exponent >= precision;
  const text = useExponent
    ? toExponent(value, precision - 1)
    : toFixed(value, Math.max(precision - 1 - exponent, 0));
  if (keepZeros || !text.includes('.')) return text;
  const [digits = '', power] = text.split('e');
  const trimmed = digits.replace(/\.?0+$/, '');
  return power === undefined ? trimmed : `${trimmed}e${power}`;
}

function signOf({ flags }: Conversion, negative: boolean, signed: boolean): string {
  if (negative) return '-';
  if (!signed) return '';
  return flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function caseOf({ letter }: Conversion, text: string): string {
  return letter < 'a' ? text.toUpperCase() : text;
}

function pad({ flags, width }: Conversion, text: string, numeric: boolean): string {
  const missing = Math.min(width, maxFieldWidth) - text.length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!numeric || !flags.includes('0')) return ' '.repeat(missing) + text;
  const lead = /^[-+ ]?(?:0x)?/i.exec(text)?.[0] ?? '';
  return lead + '0'.repeat(missing) + text.slice(lead.length);
}

/** A piece of a format string: literal text, or a conversion. `*` for width or precision is left to the caller. */
export type FormatPiece =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'conversion';
      readonly text: string;
      readonly flags: string;
      readonly width: string;
      readonly precision: string | undefined;
      readonly letter: string;
    };

/** Takes a format string apart; `%%` is text. A conversion without a letter has the letter ''. */
export function parseFormat(format: string): readonly FormatPiece[] {
  const pieces: FormatPiece[] = [];
  let index = 0;
  while (index < format.length) {
    const percent = format.indexOf('%', index);
    if (percent < 0) break;
    if (percent > index) pieces.push({ kind: 'text', text: format.slice(index, percent) });
    const found = /^%([-+ #0]*)(\*|\d*)(?:\.(\*|\d*))?(?:hh?|ll?|[jzt])?([a-zA-Z%]?)/.exec(
      format.slice(percent, percent + 40),
    );
    const [text = '%', flags = '', width = '', precision, letter = ''] = found ?? [];
    index = percent + text.length;
    pieces.push(
      letter === '%'
        ? { kind: 'text', text: '%' }
        : { kind: 'conversion', text, flags, width, precision, letter },
    );
  }
  if (index < format.length) pieces.push({ kind: 'text', text: format.slice(index) });
  return pieces;
}
