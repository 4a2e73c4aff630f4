// JSON as Go's encoding/json writes it: HTML characters escaped, and keys sorted where Go would hold a map.

function quote(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** Numbers as Go prints float64 and int64: exponents only from 1e21 and below 1e-6. */
function numberText(value: number): string {
  return Object.is(value, -0) ? '0' : String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

export interface JsonOptions {
  /** Blanks per level; 0 writes everything on one line. */
  readonly indent: number;
  /** Sorts keys, as the maps of unstructured objects are written; typed objects keep their order of fields. */
  readonly sorted: boolean;
}

/** Writes a value; `undefined` fields are left out. */
export function goJson(value: unknown, { indent, sorted }: JsonOptions, level = 0): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value !== 'object') return String(value);
  const isList = Array.isArray(value);
  const options = { indent, sorted };
  let parts: string[];
  if (isList) parts = value.map((item) => goJson(item, options, level + 1));
  else {
    const keys = Object.keys(value).filter((key) => (value as Fields)[key] !== undefined);
    if (sorted) keys.sort();
    const colon = indent > 0 ? ': ' : ':';
    parts = keys.map(
      (key) => `${quote(key)}${colon}${goJson((value as Fields)[key], options, level + 1)}`,
    );
  }
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  if (indent === 0) return `${open}${parts.join(',')}${close}`;
  const inner = `\n${' '.repeat(indent * (level + 1))}`;
  return `${open}${inner}${parts.join(`,${inner}`)}\n${' '.repeat(indent * level)}${close}`;
}

type Fields = Readonly<Record<string, unknown>>;

/** One line with sorted keys, as `last-applied-configuration` and jsonpath write objects. */
export function compactJson(value: unknown): string {
  return goJson(value, { indent: 0, sorted: true });
}
