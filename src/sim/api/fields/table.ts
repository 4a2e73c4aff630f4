// The field table: for each type of the API its fields, with everything that decoding, patching, printing and explaining
// ask of a field. Built on first use from the generated table and the hand-written supplements beside this file.
import { fieldTable } from '../generated/fields.ts';
import { alwaysWritten, pointers, quantities } from './encoding.ts';
import { goStringTypes } from './go-types.ts';
import { atomicTypes, mergeRules } from './lists.ts';

/** What a field holds. `any` is raw JSON (a ControllerRevision's data, managed fields). */
export type FieldType =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'struct'; readonly struct: string }
  | { readonly kind: 'list'; readonly of: FieldType }
  | { readonly kind: 'map'; readonly of: FieldType };

export type ScalarKind =
  | 'string'
  | 'bool'
  | 'int32'
  | 'int64'
  | 'time'
  | 'microTime'
  | 'quantity'
  | 'intOrString'
  | 'bytes'
  | 'any';

/** How a list or map is merged; see lists.ts. */
export interface MergeRule {
  /** Server-side apply: `atomic` values belong to one manager as a whole. */
  readonly ownership: 'atomic' | 'set' | 'map' | 'granular';
  /** Keys of a list of ownership `map`. */
  readonly keys: readonly string[];
  /** Strategic merge patch: lists with this are merged, by `mergeKey` where elements are objects. */
  readonly patch: 'merge' | 'replace';
  readonly mergeKey?: string | undefined;
  readonly retainKeys: boolean;
}

export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly required: boolean;
  /** An empty value is kept apart from an absent one. */
  readonly pointer: boolean;
  /** Written out even when empty. */
  readonly always: boolean;
  /** The Go type, as errors print it: `int32`, `[]v1.Container`, `map[string]string`. */
  readonly goType: string;
  readonly merge: MergeRule;
}

export interface TypeInfo {
  /** Podlab's name of the type: `Pod`, `KubeEvent`. */
  readonly name: string;
  /** Kubernetes' name of the Go struct: `Pod`, `Event`. */
  readonly goName: string;
  /** `v1` or `v2`: the Go package that errors print. */
  readonly goPackage: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** The fields that are written out even when absent, in order. */
  readonly always: readonly Field[];
}

const scalarCodes: Readonly<Record<string, ScalarKind>> = {
  s: 'string',
  b: 'bool',
  i: 'int32',
  l: 'int64',
  t: 'time',
  m: 'microTime',
  p: 'intOrString',
  y: 'bytes',
  j: 'any',
};

const goScalars: Readonly<Record<ScalarKind, string>> = {
  string: 'string',
  bool: 'bool',
  int32: 'int32',
  int64: 'int64',
  time: 'v1.Time',
  microTime: 'v1.MicroTime',
  quantity: 'resource.Quantity',
  intOrString: 'intstr.IntOrString',
  bytes: '[]uint8',
  any: 'runtime.RawExtension',
};

const parsed = new Map<string, TypeInfo>();
let lines: ReadonlyMap<string, string> | undefined;

/** The fields of a type. Throws for a name that no model has: only a bug can ask for one. */
export function typeInfo(name: string): TypeInfo {
  let info = parsed.get(name);
  if (info === undefined) {
    info = parseType(name);
    parsed.set(name, info);
  }
  return info;
}

/** Whether a type of this name exists. */
export function isType(name: string): boolean {
  return typeLines().has(name);
}

/** Every type's name, in alphabetical order of the models. */
export function typeNames(): readonly string[] {
  return [...typeLines().keys()];
}

/** The Go name of a struct with its package: `v1.Container`, `v2.MetricSpec`. */
export function goStructName(struct: string): string {
  const line = typeLines().get(struct) ?? '';
  const [, own, version] = /^\w+(?:=(\w+))?(?:@(\w+))?/.exec(line) ?? [];
  return `${version ?? 'v1'}.${own ?? struct}`;
}

function typeLines(): ReadonlyMap<string, string> {
  lines ??= new Map(
    fieldTable
      .trim()
      .split('\n')
      .map((line) => [/^\w+/.exec(line)?.[0] ?? '', line]),
  );
  return lines;
}

