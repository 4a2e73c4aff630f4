// Errors about fields, in the words of apimachinery (pkg/util/validation/field/errors.go), and the Status that carries them.
import type { Status } from './generated/types.ts';

/** `reason` of the cause in the Status. */
export type FieldErrorType =
  | 'FieldValueRequired'
  | 'FieldValueInvalid'
  | 'FieldValueNotSupported'
  | 'FieldValueDuplicate'
  | 'FieldValueForbidden'
  | 'FieldValueNotFound'
  | 'FieldValueTooLong'
  | 'FieldValueTooMany'
  | 'FieldValueTypeInvalid';

export interface FieldError {
  readonly type: FieldErrorType;
  /** Such as `spec.containers[0].name`. */
  readonly field: string;
  /** Everything after the field and its colon. */
  readonly body: string;
}

/** A value that prints itself as Go's %#v or String() would. */
export interface GoValue {
  readonly go: string;
}

export type ShownValue = string | number | boolean | null | GoValue;

const plain = /^[ !#-[\]-~]*$/;
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const escaped: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function quotedCharacter(character: string): string {
  const known = escaped[character];
  if (known !== undefined) return known;
  if (printable.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Go's %q for a string. */
export function quoted(text: string): string {
  return plain.test(text) ? `"${text}"` : `"${Array.from(text, quotedCharacter).join('')}"`;
}

function shown(value: ShownValue): string {
  if (value === null) return '"null"';
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'object' ? value.go : String(value);
}

/** `map[string]string{"a":"b"}`, keys sorted; `map[string]string(nil)` for none. */
export function goStringMap(map: Readonly<Record<string, string>> | undefined): GoValue {
  if (map === undefined) return { go: 'map[string]string(nil)' };
  const pairs = Object.keys(map)
    .sort()
    .map((key) => `${quoted(key)}:${quoted(map[key] ?? '')}`);
  return { go: `map[string]string{${pairs.join(', ')}}` };
}

/** `[]string{"a", "b"}`; of a named type where one is given. */
export function goStringList(list: readonly string[] | undefined, type = 'string'): GoValue {
  if (list === undefined) return { go: `[]${type}(nil)` };
  return { go: `[]${type}{${list.map(quoted).join(', ')}}` };
}

/** A number or percentage as Go prints the union of both. */
export function goIntOrString(value: number | string): GoValue {
  const [type, number, text] = typeof value === 'number' ? [0, value, ''] : [1, 0, value];
  return { go: `intstr.IntOrString{Type:${type}, IntVal:${number}, StrVal:${quoted(text)}}` };
}

const detailed = (head: string, detail: string): string =>
  detail === '' ? head : `${head}: ${detail}`;

export const required = (field: string, detail = ''): FieldError => ({
  type: 'FieldValueRequired',
  field,
  body: detailed('Required value', detail),
});

export const invalid = (field: string, value: ShownValue, detail: string): FieldError => ({
  type: 'FieldValueInvalid',
  field,
  body: detailed(`Invalid value: ${shown(value)}`, detail),
});

/** Invalid, without the value being told. */
export const invalidUntold = (field: string, detail: string): FieldError => ({
  type: 'FieldValueInvalid',
  field,
  body: detailed('Invalid value', detail),
});

export const duplicate = (field: string, value: ShownValue, detail = ''): FieldError => ({
  type: 'FieldValueDuplicate',
  field,
  body: detailed(`Duplicate value: ${shown(value)}`, detail),
});

export const forbidden = (field: string, detail: string): FieldError => ({
  type: 'FieldValueForbidden',
  field,
  body: detailed('Forbidden', detail),
});

export const notFound = (field: string, value: ShownValue, detail = ''): FieldError => ({
  type: 'FieldValueNotFound',
  field,
  body: detailed(`Not found: ${shown(value)}`, detail),
});

export const notSupported = (
  field: string,
  value: ShownValue,
  supported: readonly string[],
): FieldError => ({
  type: 'FieldValueNotSupported',
  field,
  body: `Unsupported value: ${shown(value)}: supported values: ${supported.map(quoted).join(', ')}`,
});

export const tooLong = (field: string, mostBytes: number): FieldError => ({
  type: 'FieldValueTooLong',
  field,
  body: `Too long: may not be more than ${mostBytes} bytes`,
});

export const tooMany = (field: string, actual: number, most: number): FieldError => ({
  type: 'FieldValueTooMany',
  field,
  body: `Too many: ${actual}: must have at most ${most} items`,
});

/** The same text about the same field is said once, at its first place (aggregate errors drop repetitions). */
export function withoutRepetitions(errors: readonly FieldError[]): readonly FieldError[] {
  const seen = new Set<string>();
  return errors.filter(({ field, body }) => {
    const text = `${field}: ${body}`;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/**
 * The answer 422 to an object that is not valid.
 * @param group '' for the core group
 */
export function invalidStatus(
  kind: string,
  group: string,
  name: string,
  errors: readonly FieldError[],
): Status {
  const texts = withoutRepetitions(errors).map(({ field, body }) => `${field}: ${body}`);
  const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  const kindText = group === '' ? kind : `${kind}.${group}`;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: `${kindText} ${quoted(name)} is invalid: ${list}`,
    reason: 'Invalid',
    details: {
      name,
      ...(group === '' ? {} : { group }),
      kind,
      causes: errors.map(({ type, field, body }) => ({ reason: type, message: body, field })),
    },
    code: 422,
  };
}
