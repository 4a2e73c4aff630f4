// How the fields of an object divide into owned units (structured-merge-diff/typed): structs and maps into their
// fields, lists of ownership `map` or `set` into their elements, all else is one unit.
import { atomicTypes } from '../../api/fields/atomic-types.ts';
import type { Field, FieldType, MergeRule } from '../../api/fields/table.ts';
import { typeInfo } from '../../api/fields/table.ts';

export type Json = Readonly<Record<string, unknown>>;

/** A place in the schema: the type of a value and how it is merged. */
export interface Place {
  readonly type: FieldType;
  readonly ownership: MergeRule['ownership'];
  readonly keys: readonly string[];
}

export function rootPlace(typeName: string): Place {
  return { type: { kind: 'struct', struct: typeName }, ownership: 'granular', keys: [] };
}

const places = new WeakMap<Field, Place>();

function placeOfField(field: Field): Place {
  let place = places.get(field);
  if (place === undefined) {
    place = { type: field.type, ownership: field.merge.ownership, keys: field.merge.keys };
    places.set(field, place);
  }
  return place;
}

const anything: Place = { type: { kind: 'any' }, ownership: 'atomic', keys: [] };

const elementPlaces = new WeakMap<FieldType, Place>();

/** The place of an element of a list or of a value of a map. */
export function elementPlace({ type }: Place): Place {
  if (type.kind !== 'list' && type.kind !== 'map') return anything;
  let place = elementPlaces.get(type.of);
  if (place === undefined) {
    const isWalked = type.of.kind === 'struct' && !atomicTypes.has(type.of.struct);
    const ownership = isWalked ? 'granular' : 'atomic';
    place = { type: type.of, ownership, keys: [] };
    elementPlaces.set(type.of, place);
  }
  return place;
}

/** The place of a field of a struct, or of a value of a map. */
export function childPlace(place: Place, name: string): Place {
  if (place.type.kind !== 'struct') return elementPlace(place);
  const field = typeInfo(place.type.struct).fields.get(name);
  return field === undefined ? anything : placeOfField(field);
}

export const isJsonObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** How a value is walked: by its fields, by its elements, or not at all. */
export function shapeOf(place: Place): 'fields' | 'elements' | 'unit' {
  const { type, ownership } = place;
  if (ownership === 'atomic') return 'unit';
  if (type.kind === 'struct' || type.kind === 'map') return 'fields';
  return type.kind === 'list' ? 'elements' : 'unit';
}

/** Keys that an element may leave out. */
const keyDefaults: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** The path element of a list's element. */
export function elementKey({ ownership, keys }: Place, element: unknown): string {
  if (ownership === 'set' || !isJsonObject(element)) return `v:${JSON.stringify(element)}`;
  const parts: Record<string, unknown> = {};
  for (const key of [...keys].sort()) {
    const value = element[key] ?? keyDefaults[key];
    if (value !== undefined) parts[key] = value;
  }
  return `k:${JSON.stringify(parts)}`;
}

/** True for nothing, null, and objects and lists without content. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object') return false;
  for (const _ in value) return false;
  return true;
}
