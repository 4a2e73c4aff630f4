// The parts of the shell put together.
import type { Evaluator } from './shell.ts';
import { findBuiltin } from './builtins/table.ts';
import { runList } from './run/list.ts';
import { runBuiltin, runProgram } from './run/simple.ts';
import { substituteCommand } from './run/substitution.ts';
import { runText } from './run/text.ts';

export const evaluator: Evaluator = {
  list: runList,
  substitute: substituteCommand,
  text: runText,
  builtin: findBuiltin,
  words: (shell, words) => {
    const builtin = findBuiltin(shell, words[0] ?? '');
    if (builtin === undefined) return runProgram(shell, words, [], undefined, false);
    return runBuiltin(shell, { ...builtin, special: false }, words);
  },
};
