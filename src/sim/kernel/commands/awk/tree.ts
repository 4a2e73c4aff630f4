// What an awk program is made of.
import type { Regex } from '../../regex/regex.ts';

/** A mistake in a program, or one that only shows while it runs; the message is what awk says. */
export class AwkError extends Error {
  /** The word that was not expected, for those who name it. */
  readonly near: string | undefined;

  constructor(message: string, near?: string) {
    super(message);
    this.near = near;
  }
}

/** Where a variable lives: among the globals, or at a place in the function's frame. */
export type VariableRef =
  | { readonly scope: 'global'; readonly name: string }
  | { readonly scope: 'local'; readonly slot: number; readonly name: string };

export type Target =
  | { readonly kind: 'variable'; readonly ref: VariableRef }
  | { readonly kind: 'field'; readonly index: Expression }
  | { readonly kind: 'element'; readonly array: VariableRef; readonly subscripts: Expression[] };

export type Expression =
  | Target
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'regex'; readonly regex: Regex }
  | { readonly kind: 'group'; readonly list: Expression[] }
  | {
      readonly kind: 'assign';
      readonly operator: string;
      readonly target: Target;
      readonly value: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  | {
      readonly kind: 'logical';
      readonly operator: '&&' | '||';
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'in'; readonly subscripts: Expression[]; readonly array: VariableRef }
  | {
      readonly kind: 'match';
      readonly negated: boolean;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** Arithmetic, comparison, and ' ' for joining texts. */
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: 'step';
      readonly by: 1 | -1;
      readonly before: boolean;
      readonly target: Target;
    }
  | { readonly kind: 'builtin'; readonly name: string; readonly arguments: Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: Expression[] }
  | {
      readonly kind: 'getline';
      readonly target: Target | undefined;
      readonly from: 'input' | 'file' | 'command';
      readonly source: Expression | undefined;
    };

export type Statement =
  | { readonly kind: 'block'; readonly body: Statement[] }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | {
      readonly kind: 'print';
      readonly formatted: boolean;
      readonly arguments: Expression[];
      readonly redirect: { readonly how: '>' | '>>' | '|'; readonly to: Expression } | undefined;
    }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly yes: Statement;
      readonly no: Statement | undefined;
    }
  /** while, do and for: `testFirst` is false for do. */
  | {
      readonly kind: 'loop';
      readonly start: Statement | undefined;
      readonly test: Expression | undefined;
      readonly after: Statement | undefined;
      readonly testFirst: boolean;
      readonly body: Statement;
    }
  | {
      readonly kind: 'each';
      readonly variable: Target;
      readonly array: VariableRef;
      readonly body: Statement;
    }
  | { readonly kind: 'delete'; readonly array: VariableRef; readonly subscripts: Expression[] }
  | { readonly kind: 'exit' | 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'next' | 'nextfile' | 'break' | 'continue' };

export interface Rule {
  readonly pattern: Expression | undefined;
  /** The other end of a range. */
  readonly end: Expression | undefined;
  /** Without an action the record is printed. */
  readonly action: Statement | undefined;
}

export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: Statement;
}

export interface AwkProgram {
  readonly begin: readonly Statement[];
  readonly rules: readonly Rule[];
  readonly end: readonly Statement[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
}

/** Whether a value can be given to it. */
export function isTarget(expression: Expression): expression is Target {
  const { kind } = expression;
  return kind === 'variable' || kind === 'field' || kind === 'element';
}
