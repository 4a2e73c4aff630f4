// expr: arithmetic, comparison and patterns on its words.
import { command } from '../base/command.ts';
import { compileRegex } from '../../regex/regex.ts';

/** The message is what expr says. */
class ExprError extends Error {}

const levels: readonly (readonly string[])[] = [
  ['|'],
  ['&'],
  ['=', '==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
  [':'],
];

export const expr = command({
  options: '+',
  usage: 'EXPRESSION',
  usageCode: 2,
  // Words that look like options are values.
  rewrite: (words) =>
    /^--(help|version)$/.test(words[0] ?? '') && words.length === 1 ? words : ['--', ...words],
  *run(call) {
    if (call.operands.length === 0) {
      return yield* call.gnu ? call.misuse() : call.fail('too few arguments', 2);
    }
    try {
      const value = new ExprParser(call.operands, call.gnu).run();
      yield* call.process.write(1, `${value}\n`);
      return isNull(value) ? 1 : 0;
    } catch (thrown) {
      if (!(thrown instanceof ExprError)) throw thrown;
      return yield* call.fail(thrown.message, 2);
    }
  },
});

class ExprParser {
  readonly #words: readonly string[];
  readonly #gnu: boolean;
  #at = 0;

  constructor(words: readonly string[], gnu: boolean) {
    this.#words = words;
    this.#gnu = gnu;
  }

  run(): string {
    const value = this.#level(0, 0);
    const extra = this.#words[this.#at];
    if (extra === undefined) return value;
    throw new ExprError(
      this.#gnu ? `syntax error: unexpected argument '${extra}'` : 'syntax error',
    );
  }

  #level(level: number, depth: number): string {
    if (level >= levels.length) return this.#primary(depth);
    let left = this.#level(level + 1, depth);
    for (;;) {
      const operator = this.#words[this.#at];
      if (operator === undefined || !(levels[level] ?? []).includes(operator)) return left;
      this.#at += 1;
      left = this.#apply(operator, left, this.#level(level + 1, depth));
    }
  }

  #primary(depth: number): string {
    const word = this.#next();
    if (word === '(') {
      if (depth > 100) throw new ExprError('syntax error');
      const value = this.#level(0, depth + 1);
      const closing = this.#words[this.#at];
      if (closing !== ')')
        throw new ExprError(
          this.#gnu ? "syntax error: expecting ')' instead of ''" : 'syntax error',
        );
      this.#at += 1;
      return value;
    }
    // A function's name is a plain value where no arguments follow.
    if (this.#at >= this.#words.length) return word;
    switch (word) {
      case 'length':
        return String([...this.#primary(depth)].length);
      case 'index': {
        const text = [...this.#primary(depth)];
        const wanted = this.#primary(depth);
        return String(text.findIndex((character) => wanted.includes(character)) + 1);
      }
      case 'substr': {
        const text = [...this.#primary(depth)];
        const [start, count] = [Number(this.#primary(depth)), Number(this.#primary(depth))];
        return start > 0 && count > 0 ? text.slice(start - 1, start - 1 + count).join('') : '';
      }
      case 'match': {
        const text = this.#primary(depth);
        return this.#match(text, this.#primary(depth));
      }
      default:
        return word;
    }
  }

  #next(): string {
    const word = this.#words[this.#at];
    if (word === undefined) {
      const before = this.#words[this.#at - 1] ?? '';
      throw new ExprError(
        this.#gnu ? `syntax error: missing argument after '${before}'` : 'syntax error',
      );
    }
    this.#at += 1;
    return word;
  }

  #apply(operator: string, left: string, right: string): string {
    switch (operator) {
      case '|':
        return isNull(left) ? (isNull(right) ? '0' : right) : left;
      case '&':
        return isNull(left) || isNull(right) ? '0' : left;
      case ':':
        return this.#match(left, right);
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return this.#compute(operator, left, right);
      default:
        return compare(operator, left, right) ? '1' : '0';
    }
  }

  #compute(operator: string, left: string, right: string): string {
    if (!isInteger(left) || !isInteger(right)) {
      throw new ExprError(this.#gnu ? 'non-integer argument' : 'non-numeric argument');
    }
    const [a, b] = [BigInt(left), BigInt(right)];
    if (operator === '+') return String(a + b);
    if (operator === '-') return String(a - b);
    if (operator === '*') return String(a * b);
    if (b === 0n) throw new ExprError('division by zero');
    return String(operator === '/' ? a / b : a % b);
  }

  #match(text: string, pattern: string): string {
    const regex = compileRegex(pattern.startsWith('^') ? pattern : `^${pattern}`);
    if (typeof regex === 'string') throw new ExprError(regex);
    const found = regex.exec(text);
    if (regex.groupCount > 0) return found?.groups[1] ?? '';
    return String(found === undefined ? 0 : [...text.slice(0, found.end)].length);
  }
}

function compare(operator: string, left: string, right: string): boolean {
  const numbers = isInteger(left) && isInteger(right);
  const [a, b] = numbers ? [BigInt(left), BigInt(right)] : [left, right];
  switch (operator) {
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    default:
      return (a === b) === (operator !== '!=');
  }
}

function isInteger(text: string): boolean {
  return /^-?\d{1,40}$/.test(text);
}

function isNull(value: string): boolean {
  return value === '' || /^-?0+$/.test(value);
}
