// A value as Go's %#v prints it: what errors about whole structs show.
import { goIntOrString, quoted, type GoValue } from '../messages.ts';
import { goQuantity } from '../validation/go-quantity.ts';
import { fieldValue, goType, type GoType, type Json, type JsonObject } from './types.ts';

const isNone = (value: Json): boolean => value === undefined || value === null;

/** The zero time; objects that messages print have no other. */
const zeroTime = 'time.Date(1, time.January, 1, 0, 0, 0, 0, time.UTC)';

/** Pointers inside of a value are addresses: any will do, no two runs of a server have the same. */
const address = '0xc000a1b2c3';

function printMap(type: GoType & { readonly kind: 'map' }, value: JsonObject): string {
  const entries = Object.keys(value)
    .sort()
    .map((key) => `${quoted(key)}:${print(type.of, value[key])}`);
  return `${type.name}{${entries.join(', ')}}`;
}

function printPointer(name: string, of: GoType, value: Json): string {
  // A time prints itself, even where there is none.
  if (of.kind === 'time') return isNone(value) ? '<nil>' : zeroTime;
  return `(${name})(${isNone(value) ? 'nil' : address})`;
}

function print(type: GoType, value: Json): string {
  switch (type.kind) {
    case 'string':
      return quoted((value ?? '') as string);
    case 'bool':
    case 'int':
      return String(value ?? (type.kind === 'int' ? 0 : false));
    case 'time':
      return zeroTime;
    case 'quantity':
      return goQuantity((value ?? '0') as string).go;
    case 'intstr':
      return goIntOrString((value ?? 0) as number | string).go;
    case 'pointer':
      return printPointer(type.name, type.of, value);
    case 'list':
      if (isNone(value)) return `${type.name}(nil)`;
      return `${type.name}{${(value as readonly Json[]).map((one) => print(type.of, one)).join(', ')}}`;
    case 'map':
      return isNone(value) ? `${type.name}(nil)` : printMap(type, value as JsonObject);
    case 'struct': {
      const object = (value ?? {}) as JsonObject;
      const fields = type.fields.map(
        (field) => `${field.name}:${print(field.type, fieldValue(object, field))}`,
      );
      return `${type.name}{${fields.join(', ')}}`;
    }
  }
}

/** @param name of a type in the layout table: `core.PodTemplateSpec`, `[]v1.OwnerReference` */
export function goValue(name: string, value: Json): GoValue {
  return { go: print(goType(name), value) };
}
