// YAML byte for byte as `kubectl -o yaml` prints it (sigs.k8s.io/yaml over gopkg.in/yaml.v2).
import { isSimpleKey, type Out, writeString } from './yaml/emit-scalar.ts';
import { compareYamlKeys } from './yaml/key-order.ts';

/** A JSON value as one YAML document, with a line break at the end. Fields that are undefined are left out. */
export function toYaml(value: unknown): string {
  const emitter = new Emitter();
  emitter.value(value, 0, 'top');
  return `${emitter.text()}\n`;
}

type Place = 'top' | 'map' | 'list';

class Emitter implements Out {
  readonly #parts: string[] = [];
  column = 0;

  text(): string {
    return this.#parts.join('');
  }

  write(text: string): void {
    this.#parts.push(text);
    this.column += lengthOf(text);
  }

  newLine(indent: number): void {
    this.#parts.push('\n', ' '.repeat(indent));
    this.column = indent;
  }

  /** @param indent the column of what is written: of a mapping its keys, of a scalar the lines that follow. */
  value(value: unknown, indent: number, place: Place): void {
    if (value === null || value === undefined) return this.write('null');
    if (typeof value === 'string') return writeString(this, value, Math.max(indent, 2), false);
    if (typeof value === 'number') return this.write(numberText(value));
    if (typeof value !== 'object') return this.write(String(value as boolean));
    if (Array.isArray(value)) return this.#list(value, indent, place);
    this.#mapping(value as Readonly<Record<string, unknown>>, indent, place);
  }

  /** Lists in mappings stand below their key without indentation. */
  #list(list: readonly unknown[], indent: number, place: Place): void {
    if (list.length === 0) return this.write('[]');
    const column = place === 'map' ? indent - 2 : indent;
    list.forEach((item, index) => {
      if (index > 0 || place === 'map') this.newLine(column);
      this.write('- ');
      this.value(item, column + 2, 'list');
    });
  }

  #mapping(object: Readonly<Record<string, unknown>>, indent: number, place: Place): void {
    const keys = sortedKeys(object);
    if (keys.length === 0) return this.write('{}');
    keys.forEach((key, index) => {
      if (index > 0 || place === 'map') this.newLine(indent);
      const value = object[key];
      if (isSimpleKey(key)) {
        writeString(this, key, indent + 2, true);
        this.write(isBlockValue(value) ? ':' : ': ');
        this.value(value, indent + 2, 'map');
        return;
      }
      this.write('? ');
      writeString(this, key, indent + 2, false);
      this.newLine(indent);
      this.write(': ');
      this.value(value, indent + 2, 'list');
    });
  }
}

function isBlockValue(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) ? value.length > 0 : sortedKeys(value).length > 0;
}

/** Go sorts short lists by insertion, which shows where the order is not transitive. */
function sortedKeys(object: object): readonly string[] {
  const keys = Object.keys(object)
    .filter((key) => (object as Readonly<Record<string, unknown>>)[key] !== undefined)
    .sort((a, b) => (a < b ? -1 : 1));
  if (keys.length > 12) return keys.sort(compareYamlKeys);
  for (let at = 1; at < keys.length; at++) {
    for (let to = at; to > 0; to--) {
      const [left = '', right = ''] = [keys[to - 1], keys[to]];
      if (compareYamlKeys(right, left) >= 0) break;
      [keys[to - 1], keys[to]] = [right, left];
    }
  }
  return keys;
}

/** Go's shortest form: an exponent has at least two digits, and begins at 10^21. */
function numberText(value: number): string {
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Characters, a surrogate pair counted as one. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0xdc00 && code <= 0xdfff) length -= 1;
  }
  return length;
}
