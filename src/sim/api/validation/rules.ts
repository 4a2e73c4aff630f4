// Checks that many kinds share, each as a list of errors about one field.
import { invalid, notSupported, required, type FieldError, type ShownValue } from '../messages.ts';
import { isCidr, parseIp } from '../ip.ts';
import { checkDns1123Label, checkDns1123Subdomain, checkQualifiedName } from '../names.ts';

export type Check = (text: string) => readonly string[];

/** One error for each text that a check has for a value. */
export function judge(field: string, value: string, check: Check): readonly FieldError[] {
  return check(value).map((text) => invalid(field, value, text));
}

/** The same for a value that may be absent; an empty one counts as that. */
export const judgeGiven = (
  field: string,
  value: string | undefined,
  check: Check,
): readonly FieldError[] => (value ? judge(field, value, check) : []);

/** A value that must be there, and then pass a check. */
export const judgeRequired = (
  field: string,
  value: string | undefined,
  check: Check,
): readonly FieldError[] => (value ? judge(field, value, check) : [required(field)]);

export const label = (field: string, value: string | undefined): readonly FieldError[] =>
  judgeGiven(field, value, checkDns1123Label);

export const subdomain = (field: string, value: string | undefined): readonly FieldError[] =>
  judgeGiven(field, value, checkDns1123Subdomain);

export const qualifiedName = (field: string, value: string | undefined): readonly FieldError[] =>
  judge(field, value ?? '', checkQualifiedName);

/** @param detail of the error about an absent value */
export const present = (field: string, value: string | undefined, detail = '') =>
  value ? [] : [required(field, detail)];

export function notNegative(value: number | undefined, field: string): readonly FieldError[] {
  return (value ?? 0) < 0 ? [invalid(field, value ?? 0, 'must be greater than or equal to 0')] : [];
}

/** A value out of a list, in the order in which the server names the list. */
export function oneOf(
  field: string,
  value: string | undefined,
  supported: readonly string[],
): readonly FieldError[] {
  return supported.includes(value ?? '') ? [] : [notSupported(field, value ?? '', supported)];
}

export const oneOfGiven = (
  field: string,
  value: string | undefined,
  supported: readonly string[],
): readonly FieldError[] => (value === undefined ? [] : oneOf(field, value, supported));

export const oneOfRequired = (
  field: string,
  value: string | undefined,
  supported: readonly string[],
): readonly FieldError[] => (value ? oneOf(field, value, supported) : [required(field)]);

export function ip(field: string, value: string | undefined): readonly FieldError[] {
  const text = value ?? '';
  if (parseIp(text) !== undefined) return [];
  return [invalid(field, text, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];
}

export function cidr(field: string, value: string): readonly FieldError[] {
  if (isCidr(value)) return [];
  const text = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';
  return [invalid(field, value, text)];
}

export const immutableText = 'field is immutable';

/** A field that keeps its value. @param shown how the server prints the new one */
export const immutable = (
  field: string,
  isSame: boolean,
  shown: () => ShownValue,
): readonly FieldError[] => (isSame ? [] : [invalid(field, shown(), immutableText)]);

export const sortedEntries = <T>(
  map: Readonly<Record<string, T>> | undefined,
): readonly (readonly [string, T])[] =>
  Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
