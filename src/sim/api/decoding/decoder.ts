// The strict JSON decoder of the API server over the field table: what it reads, in which form, and what it says.
// Source: sigs.k8s.io/json (a fork of Go's encoding/json that keeps the case of names and reports unknown fields).
import { type FieldType, goElementType, goStructName, typeInfo } from '../fields/table.ts';
import { quantityErrorOf, canonicalQuantity } from '../quantity.ts';
import { readBase64 } from './base64.ts';
import { readTime } from './go-time.ts';
import { fillAlways, isOmitted, zeroOf } from './go-encoding.ts';

/** Go stops collecting unknown fields at this many. */
const mostStrictErrors = 100;

/** A value that a type of its own could not read ends decoding at once. */
class Unreadable extends Error {}

type Json = Readonly<Record<string, unknown>>;

/** Decodes one body. Make a new one for each: it remembers what it has found. */
export class Decoder {
  readonly strictErrors: string[] = [];
  #firstError: string | undefined;
  /** Names of struct fields on the way down, as type errors print them. */
  readonly #fields: string[] = [];
  /** The whole way down, with list indexes and map keys, as strict errors print it. */
  readonly #path: string[] = [];
  #struct = '';

  /** The value of a type without what Go would not write back, or the error text. */
  read(type: string, body: unknown): { ok: true; value: Json } | { ok: false; error: string } {
    try {
      const value = this.#read({ kind: 'struct', struct: type }, goStructName(type), body);
      if (this.#firstError !== undefined) return { ok: false, error: this.#firstError };
      return { ok: true, value: (value ?? {}) as Json };
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      return { ok: false, error: error.message };
    }
  }

  #read(type: FieldType, goType: string, value: unknown): unknown {
    if (value === null || value === undefined) return undefined;
    switch (type.kind) {
      case 'struct':
        return this.#readStruct(type.struct, goType, value);
      case 'list':
        return this.#readList(type.of, goType, value);
      case 'map':
        return this.#readMap(type.of, goType, value);
      case 'string':
        return typeof value === 'string' ? value : this.#mismatch(value, goType);
      case 'bool':
        return typeof value === 'boolean' ? value : this.#mismatch(value, goType);
      case 'int32':
      case 'int64':
        return this.#readInteger(type.kind, goType, value);
      case 'bytes':
        return this.#readBytes(goType, value);
      case 'any':
        return value;
      default:
        return this.#readCustom(type.kind, value);
    }
  }

  #readStruct(name: string, goType: string, value: unknown): unknown {
    if (!isObject(value)) return this.#mismatch(value, goType);
    const info = typeInfo(name);
    const outer = this.#struct;
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const field = info.fields.get(key);
      this.#path.push(this.#path.length === 0 ? key : `.${key}`);
      if (field === undefined) {
        this.#reportUnknown();
      } else {
        this.#struct = info.goName;
        this.#fields.push(key);
        const read = this.#read(field.type, field.goType, value[key]);
        if (read !== undefined && !isOmitted(field, read)) result[key] = read;
        this.#fields.pop();
      }
      this.#path.pop();
    }
    this.#struct = outer;
    fillAlways(info.always, result);
    return result;
  }

  #readList(of: FieldType, goType: string, value: unknown): unknown {
    if (!Array.isArray(value)) return this.#mismatch(value, goType);
    const elementType = goElementType(goType);
    return value.map((element, index) => {
      this.#path.push(`[${index}]`);
      const read = this.#read(of, elementType, element) ?? zeroOf(of);
      this.#path.pop();
      return read;
    });
  }

  #readMap(of: FieldType, goType: string, value: unknown): unknown {
    if (!isObject(value)) return this.#mismatch(value, goType);
    const elementType = goElementType(goType);
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      this.#path.push(`.${key}`);
      const read = this.#read(of, elementType, value[key]) ?? zeroOf(of);
      // A key such as __proto__ must become a key.
      Object.defineProperty(result, key, {
        value: read,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      this.#path.pop();
    }
    return result;
  }

  #readInteger(kind: 'int32' | 'int64', goType: string, value: unknown): unknown {
    if (typeof value !== 'number') return this.#mismatch(value, goType);
    const largest = kind === 'int32' ? 2 ** 31 : 2 ** 63;
    // 2^63 itself stands for the numbers just below it, which JavaScript cannot tell apart.
    const fits = value >= -largest && (kind === 'int32' ? value < largest : value <= largest);
    if (Number.isInteger(value) && fits) return value === 0 ? 0 : value;
    return this.#mismatch(value, goType, `number ${String(value)}`);
  }

  #readBytes(goType: string, value: unknown): unknown {
    if (typeof value !== 'string') return this.#mismatch(value, goType);
    const read = readBase64(value);
    if (read.ok) return read.text;
    this.#firstError ??= read.error;
    return undefined;
  }

  /** Types that read themselves: the first that cannot ends everything, whatever was found before. */
  #readCustom(kind: 'quantity' | 'time' | 'microTime' | 'intOrString', value: unknown): unknown {
    if (kind === 'intOrString') {
      if (typeof value === 'string') return value;
      if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2 ** 31 - 1) {
        return value;
      }
      const what = typeof value === 'number' ? `number ${String(value)}` : jsonKind(value);
      throw new Unreadable(this.#mismatchText(what, 'int32'));
    }
    if (kind === 'quantity') {
      const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
      const error = quantityErrorOf(text);
      if (error !== undefined) throw new Unreadable(error);
      return canonicalQuantity(text);
    }
    if (typeof value !== 'string') {
      throw new Unreadable(this.#mismatchText(jsonKind(value), 'string'));
    }
    const time = readTime(kind, value);
    if (!time.ok) throw new Unreadable(time.error);
    return time.text;
  }

  #mismatch(value: unknown, goType: string, what = jsonKind(value)): undefined {
    this.#firstError ??= this.#mismatchText(what, goType);
    return undefined;
  }

  #mismatchText(what: string, goType: string): string {
    if (this.#fields.length === 0) {
      return `json: cannot unmarshal ${what} into Go value of type ${goType}`;
    }
    const where = `${this.#struct}.${this.#fields.join('.')}`;
    return `json: cannot unmarshal ${what} into Go struct field ${where} of type ${goType}`;
  }

  #reportUnknown(): void {
    if (this.strictErrors.length >= mostStrictErrors) return;
    const text = `unknown field "${this.#path.join('')}"`;
    if (!this.strictErrors.includes(text)) this.strictErrors.push(text);
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function jsonKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
