// What the shells say about a bad arithmetic expression.
import type { Dialect } from '../dialect.ts';
import type { ArithmeticError, ArithmeticProblem } from './arithmetic.ts';

const dashTexts: Readonly<Record<ArithmeticProblem, string>> = {
  primary: 'expecting primary',
  end: 'expecting EOF',
  division: 'division by zero',
  parenthesis: "expecting ')'",
  colon: "expecting ':'",
  'too-deep': 'recursion level exceeded',
  number: '',
};

export function arithmeticMessage(dialect: Dialect, error: ArithmeticError): string {
  if (dialect === 'ash') {
    return error.problem === 'division' ? 'divide by zero' : 'arithmetic syntax error';
  }
  if (error.problem === 'number') return `Illegal number: ${error.text}`;
  return `arithmetic expression: ${dashTexts[error.problem]}: "${error.text}"`;
}
