// Arithmetic with the shell's variables.
import { ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { ArithmeticError, evaluateArithmetic } from './arithmetic.ts';
import { arithmeticMessage } from './arithmetic-message.ts';
import { parameterValue, requireSet } from './parameters.ts';

/** Throws ShellError in the dialect's words. */
export function arithmeticValue(shell: Shell, text: string): bigint {
  try {
    return evaluateArithmetic(text, {
      get: (name) => {
        const value = parameterValue(shell, name);
        if (value === undefined) requireSet(shell, name);
        return value;
      },
      set: (name, value) => shell.variables.set(name, value),
      extended: shell.isAsh,
    });
  } catch (thrown) {
    if (!(thrown instanceof ArithmeticError)) throw thrown;
    throw new ShellError(arithmeticMessage(shell.dialect, thrown));
  }
}
