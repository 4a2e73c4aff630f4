// What a strategic merge patch asks of the field table: how a field is merged, and the type below it.
import { type FieldType, typeInfo } from '../fields/table.ts';

export interface Lookup {
  /** Of the field's value; for a list, of its elements. Undefined where the table knows nothing. */
  readonly below: FieldType | undefined;
  /** Of objects and maps. */
  readonly strategy: 'merge' | 'replace';
  /** Whether a list is merged; else it is replaced. */
  readonly mergesList: boolean;
  /** Of merged lists of objects. */
  readonly mergeKey: string;
  readonly retainKeys: boolean;
}

const unknown: Lookup = {
  below: undefined,
  strategy: 'merge',
  mergesList: false,
  mergeKey: '',
  retainKeys: false,
};

/** How the field of an object of a type is merged. */
export function lookup(type: FieldType | undefined, key: string): Lookup {
  if (type?.kind === 'map') return { ...unknown, below: type.of };
  if (type?.kind !== 'struct') return unknown;
  const field = typeInfo(type.struct).fields.get(key);
  if (field === undefined) return unknown;
  const isList = field.type.kind === 'list';
  return {
    below: field.type.kind === 'list' ? field.type.of : field.type,
    strategy: isList ? 'merge' : field.merge.patch,
    mergesList: isList && field.merge.patch === 'merge',
    mergeKey: field.merge.mergeKey ?? '',
    retainKeys: field.merge.retainKeys,
  };
}

/** The schema of a type of the table, or none for kinds that it does not have. */
export function schemaOf(type: string | undefined): FieldType | undefined {
  return type === undefined ? undefined : { kind: 'struct', struct: type };
}
