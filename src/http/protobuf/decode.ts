// From the protobuf envelope of typed clients to the JSON that everybody else sends
// (apimachinery/pkg/runtime/serializer/protobuf).
import type { Field, FieldType } from '#sim/api/fields/table.ts';
import { typeInfo } from '#sim/api/fields/table.ts';
import { typeOfKind } from '#sim/api/kinds.ts';
import { formatMicroTime, formatTime } from '#sim/runtime/time.ts';
import { messageTable } from './messages.ts';
import type { WireField } from './wire.ts';
import { asNumber, asText, readFields } from './wire.ts';

type Json = Record<string, unknown>;

interface Message {
  readonly names: ReadonlyMap<number, string>;
  /** Messages whose fields stand in the one around them. */
  readonly inlined: ReadonlyMap<number, string>;
}

const magic = 'k8s\u0000';

const messages = new Map<string, Message>(
  messageTable
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', ...words] = line.split(' ');
      const names = new Map<number, string>();
      const inlined = new Map<number, string>();
      for (const word of words) {
        const [field = '', number] = word.split('=');
        if (field.startsWith('+')) inlined.set(Number(number), field.slice(1));
        else names.set(Number(number), field);
      }
      return [name, { names, inlined }];
    }),
);

/** Reads `k8s\0` and the envelope after it. Of kinds that are not in the table the type alone is known. */
export function decodeProtobuf(bytes: Uint8Array): Json {
  if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') !== magic) {
    throw new Error('provided data does not appear to be a protobuf message, expected prefix');
  }
  const envelope = readFields(bytes.subarray(4));
  const typeMeta = readFields(bytesOf(find(envelope, 1)));
  const type = { apiVersion: asText(find(typeMeta, 1)), kind: asText(find(typeMeta, 2)) };
  const raw = bytesOf(find(envelope, 2));
  const name = typeOfKind(type.kind);
  return messages.has(name) ? { ...type, ...decodeMessage(name, name, raw) } : type;
}

function find(fields: readonly WireField[], number: number): WireField['value'] | undefined {
  return fields.find((field) => field.number === number)?.value;
}

function bytesOf(value: WireField['value'] | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array();
}

/** @param type the type of the field table that holds the fields, for inlined messages that around them */
function decodeMessage(message: string, type: string, bytes: Uint8Array): Json {
  const out: Json = {};
  const { names, inlined } = messages.get(message) ?? { names: new Map(), inlined: new Map() };
  const { fields } = typeInfo(type);
  for (const { number, value } of readFields(bytes)) {
    const inner = inlined.get(number);
    if (inner !== undefined) {
      Object.assign(out, decodeMessage(inner, type, bytesOf(value)));
      continue;
    }
    const name = names.get(number);
    const field = name === undefined ? undefined : fields.get(name);
    if (field !== undefined) setField(out, field, value);
  }
  return out;
}

function setField(out: Json, field: Field, value: WireField['value']): void {
  const { name, type } = field;
  if (type.kind === 'list') {
    const list = (out[name] ??= []) as unknown[];
    list.push(decodeValue(type.of, value));
  } else if (type.kind === 'map') {
    const map = (out[name] ??= {}) as Json;
    const entry = readFields(bytesOf(value));
    map[asText(find(entry, 1))] = decodeValue(type.of, find(entry, 2));
  } else {
    const decoded = decodeValue(type, value);
    if (field.pointer || !isEmpty(decoded)) out[name] = decoded;
  }
}

/** What Go writes for a field that nobody has set. */
function isEmpty(value: unknown): boolean {
  if (value === '' || value === 0 || value === false || value === null) return true;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function decodeValue(type: FieldType, value: WireField['value'] | undefined): unknown {
  switch (type.kind) {
    case 'struct':
      return decodeMessage(type.struct, type.struct, bytesOf(value));
    case 'string':
      return asText(value);
    case 'bytes':
      return Buffer.from(bytesOf(value)).toString('base64');
    case 'bool':
      return asNumber(value) !== 0;
    case 'quantity':
      return asText(find(readFields(bytesOf(value)), 1));
    case 'intOrString': {
      const parts = readFields(bytesOf(value));
      return asNumber(find(parts, 1)) === 0 ? asNumber(find(parts, 2)) : asText(find(parts, 3));
    }
    case 'time':
    case 'microTime': {
      const parts = readFields(bytesOf(value));
      if (parts.length === 0) return null;
      const ms = asNumber(find(parts, 1)) * 1000 + asNumber(find(parts, 2)) / 1e6;
      return type.kind === 'time' ? formatTime(ms) : formatMicroTime(ms);
    }
    case 'any': {
      const raw = asText(find(readFields(bytesOf(value)), 1));
      return raw === '' ? null : (JSON.parse(raw) as unknown);
    }
    default:
      return asNumber(value);
  }
}
