// JSON Patch (RFC 6902) as github.com/evanphx/json-patch applies it.
import { PatchError } from './failure.ts';
import {
  deepCopy,
  deepEqual,
  deleteField,
  getField,
  hasField,
  isObject,
  type JsonObject,
  setField,
} from './json.ts';

/** More operations are refused by the API server. */
const mostOperations = 10_000;

/** Applies a list of operations to a copy of an object. Throws PatchError. */
export function applyJsonPatch(object: JsonObject, patch: unknown): JsonObject {
  if (!Array.isArray(patch)) {
    const message = 'json: cannot unmarshal object into Go value of type jsonpatch.Patch';
    throw new PatchError('bad request', message);
  }
  if (patch.length > mostOperations) {
    const message = `The allowed maximum operations in a JSON patch is ${mostOperations}, got ${patch.length}`;
    throw new PatchError('bad request', message);
  }
  const document: Document = { root: deepCopy(object) };
  for (const operation of patch as readonly unknown[]) {
    if (!isObject(operation)) throw doesNotApply('operation is no object');
    applyOperation(document, operation);
  }
  if (!isObject(document.root)) throw doesNotApply('the result is no object');
  return document.root;
}

/** What does not apply. A server tells its client no more than that; `kubectl patch --local` prints the words. */
const doesNotApply = (message: string): PatchError => new PatchError('unprocessable', message);

const missingPath = (op: string, path: Path): PatchError =>
  doesNotApply(
    `${op} operation does not apply: doc is missing path: "${path.text}": missing value`,
  );
const missingKey = (op: string, path: Path): PatchError =>
  doesNotApply(`${op} operation does not apply: doc is missing key: ${path.text}: missing value`);
const badIndex = (op: string, path: Path, index: string): PatchError =>
  doesNotApply(
    `error in ${op} for path: '${path.text}': Unable to access invalid index: ${index}: invalid index referenced`,
  );

interface Path {
  readonly text: string;
  readonly keys: readonly string[];
}
interface Document {
  root: unknown;
}

function applyOperation(document: Document, operation: JsonObject): void {
  const op = String(getField(operation, 'op'));
  const path = pointer(getField(operation, 'path'), op);
  const value = getField(operation, 'value') ?? null;
  switch (op) {
    case 'add':
      return add(document, path, deepCopy(value), op);
    case 'remove':
      remove(document, path, op);
      return;
    case 'replace':
      return replace(document, path, deepCopy(value));
    case 'move':
      return add(
        document,
        path,
        remove(document, pointer(getField(operation, 'from'), op), op),
        op,
      );
    case 'copy': {
      const from = pointer(getField(operation, 'from'), op);
      const found = read(document, from.keys);
      if (found === undefined) throw missingPath(op, from);
      return add(document, path, deepCopy(found), op);
    }
    case 'test':
      if (deepEqual(read(document, path.keys) ?? null, value)) return;
      throw doesNotApply(`testing value ${path.text} failed: test failed`);
    default:
      throw doesNotApply(`Unexpected kind: ${op}`);
  }
}

/** `/a~1b/0` -> `a/b`, `0` */
function pointer(text: unknown, op: string): Path {
  if (text === '') return { text, keys: [] };
  if (typeof text !== 'string') throw doesNotApply(`${op} operation does not apply: missing path`);
  const parts = text.split('/');
  if (parts[0] !== '') throw missingPath(op, { text, keys: [] });
  const keys = parts.slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  return { text, keys };
}

function child(container: unknown, key: string): unknown {
  if (Array.isArray(container)) {
    const index = indexIn(container, key, container.length - 1);
    return index === undefined ? undefined : (container[index] as unknown);
  }
  return isObject(container) ? getField(container, key) : undefined;
}

/** An index of a list; negative ones count from the end. */
function indexIn(list: readonly unknown[], key: string, most: number): number | undefined {
  if (!/^-?\d{1,9}$/.test(key)) return undefined;
  const given = Number(key);
  const index = given < 0 ? list.length + given : given;
  return index >= 0 && index <= most ? index : undefined;
}

function read(document: Document, keys: readonly string[]): unknown {
  let value = document.root;
  for (const key of keys) value = child(value, key);
  return value;
}

function add(document: Document, path: Path, value: unknown, op: string): void {
  const key = path.keys.at(-1);
  if (key === undefined) {
    document.root = value;
    return;
  }
  const container = read(document, path.keys.slice(0, -1));
  if (Array.isArray(container)) {
    const index = key === '-' ? container.length : indexIn(container, key, container.length);
    if (index === undefined) throw badIndex(op, path, key);
    container.splice(index, 0, value);
  } else if (isObject(container)) {
    setField(container, key, value);
  } else {
    throw missingPath(op, path);
  }
}

function replace(document: Document, path: Path, value: unknown): void {
  const key = path.keys.at(-1);
  if (key === undefined) {
    document.root = value;
    return;
  }
  const container = read(document, path.keys.slice(0, -1));
  if (!isObject(container) && !Array.isArray(container)) {
    throw doesNotApply(
      `replace operation does not apply: doc is missing path: ${path.text}: missing value`,
    );
  }
  if (isObject(container)) {
    // The library does not ask whether the field is there.
    setField(container, key, value);
    return;
  }
  const index = indexIn(container, key, container.length - 1);
  if (index === undefined) throw missingKey('replace', path);
  container[index] = value;
}

function remove(document: Document, path: Path, op: string): unknown {
  const key = path.keys.at(-1);
  const container = read(document, path.keys.slice(0, -1));
  if (key === undefined) throw missingPath(op, path);
  const found = child(container, key);
  if (Array.isArray(container)) {
    const index = indexIn(container, key, container.length - 1);
    if (index === undefined) throw badIndex(op, path, key);
    container.splice(index, 1);
  } else if (isObject(container)) {
    if (!hasField(container, key)) {
      throw doesNotApply(
        `error in ${op} for path: '${path.text}': Unable to remove nonexistent key: ${key}: missing value`,
      );
    }
    deleteField(container, key);
  } else {
    throw missingPath(op, path);
  }
  return found;
}
