// test, [ and ash's [[.
import { globMatches } from '../../glob.ts';
import { ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { evaluateTest, TestProblem } from './test-expression.ts';

export function test(shell: Shell, words: readonly string[]): number {
  let operands = words.slice(1);
  if (words[0] === '[') {
    if (operands.at(-1) !== ']') throw new ShellError('missing ]', 2, true);
    operands = operands.slice(0, -1);
  }
  return evaluate(shell, operands);
}

function evaluate(shell: Shell, operands: readonly string[]): number {
  try {
    return evaluateTest(operands, shell.process) ? 0 : 1;
  } catch (thrown) {
    if (!(thrown instanceof TestProblem)) throw thrown;
    throw new ShellError(messageOf(shell, thrown), 2, true);
  }
}

function messageOf(shell: Shell, { kind, word, first }: TestProblem): string {
  switch (kind) {
    case 'number':
      return shell.isAsh ? `${word}: bad number` : `Illegal number: ${word}`;
    case 'operand':
      return shell.isAsh ? `${word}: unknown operand` : `${first}: unexpected operator`;
    case 'argument':
      return 'argument expected';
    case 'parenthesis':
      return 'closing paren expected';
    case 'too-deep':
      return 'expression too deep';
  }
}

/** Only what is common: one comparison or check, `==` with a pattern. */
export function doubleBracket(shell: Shell, words: readonly string[]): number {
  if (words.at(-1) !== ']]') throw new ShellError('missing ]]', 2, true);
  const operands = words.slice(1, -1);
  const [left, operator, right] = operands;
  const compares = operator === '=' || operator === '==' || operator === '!=';
  if (operands.length === 3 && compares) {
    return globMatches(right ?? '', left ?? '') === (operator !== '!=') ? 0 : 1;
  }
  return evaluate(shell, operands);
}
