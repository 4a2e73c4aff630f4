// $((...)): C's integer expressions on 64 bits.

import { applyOperator, clamp, wrap } from './arithmetic-operators.ts';

/** What an evaluation needs of its shell. */
export interface ArithmeticHost {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  /** busybox ash also knows `**`, `++`, `--` and variables that hold expressions. */
  readonly extended: boolean;
}

export type ArithmeticProblem =
  'primary' | 'end' | 'division' | 'parenthesis' | 'colon' | 'too-deep' | 'number';

/** Thrown for an expression that makes no sense. */
export class ArithmeticError {
  readonly problem: ArithmeticProblem;
  readonly text: string;

  constructor(problem: ArithmeticProblem, text: string) {
    this.problem = problem;
    this.text = text;
  }
}

const maxDepth = 100;
const binary: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];
const levels = new Map(binary.flatMap((names, level) => names.map((name) => [name, level])));
const operators = [...levels.keys()].sort((a, b) => b.length - a.length);
const blank = new Set([' ', '\t', '\n']);

/** Throws ArithmeticError. */
export function evaluateArithmetic(text: string, host: ArithmeticHost, depth = 0): bigint {
  return new Evaluation(text, host, depth).run();
}

class Evaluation {
  readonly #text: string;
  readonly #host: ArithmeticHost;
  readonly #outerDepth: number;
  #at = 0;
  #depth = 0;
  /** Above 0 in a branch that is not taken: nothing is assigned, no division fails. */
  #skipped = 0;

  constructor(text: string, host: ArithmeticHost, depth: number) {
    this.#text = text;
    this.#host = host;
    this.#outerDepth = depth;
  }

