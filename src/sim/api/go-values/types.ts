// The types behind the layout table, made on first use.
import { layout } from './layout.ts';

export type GoType =
  | {
      readonly kind: 'string' | 'bool' | 'int' | 'time' | 'quantity' | 'intstr';
      readonly name: string;
    }
  | { readonly kind: 'pointer' | 'list'; readonly name: string; readonly of: GoType }
  /** `map[string]string`, or amounts by resource (core.ResourceList). */
  | { readonly kind: 'map'; readonly name: string; readonly of: GoType }
  | { readonly kind: 'struct'; readonly name: string; readonly fields: readonly GoField[] };

export interface GoField {
  readonly name: string;
  readonly json: string;
  readonly type: GoType;
  /** Its fields lie in the JSON object of the struct around it. */
  readonly isInline: boolean;
}

/** JSON as the API writes it. */
export type Json = unknown;
export type JsonObject = Readonly<Record<string, Json>>;

/** `HTTPGet` is `httpGet`, `FSType` is `fsType`: the first word is small. */
export function jsonNameOf(goName: string): string {
  const [capitals = ''] = /^[A-Z]+/.exec(goName) ?? [];
  const rest = goName.slice(capitals.length);
  if (capitals.length <= 1 || rest === '') return capitals.toLowerCase() + rest;
  return capitals.slice(0, -1).toLowerCase() + capitals.slice(-1) + rest;
}

const string: GoType = { kind: 'string', name: 'string' };
const quantity: GoType = { kind: 'quantity', name: 'resource.Quantity' };
const known = new Map<string, GoType>([
  ['string', string],
  ['bool', { kind: 'bool', name: 'bool' }],
  ['int32', { kind: 'int', name: 'int32' }],
  ['int64', { kind: 'int', name: 'int64' }],
  ['time', { kind: 'time', name: 'v1.Time' }],
  ['quantity', quantity],
  ['intstr', { kind: 'intstr', name: 'intstr.IntOrString' }],
  ['map', { kind: 'map', name: 'map[string]string', of: string }],
  ['core.ResourceList', { kind: 'map', name: 'core.ResourceList', of: quantity }],
]);

let lines: ReadonlyMap<string, string> | undefined;

function lineOf(name: string): string | undefined {
  lines ??= new Map(
    layout
      .trim()
      .split('\n')
      .map((line) => [line.split(' ')[0] ?? '', line]),
  );
  return lines.get(name);
}

function fieldOf(text: string): GoField {
  const isInline = text.endsWith('^');
  const [left = '', type = ''] = text.replace(/\^$/, '').split(/:(.*)/);
  const [name = '', json = jsonNameOf(name)] = left.split('>');
  return { name, json, type: goType(type), isInline };
}

/** A type by the name that the table gives it. */
export function goType(name: string): GoType {
  const made = known.get(name);
  if (made !== undefined) return made;
  const type = make(name);
  known.set(name, type);
  return type;
}

function make(name: string): GoType {
  if (name.startsWith('*')) {
    const of = goType(name.slice(1));
    return { kind: 'pointer', name: `*${of.name}`, of };
  }
  if (name.startsWith('[]')) {
    const of = goType(name.slice(2));
    return { kind: 'list', name: `[]${of.name}`, of };
  }
  const line = lineOf(name);
  if (line === undefined) return { kind: 'string', name };
  return { kind: 'struct', name, fields: line.split(' ').slice(1).map(fieldOf) };
}

/** What a struct's JSON holds of one of its fields. */
export const fieldValue = (object: JsonObject, field: GoField): Json =>
  field.isInline ? object : object[field.json];

/** Whether a value is the zero value of its type; an absent one is. */
export function isZero(type: GoType, value: Json): boolean {
  if (value === undefined || value === null) return true;
  switch (type.kind) {
    case 'pointer':
    case 'list':
    case 'map':
      return false;
    case 'struct':
      return type.fields.every((field) =>
        isZero(field.type, fieldValue(value as JsonObject, field)),
      );
    case 'quantity':
      return false;
    case 'intstr':
      return value === 0;
    default:
      return value === '' || value === 0 || value === false;
  }
}

/** A Pod spec as the server holds it: what it shares with its node lies in the security context. */
export function internalPodSpec(spec: JsonObject): JsonObject {
  const { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers } = spec;
  const shared = { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers };
  return { ...spec, securityContext: { ...(spec['securityContext'] as object), ...shared } };
}

/** The same for the spec in a template. */
export const internalTemplate = (template: JsonObject): JsonObject => ({
  ...template,
  spec: internalPodSpec((template['spec'] ?? {}) as JsonObject),
});
