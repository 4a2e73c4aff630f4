// Brings an object made inside the simulator into the form in which a real server would have stored it.
import { type Field, type FieldType, typeInfo } from '../fields/table.ts';
import { fillAlways, isOmitted, zeroOf } from './go-encoding.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * Leaves out nulls and empty values that Go leaves out, writes empty ones that Go writes (`resources: {}`,
 * `metadata.creationTimestamp: null` in templates). Fields that the type does not have are kept: `decode` judges those.
 * @returns the same object where nothing changes, so that shared parts stay shared.
 */
export function normalise<T extends object>(type: string, object: T): T {
  return normaliseStruct(type, object as unknown as Json) as unknown as T;
}

function normaliseStruct(type: string, object: Json): Json {
  const info = typeInfo(type);
  let changed: Record<string, unknown> | undefined;
  for (const key in object) {
    const field = info.fields.get(key);
    const value = object[key];
    if (field === undefined) continue;
    const normal = normaliseValue(field.type, value);
    const kept = normal !== undefined && !isOmitted(field, normal) ? normal : undefined;
    if (kept === value && kept !== undefined) continue;
    changed ??= { ...object };
    if (kept === undefined) Reflect.deleteProperty(changed, key);
    else changed[key] = kept;
  }
  if (lacksOneOf(info.always, changed ?? object)) {
    changed ??= { ...object };
    fillAlways(info.always, changed);
  }
  return changed ?? object;
}

function lacksOneOf(always: readonly Field[], object: Json): boolean {
  return always.some(({ name }) => object[name] === undefined);
}

function normaliseValue(type: FieldType, value: unknown): unknown {
  // A zero time is written as null; it stands for itself.
  if (value === null) return isTime(type) ? null : undefined;
  if (typeof value !== 'object') return value;
  switch (type.kind) {
    case 'struct':
      return normaliseStruct(type.struct, value as Json);
    case 'list':
      return Array.isArray(value) ? normaliseList(type.of, value) : value;
    case 'map':
      return type.of.kind === 'struct' ? normaliseMap(type.of, value as Json) : value;
    default:
      return value;
  }
}

const isTime = (type: FieldType): boolean => type.kind === 'time' || type.kind === 'microTime';

function normaliseList(of: FieldType, list: readonly unknown[]): readonly unknown[] {
  if (of.kind !== 'struct') return list;
  let changed: unknown[] | undefined;
  list.forEach((element, index) => {
    const normal = normaliseValue(of, element) ?? zeroOf(of);
    if (normal === element) return;
    changed ??= [...list];
    changed[index] = normal;
  });
  return changed ?? list;
}

function normaliseMap(of: FieldType, map: Json): Json {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key, normaliseValue(of, value) ?? zeroOf(of)]),
  );
}
