// Reads awk's expressions, lowest precedence first.
import { compileRegex } from '../../regex/regex.ts';
import { TokenReader } from './token-reader.ts';
import { AwkError, isTarget, type Expression, type Target, type VariableRef } from './tree.ts';

const maxNesting = 200;
const assignments = ['=', '+=', '-=', '*=', '/=', '%=', '^='];
const comparisons = ['<', '<=', '==', '!=', '>', '>='];

export class ExpressionParser extends TokenReader {
  /** Parameters of the function that is being read. */
  protected locals: readonly string[] = [];
  /** Functions of the program's own that it calls. */
  protected readonly called = new Set<string>();
  /** Inside a print without parentheses `>` is a redirection. */
  #noGreater = false;
  #nesting = 0;

  expression(): Expression {
    this.#nesting += 1;
    if (this.#nesting > maxNesting) throw new AwkError(`${this.token.line}: nesting too deep`);
    const left = this.#conditional();
    const operator = this.isOneOf(...assignments);
    this.#nesting -= 1;
    if (operator === undefined || !isTarget(left)) return left;
    this.advance();
    this.skipNewlines();
    return { kind: 'assign', operator, target: left, value: this.expression() };
  }

  /** The values of a print: `>` ends them. */
  protected printList(): Expression[] {
    this.#noGreater = true;
    const list = this.#list();
    this.#noGreater = false;
    return list;
  }

  protected redirectTarget(): Expression {
    this.#noGreater = true;
    const target = this.#conditional();
    this.#noGreater = false;
    return target;
  }

  protected subscripts(): Expression[] {
    this.expectSign('[');
    const list = this.#nested(() => this.#list());
    this.expectSign(']');
    return list;
  }

  protected variable(): VariableRef {
    const name = this.token.text;
    if (this.token.kind !== 'name') this.unexpected();
    this.advance();
    const slot = this.locals.indexOf(name);
    return slot < 0 ? { scope: 'global', name } : { scope: 'local', slot, name };
  }

  #list(): Expression[] {
    const list = [this.expression()];
    while (this.takeSign(',')) {
      this.skipNewlines();
      list.push(this.expression());
    }
    return list;
  }

