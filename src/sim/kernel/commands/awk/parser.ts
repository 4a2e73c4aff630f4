// Reads awk programs: rules, functions and statements.
import { ExpressionParser } from './expression-parser.ts';
import { AwkError, type AwkFunction, type AwkProgram, type Rule, type Statement } from './tree.ts';

const maxNesting = 200;

/** Reads a program. Throws AwkError. */
export function parseAwk(text: string): AwkProgram {
  return new AwkParser(text).program();
}

class AwkParser extends ExpressionParser {
  readonly #begin: Statement[] = [];
  readonly #rules: Rule[] = [];
  readonly #end: Statement[] = [];
  readonly #functions = new Map<string, AwkFunction>();
  #depth = 0;

  program(): AwkProgram {
    this.skipEnds();
    while (this.token.kind !== 'end') {
      this.#item();
      this.skipEnds();
    }
    for (const name of this.called) {
      if (!this.#functions.has(name))
        throw new AwkError(`${this.token.line}: Call to undefined function`);
    }
    return { begin: this.#begin, rules: this.#rules, end: this.#end, functions: this.#functions };
  }

  #item(): void {
    if (this.takeWord('BEGIN')) this.#begin.push(this.#braces());
    else if (this.takeWord('END')) this.#end.push(this.#braces());
    else if (this.takeWord('function') || this.takeWord('func')) this.#function();
    else {
      const pattern = this.isSign('{') ? undefined : this.expression();
      let end;
      if (pattern !== undefined && this.takeSign(',')) {
        this.skipNewlines();
        end = this.expression();
      }
      const action = this.isSign('{') ? this.#braces() : undefined;
      this.#rules.push({ pattern, end, action });
    }
  }

  #function(): void {
    const name = this.token.text;
    if (this.token.kind !== 'name' && this.token.kind !== 'call') this.unexpected();
    this.advance();
    this.expectSign('(');
    const parameters: string[] = [];
    while (!this.isSign(')')) {
      if (parameters.length > 0) this.expectSign(',');
      this.skipNewlines();
      parameters.push(this.token.text);
      if (this.token.kind !== 'name') this.unexpected();
      this.advance();
    }
    this.advance();
    this.skipNewlines();
    this.locals = parameters;
    this.#functions.set(name, { parameters, body: this.#braces() });
    this.locals = [];
  }

  #braces(): Statement {
    this.expectSign('{');
    const body: Statement[] = [];
    this.skipEnds();
    while (!this.isSign('}')) {
      if (this.token.kind === 'end') this.unexpected();
      body.push(this.#statement());
      this.skipEnds();
    }
    this.advance();
    return { kind: 'block', body };
  }

  #statement(): Statement {
    this.#depth += 1;
    if (this.#depth > maxNesting) throw new AwkError(`${this.token.line}: nesting too deep`);
    const statement = this.isSign('{') ? this.#braces() : this.#simpleOrControl();
    this.#depth -= 1;
    return statement;
  }

  #simpleOrControl(): Statement {
    const word = this.token.kind === 'word' ? this.token.text : '';
    switch (word) {
      case 'if':
        return this.#if();
      case 'while':
        this.advance();
        return this.#loop(this.#condition());
      case 'do':
        return this.#do();
      case 'for':
        return this.#for();
      default: {
        const statement = this.#simple();
        this.#endOfSimple();
        return statement;
      }
    }
  }

  #simple(): Statement {
    const word = this.token.kind === 'word' ? this.token.text : '';
    switch (word) {
      case 'print':
      case 'printf':
        return this.#print(word === 'printf');
      case 'next':
      case 'nextfile':
      case 'break':
      case 'continue':
        this.advance();
        return { kind: word };
      case 'exit':
      case 'return':
        this.advance();
        return { kind: word, value: this.atSimpleEnd() ? undefined : this.expression() };
      case 'delete': {
        this.advance();
        const array = this.variable();
        const subscripts = this.isSign('[') ? this.subscripts() : [];
        return { kind: 'delete', array, subscripts };
      }
      default:
        return { kind: 'expression', expression: this.expression() };
    }
  }

  #print(formatted: boolean): Statement {
    this.advance();
    const list = this.atSimpleEnd() || this.isOneOf('>', '>>', '|') ? [] : this.printList();
    const only = list[0];
    const values = list.length === 1 && only?.kind === 'group' ? only.list : list;
    const how = this.isOneOf('>', '>>', '|');
    if (how === undefined)
      return { kind: 'print', formatted, arguments: values, redirect: undefined };
    this.advance();
    const redirect = { how: how as '>' | '>>' | '|', to: this.redirectTarget() };
    return { kind: 'print', formatted, arguments: values, redirect };
  }

  #condition() {
    this.expectSign('(');
    const test = this.expression();
    this.expectSign(')');
    return test;
  }

  #if(): Statement {
    this.advance();
    const test = this.#condition();
    const yes = this.#body();
    // An else may follow on a later line.
    const before = this.mark();
    this.skipEnds();
    if (this.takeWord('else')) return { kind: 'if', test, yes, no: this.#body() };
    this.reset(before);
    return { kind: 'if', test, yes, no: undefined };
  }

  #loop(test: ReturnType<AwkParser['expression']>): Statement {
    return {
      kind: 'loop',
      start: undefined,
      test,
      after: undefined,
      testFirst: true,
      body: this.#body(),
    };
  }

  #do(): Statement {
    this.advance();
    const body = this.#body();
    this.skipEnds();
    if (!this.takeWord('while')) this.unexpected();
    const test = this.#condition();
    this.#endOfSimple();
    return { kind: 'loop', start: undefined, test, after: undefined, testFirst: false, body };
  }

  #for(): Statement {
    this.advance();
    this.expectSign('(');
    const before = this.mark();
    if (this.token.kind === 'name') {
      const ref = this.variable();
      if (this.takeWord('in') && this.token.kind === 'name') {
        const array = this.variable();
        if (this.takeSign(')')) {
          return { kind: 'each', variable: { kind: 'variable', ref }, array, body: this.#body() };
        }
      }
      this.reset(before);
    }
    const start = this.isSign(';') ? undefined : this.#simple();
    this.expectSign(';');
    this.skipNewlines();
    const test = this.isSign(';') ? undefined : this.expression();
    this.expectSign(';');
    this.skipNewlines();
    const after = this.isSign(')') ? undefined : this.#simple();
    this.expectSign(')');
    return { kind: 'loop', start, test, after, testFirst: true, body: this.#body() };
  }

  /** The statement that a condition or loop governs; a lone `;` is an empty one. */
  #body(): Statement {
    this.skipNewlines();
    if (this.takeSign(';')) return { kind: 'block', body: [] };
    return this.#statement();
  }

  #endOfSimple(): void {
    if (!this.atSimpleEnd()) this.unexpected();
    if (this.isSign(';')) this.advance();
  }
}
