// What Go's JSON encoder leaves out and what it always writes: the form in which every object is stored and answered.
import { type Field, type FieldType, typeInfo } from '../fields/table.ts';

/** What a null in a list or map becomes: Go's zero value. */
export function zeroOf(type: FieldType): unknown {
  switch (type.kind) {
    case 'struct': {
      const empty: Record<string, unknown> = {};
      fillAlways(typeInfo(type.struct).always, empty);
      return empty;
    }
    case 'list':
      return [];
    case 'map':
      return {};
    case 'string':
    case 'bytes':
      return '';
    case 'bool':
      return false;
    case 'quantity':
      return '0';
    case 'time':
    case 'microTime':
    case 'any':
      return null;
    default:
      return 0;
  }
}

/** Whether Go's encoder leaves a value out: empty, not behind a pointer, and omitempty. */
export function isOmitted(field: Field, value: unknown): boolean {
  if (field.always || field.pointer) return false;
  switch (field.type.kind) {
    case 'list':
      return (value as readonly unknown[]).length === 0;
    case 'map':
      return isEmptyObject(value as object);
    case 'struct':
    case 'quantity':
    case 'intOrString':
    case 'any':
      return false;
    default:
      return value === '' || value === 0 || value === false;
  }
}

function isEmptyObject(object: object): boolean {
  for (const key in object) if (Object.hasOwn(object, key)) return false;
  return true;
}

/** Adds the fields that are written out even when empty. Pointers (a selector) have no empty value and stay absent. */
export function fillAlways(always: readonly Field[], object: Record<string, unknown>): void {
  for (const field of always) {
    if (object[field.name] !== undefined) continue;
    if (field.type.kind === 'struct' && isPointerStruct(field)) continue;
    object[field.name] = zeroOf(field.type);
  }
}

/** Required structs are held by value but for selectors and a volume's secret. */
const isPointerStruct = ({ type, required }: Field): boolean =>
  required &&
  type.kind === 'struct' &&
  ['LabelSelector', 'LocalObjectReference', 'SecretReference'].includes(type.struct);