  #conditional(): Expression {
    const test = this.#or();
    if (!this.takeSign('?')) return test;
    this.skipNewlines();
    const yes = this.expression();
    this.skipNewlines();
    this.expectSign(':');
    this.skipNewlines();
    return { kind: 'conditional', test, yes, no: this.expression() };
  }

  #or(): Expression {
    let left = this.#and();
    while (this.takeSign('||')) {
      this.skipNewlines();
      left = { kind: 'logical', operator: '||', left, right: this.#and() };
    }
    return left;
  }

  #and(): Expression {
    let left = this.#membership();
    while (this.takeSign('&&')) {
      this.skipNewlines();
      left = { kind: 'logical', operator: '&&', left, right: this.#membership() };
    }
    return left;
  }

  #membership(): Expression {
    let left = this.#match();
    while (this.takeWord('in')) {
      const subscripts = left.kind === 'group' ? left.list : [left];
      left = { kind: 'in', subscripts, array: this.variable() };
    }
    return left;
  }

  #match(): Expression {
    let left = this.#comparison();
    for (;;) {
      const negated = this.isSign('!~');
      if (!negated && !this.isSign('~')) return left;
      this.advance();
      left = { kind: 'match', negated, left, right: this.#comparison() };
    }
  }

  #comparison(): Expression {
    const left = this.#piped();
    const operator = this.isOneOf(...comparisons);
    if (operator === undefined || (operator === '>' && this.#noGreater)) return left;
    this.advance();
    return { kind: 'binary', operator, left, right: this.#piped() };
  }

  /** `"command" | getline line`. */
  #piped(): Expression {
    let left = this.#concatenation();
    while (this.isSign('|') && this.following.text === 'getline') {
      this.advance();
      this.advance();
      left = { kind: 'getline', from: 'command', source: left, target: this.#optionalTarget() };
    }
    return left;
  }

  #concatenation(): Expression {
    let left = this.#additive();
    while (this.#startsOperand()) {
      left = { kind: 'binary', operator: ' ', left, right: this.#additive() };
    }
    return left;
  }

  #startsOperand(): boolean {
    const { kind } = this.token;
    if (kind === 'number' || kind === 'text' || kind === 'name' || kind === 'call') return true;
    return kind === 'builtin' || this.isOneOf('$', '(', '!', '++', '--') !== undefined;
  }

  #additive(): Expression {
    return this.#chain(() => this.#chain(() => this.#unary(), '*', '/', '%'), '+', '-');
  }

  /** Operators of one rank, from left to right. */
  #chain(operand: () => Expression, ...signs: readonly string[]): Expression {
    let left = operand();
    for (let sign = this.isOneOf(...signs); sign !== undefined; sign = this.isOneOf(...signs)) {
      this.advance();
      left = { kind: 'binary', operator: sign, left, right: operand() };
    }
    return left;
  }

  #unary(): Expression {
    const sign = this.isOneOf('!', '-', '+');
    if (sign === undefined) return this.#power();
    this.advance();
    const operand = this.#nested(() => this.#unary());
    return { kind: 'unary', operator: sign, operand };
  }

  #power(): Expression {
    const left = this.#postfix();
    if (!this.takeSign('^')) return left;
    // Binds to the right, and tighter than a sign before it: -2^2 is -4, 2^-1 is 0.5.
    const right = this.#nested(() => this.#unary());
    return { kind: 'binary', operator: '^', left, right };
  }

  #postfix(): Expression {
    const operand = this.#primary();
    const sign = this.isOneOf('++', '--');
    if (sign === undefined || !isTarget(operand)) return operand;
    this.advance();
    return { kind: 'step', by: sign === '++' ? 1 : -1, before: false, target: operand };
  }

  #primary(): Expression {
    const { kind, text } = this.token;
    if (kind === 'number' || kind === 'text') {
      this.advance();
      return kind === 'text' ? { kind, value: text } : { kind, value: Number(text) };
    }
    if (kind === 'builtin') return this.#builtin();
    if (kind === 'call') return this.#call();
    if (kind === 'name') return this.#variableOrElement();
    if (kind === 'word' && text === 'getline') return this.#getline();
    if (kind !== 'sign') this.unexpected();
    switch (text) {
      case '/':
      case '/=':
        return this.#regex();
      case '$': {
        this.advance();
        const index = this.#nested(() => this.#stepped());
        return { kind: 'field', index };
      }
      case '++':
      case '--':
        return this.#stepped();
      case '(': {
        this.advance();
        this.skipNewlines();
        const list = this.#nested(() => this.#list());
        this.skipNewlines();
        this.expectSign(')');
        return { kind: 'group', list };
      }
      default:
        return this.unexpected();
    }
  }

  /** The operand of `$`, and `++x`. */
  #stepped(): Expression {
    const sign = this.isOneOf('++', '--', '-');
    if (sign === undefined) return this.#primary();
    this.advance();
    const operand = this.#nested(() => this.#stepped());
    if (sign === '-') return { kind: 'unary', operator: '-', operand };
    if (!isTarget(operand)) return this.unexpected();
    return { kind: 'step', by: sign === '++' ? 1 : -1, before: true, target: operand };
  }

  #regex(): Expression {
    const { line } = this.token;
    const source = this.takeRegex();
    const regex = compileRegex(source, { extended: true });
    if (typeof regex === 'string') throw new AwkError(`${line}: bad regex '${source}': ${regex}`);
    return { kind: 'regex', regex };
  }

  #variableOrElement(): Target {
    const ref = this.variable();
    if (!this.isSign('[')) return { kind: 'variable', ref };
    return { kind: 'element', array: ref, subscripts: this.subscripts() };
  }

  #builtin(): Expression {
    const name = this.token.text;
    this.advance();
    // length may stand without parentheses.
    if (!this.isSign('(')) {
      if (name !== 'length') this.unexpected();
      return { kind: 'builtin', name, arguments: [] };
    }
    return { kind: 'builtin', name, arguments: this.#arguments() };
  }

  #call(): Expression {
    const name = this.token.text;
    this.advance();
    this.called.add(name);
    return { kind: 'call', name, arguments: this.#arguments() };
  }

  #arguments(): Expression[] {
    this.expectSign('(');
    this.skipNewlines();
    const list = this.isSign(')') ? [] : this.#nested(() => this.#list());
    this.skipNewlines();
    this.expectSign(')');
    return list;
  }

  #getline(): Expression {
    this.advance();
    const target = this.#optionalTarget();
    if (!this.takeSign('<')) return { kind: 'getline', from: 'input', source: undefined, target };
    return { kind: 'getline', from: 'file', source: this.#postfix(), target };
  }

  #optionalTarget(): Target | undefined {
    const target = this.token.kind === 'name' || this.isSign('$') ? this.#primary() : undefined;
    return target !== undefined && isTarget(target) ? target : undefined;
  }

  /** Reads inside brackets, where `>` compares again; counts how deep. */
  #nested<T>(read: () => T): T {
    const noGreater = this.#noGreater;
    this.#nesting += 1;
    if (this.#nesting > maxNesting) throw new AwkError(`${this.token.line}: nesting too deep`);
    this.#noGreater = false;
    const result = read();
    this.#noGreater = noGreater;
    this.#nesting -= 1;
    return result;
  }
}
