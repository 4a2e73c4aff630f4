// Values as Go's fmt prints them: `%v` (map[a:1]) and `%#v` (map[string]interface {}{"a":1}), and Go's type names.

type Fields = Readonly<Record<string, unknown>>;

/** What JSON becomes in Go when no type is known. */
export function goType(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'object') return 'map[string]interface {}';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return typeof value === 'boolean' ? 'bool' : 'string';
}

const sortedKeys = (value: object): readonly string[] => Object.keys(value).sort();

/** Floats as `%v` prints them: shortest form, an exponent of at least two digits. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** `%v`. */
export function goText(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return `[${value.map(goText).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const parts = sortedKeys(value).map((key) => `${key}:${goText((value as Fields)[key])}`);
  return `map[${parts.join(' ')}]`;
}

/** `%#v`. */
export function goSyntax(value: unknown): string {
  if (value === null || value === undefined) return 'interface {}(nil)';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return numberText(value);
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (typeof value !== 'object') return String(value);
  const parts = sortedKeys(value).map(
    (key) => `${JSON.stringify(key)}:${goSyntax((value as Fields)[key])}`,
  );
  return `map[string]interface {}{${parts.join(', ')}}`;
}
