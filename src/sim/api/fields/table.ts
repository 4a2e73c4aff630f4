// The field table: for each type of the API its fields, with everything that decoding, patching, printing and explaining
// ask of a field. Read on first use from the generated table, into which the build puts the hand-written lists beside this
// file. A field of the table is `name:type` with a letter for scalars and `[` or `{` before elements of lists and maps;
// then `!` if required or `+` if written out even when empty, `*` for pointers, `<` and a Go name, `@` and a merge rule.
import { fieldTable } from '../generated/fields.ts';
import { atomicTypes } from './atomic-types.ts';

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
  q: 'quantity',
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

function parseType(name: string): TypeInfo {
  const line = typeLines().get(name);
  if (line === undefined) throw new Error(`field table: no type ${name}`);
  const [, ...words] = line.split(' ');
  const fields = new Map<string, Field>();
  for (const word of words) {
    const field = parseField(word);
    fields.set(field.name, field);
  }
  const [goPackage, goName] = goStructName(name).split('.') as [string, string];
  const always = [...fields.values()].filter((field) => field.always);
  return { name, goName, goPackage, fields, always };
}

const fieldPattern = /^(\w+):([[{]*\w+)([!+]?)(\*?)(?:<([\w.]+))?(?:@(.+))?$/;

function parseField(word: string): Field {
  const found = fieldPattern.exec(word);
  if (found === null) throw new Error(`field table: cannot read ${word}`);
  const [, name = '', code = '', presence, star, goName, rule = ''] = found;
  const type = parseCode(code);
  const pointer = star === '*';
  const stringType = goName === undefined || goName.includes('.') ? goName : `v1.${goName}`;
  return {
    name,
    type,
    required: presence === '!',
    pointer,
    always: presence !== '' || isHeldByValue(name, type, pointer),
    goType: goTypeOf(type, stringType),
    merge: mergeRule(rule, type),
  };
}

/** Times and quantities outside pointers cannot be left out by Go's encoder, nor can an object's metadata. */
function isHeldByValue(name: string, type: FieldType, pointer: boolean): boolean {
  if (name === 'metadata') return type.kind === 'struct';
  if (pointer) return false;
  return type.kind === 'time' || type.kind === 'microTime' || type.kind === 'quantity';
}

function parseCode(code: string): FieldType {
  if (code.startsWith('[')) return { kind: 'list', of: parseCode(code.slice(1)) };
  if (code.startsWith('{')) return { kind: 'map', of: parseCode(code.slice(1)) };
  const scalar = scalarCodes[code];
  return scalar === undefined ? { kind: 'struct', struct: code } : { kind: scalar };
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

/** The Go type of the elements of a list or map whose own Go type this is: `[]v1.Container` -> `v1.Container`. */
export function goElementType(goType: string): string {
  return goType === 'v1.ResourceList'
    ? 'resource.Quantity'
    : goType.replace(/^(\[\]|map\[\w+\])/, '');
}

function mergeRule(words: string, type: FieldType): MergeRule {
  const keys = /map\(([\w,]+)\)/.exec(words)?.[1]?.split(',');
  return {
    ownership: ownershipOf(words, keys !== undefined, type),
    keys: keys ?? [],
    patch: words.includes('merge') || isObjectLike(type, words) ? 'merge' : 'replace',
    mergeKey: /merge=(\w+)/.exec(words)?.[1],
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
