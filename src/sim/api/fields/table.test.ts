import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { goStringTypes } from './go-types.ts';
import { atomicTypes } from './atomic-types.ts';
import { type Field, type FieldType, typeInfo, typeNames } from './table.ts';

interface ServerField {
  readonly type: string;
  readonly required?: boolean;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly listType?: string;
  readonly keys?: readonly string[];
  readonly strategy?: string;
  readonly mergeKey?: string;
  readonly mapType?: string;
}
const schema = JSON.parse(
  readFileSync(new URL('../../../../tests/discovery/schema.json', import.meta.url), 'utf8'),
) as Record<string, { atomic: boolean; fields: Record<string, ServerField> }>;

const scalarNames: Record<string, string> = {
  string: 'string',
  bool: 'boolean',
  int32: 'integer/int32',
  int64: 'integer/int64',
  time: 'Time',
  microTime: 'MicroTime',
  quantity: 'Quantity',
  intOrString: 'IntOrString',
  bytes: 'string/byte',
};

function serverType(type: FieldType): string {
  if (type.kind === 'struct') return typeInfo(type.struct).goName;
  if (type.kind === 'list') return `list:${serverType(type.of)}`;
  if (type.kind === 'map') return `map:${serverType(type.of)}`;
  return scalarNames[type.kind] ?? type.kind;
}

test('the table holds the types and fields of the server’s own schema', () => {
  expect([...typeNames()].sort()).toEqual(Object.keys(schema).sort());
  for (const name of typeNames()) {
    const ours: Record<string, unknown> = {};
    for (const field of typeInfo(name).fields.values()) {
      if (field.type.kind === 'any') continue;
      ours[field.name] = { type: serverType(field.type), required: field.required };
    }
    const server: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(schema[name]?.fields ?? {})) {
      if (typeInfo(name).fields.get(key)?.type.kind === 'any') continue;
      server[key] = { type: field.type, required: field.required === true };
    }
    expect(ours, name).toEqual(server);
  }
});

test('lists and maps are merged as the server’s schema says', () => {
  for (const name of typeNames()) {
    expect(atomicTypes.has(name), name).toBe(schema[name]?.atomic);
    for (const field of typeInfo(name).fields.values()) {
      const server = schema[name]?.fields[field.name] as ServerField;
      expect(mergeWords(field), `${name}.${field.name}`).toEqual(serverWords(server, field));
    }
  }
});

function mergeWords({ merge, type }: Field): object {
  const strategies = [
    ...(type.kind === 'list' && merge.patch === 'merge' ? ['merge'] : []),
    ...(type.kind === 'struct' && merge.patch === 'replace' ? ['replace'] : []),
    ...(merge.retainKeys ? ['retainKeys'] : []),
  ];
  const list = type.kind === 'list' ? merge.ownership : undefined;
  return { list, keys: merge.keys, strategy: strategies.join(','), mergeKey: merge.mergeKey };
}

function serverWords(server: ServerField, field: Field): object {
  return {
    list: field.type.kind === 'list' ? (server.listType ?? 'atomic') : undefined,
    keys: server.keys ?? [],
    strategy: server.strategy ?? '',
    mergeKey: server.mergeKey,
  };
}

test('a field that the server writes out even when empty is marked so', () => {
  // Names of referenced objects have a default in the schema but omitempty in Go; an Azure disk's readOnly is a pointer.
  const omitted =
    /(EnvSource|KeySelector|Projection|ConfigMapVolumeSource|LocalObjectReference)\.name|Azure/;
  for (const [name, { fields }] of Object.entries(schema)) {
    for (const [key, field] of Object.entries(fields)) {
      const empty = JSON.stringify(field.default);
      if (!['""', '0', 'false', '{}'].includes(empty) || omitted.test(`${name}.${key}`)) continue;
      expect(typeInfo(name).fields.get(key)?.always, `${name}.${key}`).toBe(true);
    }
  }
});

test('the names of Go types belong to string fields that exist', () => {
  for (const path of goStringTypes.keys()) {
    const [type = '', name = ''] = path.split('.');
    const field = typeInfo(type).fields.get(name)?.type;
    const scalar = field?.kind === 'list' || field?.kind === 'map' ? field.of : field;
    expect(scalar, path).toEqual({ kind: 'string' });
  }
});