  run(): bigint {
    this.#blanks();
    if (this.#at >= this.#text.length) {
      if (this.#host.extended || this.#outerDepth > 0 || this.#text === '') return 0n;
      this.#fail('primary');
    }
    const value = this.#sequence();
    this.#blanks();
    if (this.#at < this.#text.length) this.#fail('end');
    return value;
  }

  #fail(problem: ArithmeticProblem): never {
    throw new ArithmeticError(problem, this.#text);
  }

  #blanks(): void {
    while (blank.has(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #take(token: string): boolean {
    this.#blanks();
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    return true;
  }

  /** The comma operator: only ash has it. */
  #sequence(): bigint {
    let value = this.#assignment();
    while (this.#host.extended && this.#take(',')) value = this.#assignment();
    return value;
  }

  #assignment(): bigint {
    const name = this.#name();
    if (name !== undefined) {
      const start = this.#at;
      this.#at += name.length;
      this.#blanks();
      const found = /^(?:[-+*/%&|^]|<<|>>)?=(?!=)/.exec(this.#text.slice(this.#at, this.#at + 4));
      if (found !== null) {
        this.#at += found[0].length;
        const operator = found[0].slice(0, -1);
        const right = this.#deeper(() => this.#assignment());
        const old = operator === '' ? 0n : this.#value(name);
        return this.#assign(name, operator === '' ? right : this.#apply(operator, old, right));
      }
      this.#at = start;
    }
    return this.#conditional();
  }

  #assign(name: string, value: bigint): bigint {
    if (this.#skipped === 0) this.#host.set(name, value.toString());
    return value;
  }

  #conditional(): bigint {
    const condition = this.#binary(0);
    if (!this.#take('?')) return condition;
    const yes = this.#branch(condition !== 0n, () => this.#deeper(() => this.#sequence()));
    if (!this.#take(':')) this.#fail('colon');
    const no = this.#branch(condition === 0n, () => this.#deeper(() => this.#conditional()));
    return condition === 0n ? no : yes;
  }

  #branch(taken: boolean, evaluate: () => bigint): bigint {
    if (!taken) this.#skipped += 1;
    const value = evaluate();
    if (!taken) this.#skipped -= 1;
    return value;
  }

  #binary(least: number): bigint {
    let left = this.#unary();
    for (;;) {
      const operator = this.#operator();
      const level = operator === undefined ? -1 : (levels.get(operator) ?? -1);
      if (operator === undefined || level < least) return left;
      this.#at += operator.length;
      const decided = (operator === '&&' && left === 0n) || (operator === '||' && left !== 0n);
      const right = this.#branch(!decided, () => this.#deeper(() => this.#binary(level + 1)));
      left = this.#apply(operator, left, right);
    }
  }

  /** The binary operator here; one that begins an assignment is none. */
  #operator(): string | undefined {
    this.#blanks();
    const operator = operators.find((each) => this.#text.startsWith(each, this.#at));
    if (operator === undefined) return undefined;
    const next = this.#text[this.#at + operator.length];
    const comparison = /[=!<>]/.test(operator) && operator !== '<<' && operator !== '>>';
    return next === '=' && !comparison && operator !== '||' && operator !== '&&'
      ? undefined
      : operator;
  }

  #unary(): bigint {
    return this.#deeper(() => {
      if (this.#host.extended) {
        if (this.#take('++')) return this.#step(1n);
        if (this.#take('--')) return this.#step(-1n);
      }
      if (this.#take('-')) return wrap(-this.#unary());
      if (this.#take('+')) return this.#unary();
      if (this.#take('!')) return this.#unary() === 0n ? 1n : 0n;
      if (this.#take('~')) return ~this.#unary();
      return this.#power(this.#primary());
    });
  }

  /** `++x`. */
  #step(by: bigint): bigint {
    this.#blanks();
    const name = this.#name();
    if (name === undefined) this.#fail('primary');
    this.#at += name.length;
    return this.#assign(name, wrap(this.#value(name) + by));
  }

  #power(base: bigint): bigint {
    if (!this.#host.extended || !this.#take('**')) return base;
    const exponent = this.#unary();
    if (exponent < 0n) return this.#fail('primary');
    let result = 1n;
    for (let i = 0n; i < exponent && i < 64n; i += 1n) result = wrap(result * base);
    return result;
  }

  #primary(): bigint {
    if (this.#take('(')) {
      const value = this.#sequence();
      if (!this.#take(')')) this.#fail('parenthesis');
      return value;
    }
    this.#blanks();
    const name = this.#name();
    if (name !== undefined) {
      this.#at += name.length;
      const value = this.#value(name);
      if (!this.#host.extended) return value;
      if (this.#take('++')) this.#assign(name, wrap(value + 1n));
      else if (this.#take('--')) this.#assign(name, wrap(value - 1n));
      return value;
    }
    return this.#number();
  }

  #number(): bigint {
    const rest = this.#text.slice(this.#at, this.#at + 70);
    const found = /^(?:0[xX][0-9a-fA-F]+|[0-9]+)/.exec(rest)?.[0];
    if (found === undefined) return this.#fail('primary');
    const octal = /^0[0-9]/.test(found);
    if (octal && /[89]/.test(found)) this.#fail('end');
    this.#at += found.length;
    if (/\w/.test(this.#text[this.#at] ?? '')) this.#fail('end');
    return clamp(BigInt(octal ? `0o${found.slice(1)}` : found), this.#host.extended);
  }

  #name(): string | undefined {
    this.#blanks();
    return /^[A-Za-z_]\w*/.exec(this.#text.slice(this.#at, this.#at + 256))?.[0];
  }

  #value(name: string): bigint {
    const text = this.#host.get(name)?.trim() ?? '';
    if (text === '') return 0n;
    if (/^-?[0-9]+$/.test(text) && !/^-?0[0-9]/.test(text)) {
      return clamp(BigInt(text), this.#host.extended);
    }
    if (this.#outerDepth + 1 > 30) this.#fail('too-deep');
    if (!this.#host.extended && !/^[-+]?(?:0[xX][0-9a-fA-F]+|0[0-7]+)$/.test(text)) {
      throw new ArithmeticError('number', text);
    }
    return evaluateArithmetic(text, this.#host, this.#outerDepth + 1);
  }

  #deeper(evaluate: () => bigint): bigint {
    this.#depth += 1;
    if (this.#depth > maxDepth * 4) this.#fail('too-deep');
    const value = evaluate();
    this.#depth -= 1;
    return value;
  }

  #apply(operator: string, left: bigint, right: bigint): bigint {
    const divides = operator === '/' || operator === '%';
    if (!divides || right !== 0n) return applyOperator(operator, left, right);
    if (this.#skipped === 0) this.#fail('division');
    return 0n;
  }
}
