// JSON as `kubectl -o json` prints it: four spaces, keys in order, Go's escapes.
import { compareBytes } from './yaml/sort-keys.ts';

const special = /["\\\x00-\x1f\u2028\u2029<>&]/g;
const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string as Go's encoder writes it, with `<`, `>` and `&` escaped. */
export function goJsonString(text: string): string {
  const escaped = text.replace(
    special,
    (char) => escapes[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

/** A value on one line with sorted keys, as Go's json.Marshal writes a map. */
export function toCompactJson(value: unknown): string {
  return write(value, '', '');
}

/** A value over several lines with sorted keys and a line break at the end, as kubectl prints it. */
export function toJson(value: unknown): string {
  return `${write(value, '    ', '\n')}\n`;
}

/** @param lineStart the line break and indentation of what surrounds the value; '' for one line. */
function write(value: unknown, indent: string, lineStart: string): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return goJsonString(value);
  if (typeof value !== 'object') return String(value as number | boolean);
  const inner = lineStart + indent;
  if (Array.isArray(value)) {
    const items = value.map((item) => inner + write(item, indent, inner));
    return items.length === 0 ? '[]' : `[${items.join(',')}${lineStart}]`;
  }
  const object = value as Readonly<Record<string, unknown>>;
  const colon = lineStart === '' ? ':' : ': ';
  const pairs = Object.keys(object)
    .filter((key) => object[key] !== undefined)
    .sort(compareBytes)
    .map((key) => {
      const name = goJsonString(key);
      return `${inner}${name}${colon}${write(object[key], indent, inner)}`;
    });
  return pairs.length === 0 ? '{}' : `{${pairs.join(',')}${lineStart}}`;
}
