// How strconv and time word what they cannot read; flag errors quote them.
import { parseGoDuration } from '#sim/api/duration.ts';

/** The text of a failed strconv call: `strconv.ParseInt: parsing "x": invalid syntax`. */
export function syntaxError(call: string, text: string): string {
  return `strconv.${call}: parsing ${JSON.stringify(text)}: invalid syntax`;
}

export function rangeError(call: string, text: string): string {
  return `strconv.${call}: parsing ${JSON.stringify(text)}: value out of range`;
}

/**
 * Reads a whole number as strconv.ParseInt(text, base 0 or 10, bits) does.
 * @returns the number, or the text of the error. Beyond 2^53 a number is rounded.
 */
export function parseInteger(text: string, bits: 32 | 64, call = 'ParseInt'): number | string {
  if (!/^[+-]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[0-9]+)$/.test(text)) {
    return syntaxError(call, text);
  }
  const negative = text.startsWith('-');
  let digits = text.replace(/^[+-]/, '');
  if (/^0[0-7]+$/.test(digits) && call === 'ParseInt') digits = `0o${digits.slice(1)}`;
  const value = Number(digits) * (negative ? -1 : 1);
  const limit = bits === 32 ? 2 ** 31 : 2 ** 63;
  const tooLong = bits === 64 && digits.length >= 19 && BigInt(digits) > 2n ** 63n - 1n;
  return tooLong || value >= limit || value < -limit ? rangeError(call, text) : value;
}

/** Reads what strconv.ParseBool reads. */
export function parseBool(text: string): boolean | string {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false;
  return syntaxError('ParseBool', text);
}

/** Reads a time.Duration into milliseconds, or gives the text of the error. */
export function parseDuration(text: string): { readonly ms: number } | string {
  const ms = parseGoDuration(text);
  if (ms !== undefined) return { ms };
  const shown = JSON.stringify(text);
  const parts = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*(\d+\.?\d*|\.\d+)([^\d.]*)/;
  const found = text.length > 64 ? null : parts.exec(text);
  if (found === null) return `time: invalid duration ${shown}`;
  const unit = found[2] ?? '';
  if (unit === '') return `time: missing unit in duration ${shown}`;
  return `time: unknown unit ${JSON.stringify(unit)} in duration ${shown}`;
}
