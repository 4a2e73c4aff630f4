// Operators on 64-bit whole numbers, as C has them.

/** A binary operator; the right side of a division is not 0. */
export function applyOperator(operator: string, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return wrap(left + right);
    case '-':
      return wrap(left - right);
    case '*':
      return wrap(left * right);
    case '/':
      return wrap(left / right);
    case '%':
      return wrap(left % right);
    case '<<':
      return wrap(left << (right & 63n));
    case '>>':
      return wrap(left >> (right & 63n));
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    default:
      return compare(operator, left, right) ? 1n : 0n;
  }
}

function compare(operator: string, left: bigint, right: bigint): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '&&':
      return left !== 0n && right !== 0n;
    default:
      return left !== 0n || right !== 0n;
  }
}

const largest = (1n << 63n) - 1n;

/** Keeps what fits into 64 bits. */
export function wrap(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/** A number too large: dash stays at the largest, busybox makes 0 of it. */
export function clamp(value: bigint, extended: boolean): bigint {
  if (value >= -largest - 1n && value <= largest) return value;
  if (extended) return 0n;
  return value < 0n ? -largest - 1n : largest;
}
