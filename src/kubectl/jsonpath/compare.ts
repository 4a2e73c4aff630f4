// Comparisons in filters (client-go/third_party/forked/golang/template/funcs.go): both sides of one kind.
import { JsonPathError } from './nodes.ts';

type Basic = 'bool' | 'int' | 'float' | 'string';

function kindOf(value: unknown): Basic {
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (typeof value === 'string') return 'string';
  throw new JsonPathError('invalid type for comparison');
}

function less(left: unknown, right: unknown): boolean {
  const kind = kindOf(left);
  if (kind !== kindOf(right)) throw new JsonPathError('incompatible types for comparison');
  if (kind === 'bool') throw new JsonPathError('invalid type for comparison');
  return (left as string | number) < (right as string | number);
}

function equal(left: unknown, right: unknown): boolean {
  if (kindOf(left) !== kindOf(right)) throw new JsonPathError('incompatible types for comparison');
  return left === right;
}

/** Whether `left operator right` holds; throws the real client's words for what cannot be compared. */
export function compare(left: unknown, operator: string, right: unknown): boolean {
  switch (operator) {
    case '==':
      return equal(left, right);
    case '!=':
      return !equal(left, right);
    case '<':
      return less(left, right);
    case '<=':
      return less(left, right) || equal(left, right);
    case '>':
      return !less(left, right) && !equal(left, right);
    case '>=':
      return !less(left, right);
    default:
      throw new JsonPathError(`unrecognized filter operator ${operator}`);
  }
}
