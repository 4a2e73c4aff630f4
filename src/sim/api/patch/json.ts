// Small tools over plain JSON, for the patches.

export type JsonObject = { [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy that shares nothing with the original. Undefined fields are left out. */
export function deepCopy<T>(value: T): T {
  if (Array.isArray(value)) return (value as unknown[]).map(deepCopy) as T;
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (value[key] !== undefined) setField(copy, key, deepCopy(value[key]));
  }
  return copy as T;
}

/** Sets a field whose name a patch chose, `__proto__` included. */
export function setField(object: JsonObject, key: string, value: unknown): void {
  if (key !== '__proto__') {
    object[key] = value;
    return;
  }
  const property = { value, enumerable: true, configurable: true, writable: true };
  Object.defineProperty(object, key, property);
}

export function deleteField(object: JsonObject, key: string): void {
  Reflect.deleteProperty(object, key);
}

/** A field of the object itself, never one that every JavaScript object has. */
export function getField(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export const hasField = (object: JsonObject, key: string): boolean =>
  Object.hasOwn(object, key) && object[key] !== undefined;

/** Whether two values are the same JSON; an undefined field is no field. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, at) => deepEqual(item, b[at]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a).filter((key) => a[key] !== undefined);
  const others = Object.keys(b).filter((key) => b[key] !== undefined);
  return (
    keys.length === others.length &&
    keys.every((key) => hasField(b, key) && deepEqual(a[key], b[key]))
  );
}

/** Go tells three kinds of JSON apart when it compares types: objects, lists, and each scalar type. */
export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list';
  return value === null ? 'null' : typeof value;
}
