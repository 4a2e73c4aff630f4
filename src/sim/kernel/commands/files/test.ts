// test and [ as programs of their own, beside the shell's.
import { evaluateTest, TestProblem } from '../../shell/builtins/test-expression.ts';
import type { Program } from '../../types.ts';
import { commandName, type Flavour } from '../base/command.ts';

export const test = (flavour: Flavour): Program =>
  function* (process) {
    const name = commandName(process);
    const words = process.argv.slice(1);
    const gnu = flavour === 'gnu';
    if (name === '[' && words.pop() !== ']') {
      yield* process.write(2, gnu ? "[: missing ']'\n" : '[: missing ]\n');
      return 2;
    }
    try {
      return evaluateTest(words, process) ? 0 : 1;
    } catch (thrown) {
      if (!(thrown instanceof TestProblem)) throw thrown;
      yield* process.write(2, `${name}: ${(gnu ? gnuText : busyboxText)(thrown)}\n`);
      return 2;
    }
  };

function busyboxText({ kind, word }: TestProblem): string {
  const texts: Readonly<Record<TestProblem['kind'], string>> = {
    number: `${word}: bad number`,
    operand: `${word}: unknown operand`,
    argument: 'argument expected',
    parenthesis: 'closing paren expected',
    'too-deep': 'expression too deep',
  };
  return texts[kind];
}

function gnuText({ kind, word }: TestProblem): string {
  const texts: Readonly<Record<TestProblem['kind'], string>> = {
    number: `invalid integer '${word}'`,
    operand: `extra argument '${word}'`,
    argument: `missing argument after '${word}'`,
    parenthesis: "')' expected",
    'too-deep': 'expression too deep',
  };
  return texts[kind];
}
