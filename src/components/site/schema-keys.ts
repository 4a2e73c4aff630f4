// Which fields a schema knows at a place in the data, for "write this instead".
import type { z } from 'zod';

type Schema = z.core.$ZodType;

/** The names of the fields that may stand at `path` in data of this schema. */
export function fieldsAt(schema: Schema, path: readonly PropertyKey[]): string[] {
  let here: readonly Schema[] = [schema];
  for (const key of path) here = here.flatMap(unwrap).flatMap((part) => childOf(part, key));
  return [...new Set(here.flatMap(unwrap).flatMap((part) => Object.keys(shapeOf(part))))];
}

type Definition = {
  readonly type: string;
  readonly innerType?: Schema;
  readonly in?: Schema;
  readonly getter?: () => Schema;
  readonly options?: readonly Schema[];
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
};

const definitionOf = (schema: Schema) => schema._zod.def as unknown as Definition;
const shapeOf = (schema: Schema) => definitionOf(schema).shape ?? {};

/** What stands behind optional, default, refined, lazy and alternative schemas. */
function unwrap(schema: Schema): Schema[] {
  const { innerType, in: input, getter, options } = definitionOf(schema);
  const behind = innerType ?? input ?? getter?.();
  if (behind) return unwrap(behind);
  return options ? options.flatMap(unwrap) : [schema];
}

function childOf(schema: Schema, key: PropertyKey): Schema[] {
  const { element, valueType } = definitionOf(schema);
  const child = element ?? valueType ?? shapeOf(schema)[String(key)];
  return child ? [child] : [];
}
