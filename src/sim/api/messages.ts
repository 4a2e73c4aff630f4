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

/** Go's %q for a string. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

function shown(value: ShownValue): string {
  if (value === null) return 'null';
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

export const duplicate = (field: string, value: ShownValue): FieldError => ({
  type: 'FieldValueDuplicate',
  field,
  body: `Duplicate value: ${shown(value)}`,
});

export const forbidden = (field: string, detail: string): FieldError => ({
  type: 'FieldValueForbidden',
  field,
  body: detailed('Forbidden', detail),
});

export const notFound = (field: string, value: ShownValue): FieldError => ({
  type: 'FieldValueNotFound',
  field,
  body: `Not found: ${shown(value)}`,
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