const listedIn = (text: string): ((type: string) => ReadonlySet<string>) => {
  const byType = new Map(
    text
      .trim()
      .split('\n')
      .map((line) => {
        const [type, ...fields] = line.split(' ');
        return [type, new Set(fields)] as const;
      }),
  );
  const none: ReadonlySet<string> = new Set();
  return (type) => byType.get(type) ?? none;
};
const quantitiesOf = listedIn(quantities);
const pointersOf = listedIn(pointers);
const alwaysOf = listedIn(alwaysWritten);
const mergeRulesOf = listedIn(mergeRules);

function parseType(name: string): TypeInfo {
  const line = typeLines().get(name);
  if (line === undefined) throw new Error(`field table: no type ${name}`);
  const [, ...words] = line.split(' ');
  const fields = new Map<string, Field>();
  for (const word of words) {
    const field = parseField(name, word);
    fields.set(field.name, field);
  }
  const [goPackage, goName] = goStructName(name).split('.') as [string, string];
  const always = [...fields.values()].filter((field) => field.always);
  return { name, goName, goPackage, fields, always };
}

function parseField(type: string, word: string): Field {
  const [name, rest] = word.split(':') as [string, string];
  const required = rest.endsWith('!');
  const code = required ? rest.slice(0, -1) : rest;
  const isQuantity = quantitiesOf(type).has(name);
  const fieldType = parseCode(code, isQuantity);
  const pointer = pointersOf(type).has(name);
  return {
    name,
    type: fieldType,
    required,
    pointer,
    always: required || alwaysOf(type).has(name) || isHeldByValue(name, fieldType, pointer),
    goType: goTypeOf(fieldType, goStringTypes.get(`${type}.${name}`)),
    merge: mergeRule(type, name, fieldType),
  };
}

/** Times and quantities outside pointers cannot be left out by Go's encoder, nor can an object's metadata. */
function isHeldByValue(name: string, type: FieldType, pointer: boolean): boolean {
  if (name === 'metadata') return type.kind === 'struct';
  if (pointer) return false;
  return type.kind === 'time' || type.kind === 'microTime' || type.kind === 'quantity';
}

function parseCode(code: string, isQuantity: boolean): FieldType {
  if (code.startsWith('[')) return { kind: 'list', of: parseCode(code.slice(1), isQuantity) };
  if (code.startsWith('{')) return { kind: 'map', of: parseCode(code.slice(1), isQuantity) };
  const scalar = scalarCodes[code];
  if (scalar === undefined) return { kind: 'struct', struct: code };
  return { kind: isQuantity ? 'quantity' : scalar };
}

/** The Go type of a field as decoding errors print it. */
function goTypeOf(type: FieldType, stringType: string | undefined): string {
  if (type.kind === 'struct') return goStructName(type.struct);
  if (type.kind === 'list') return `[]${goTypeOf(type.of, stringType)}`;
  if (type.kind === 'map') {
    if (type.of.kind === 'quantity') return 'v1.ResourceList';
    return `map[string]${goTypeOf(type.of, stringType)}`;
  }
  if (type.kind === 'string') return stringType ?? 'string';
  return goScalars[type.kind];
}

/** The Go type of the elements of a list or map field. */
export function goElementType(field: Field, type: string): string {
  if (field.type.kind !== 'list' && field.type.kind !== 'map') return field.goType;
  return goTypeOf(field.type.of, goStringTypes.get(`${type}.${field.name}`));
}

function mergeRule(type: string, name: string, fieldType: FieldType): MergeRule {
  const prefix = `${name}:`;
  const found = [...mergeRulesOf(type)].find((word) => word.startsWith(prefix));
  const words = found?.slice(prefix.length) ?? '';
  const keys = /map\(([\w,]+)\)/.exec(words)?.[1]?.split(',');
  const mergeKey = /merge=(\w+)/.exec(words)?.[1];
  return {
    ownership: ownershipOf(words, keys !== undefined, fieldType),
    keys: keys ?? [],
    patch: /merge/.test(words) || isObjectLike(fieldType, words) ? 'merge' : 'replace',
    mergeKey,
    retainKeys: words.includes('retainKeys'),
  };
}

function ownershipOf(words: string, keyed: boolean, type: FieldType): MergeRule['ownership'] {
  if (keyed) return 'map';
  if (words.includes('set')) return 'set';
  if (words.includes('atomic')) return 'atomic';
  if (type.kind === 'map' || words.includes('granular')) return 'granular';
  if (type.kind === 'struct') return atomicTypes.has(type.struct) ? 'atomic' : 'granular';
  return 'atomic';
}

const isObjectLike = (type: FieldType, words: string): boolean =>
  (type.kind === 'struct' || type.kind === 'map') && words !== 'replace';
