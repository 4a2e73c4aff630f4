// JSON of objects that kubectl makes itself: their fields stand in the order of the Go types. Objects of the server have
// sorted keys (sim/api/json-out.ts).
import { goJsonString } from '#sim/api/json-out.ts';

function write(value: unknown, indent: string, lineStart: string): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return goJsonString(value);
  if (typeof value !== 'object') return String(value as number | boolean);
  const inner = lineStart + indent;
  if (Array.isArray(value)) {
    const items = value.map((item) => inner + write(item, indent, inner));
    return items.length === 0 ? '[]' : `[${items.join(',')}${lineStart}]`;
  }
  const colon = lineStart === '' ? ':' : ': ';
  const pairs = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(([key, part]) => `${inner}${goJsonString(key)}${colon}${write(part, indent, inner)}`);
  return pairs.length === 0 ? '{}' : `{${pairs.join(',')}${lineStart}}`;
}

/** An object over several lines, fields in their own order, with a line break at the end. */
export function typedJson(value: unknown, blanksPerLevel = 4): string {
  return `${write(value, ' '.repeat(blanksPerLevel), '\n')}\n`;
}

/** The same on one line. */
export function compactTypedJson(value: unknown): string {
  return write(value, '', '');
}
