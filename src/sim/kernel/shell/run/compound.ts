// if, while, until, for, case, and redirections of a whole construct.
import { globMatches } from '../../glob.ts';
import type { Blocking } from '../../types.ts';
import { expandPattern, expandText, expandWords } from '../expand/expand.ts';
import { LoopExit, ShellError } from '../flow.ts';
import type { Command, CompoundCommand, List } from '../parse/syntax.ts';
import type { Shell } from '../shell.ts';
import { apply, plan, restore } from './redirect.ts';

type Of<Kind extends Command['kind']> = Extract<Command, { readonly kind: Kind }>;

function* condition(shell: Shell, list: List): Blocking<number> {
  shell.tested += 1;
  try {
    return yield* shell.evaluator.list(shell, list, false);
  } finally {
    shell.tested -= 1;
  }
}

export function* runIf(shell: Shell, command: Of<'if'>, last: boolean): Blocking<number> {
  const status = yield* condition(shell, command.condition);
  if (status === 0) return yield* shell.evaluator.list(shell, command.then, last);
  shell.status = 0;
  if (command.otherwise === undefined) return 0;
  return yield* shell.evaluator.list(shell, command.otherwise, last);
}

/** What a `break` or `continue` in a loop means for that loop; those for loops around it are thrown on. */
function leaves(thrown: unknown): boolean {
  if (!(thrown instanceof LoopExit)) throw thrown;
  if (thrown.levels > 1) throw new LoopExit(thrown.kind, thrown.levels - 1);
  return thrown.kind === 'break';
}

export function* runLoop(shell: Shell, command: Of<'loop'>): Blocking<number> {
  let status = 0;
  shell.loopDepth += 1;
  try {
    for (;;) {
      try {
        shell.tested += 1;
        let tested: number;
        try {
          tested = yield* shell.evaluator.list(shell, command.condition, false);
        } finally {
          shell.tested -= 1;
        }
        if ((tested === 0) === command.until) return status;
        status = yield* shell.evaluator.list(shell, command.body, false);
      } catch (thrown) {
        status = 0;
        if (leaves(thrown)) return 0;
      }
    }
  } finally {
    shell.loopDepth -= 1;
  }
}

export function* runFor(shell: Shell, command: Of<'for'>): Blocking<number> {
  shell.line = command.line;
  const words =
    command.words === undefined ? shell.parameters : yield* expandWords(shell, command.words);
  let status = 0;
  shell.loopDepth += 1;
  try {
    for (const word of words) {
      shell.variables.set(command.variable, word);
      try {
        status = yield* shell.evaluator.list(shell, command.body, false);
      } catch (thrown) {
        status = 0;
        if (leaves(thrown)) return 0;
      }
    }
    return status;
  } finally {
    shell.loopDepth -= 1;
  }
}

export function* runCase(shell: Shell, command: Of<'case'>, last: boolean): Blocking<number> {
  const text = yield* expandText(shell, command.word);
  for (const { patterns, body } of command.items) {
    for (const pattern of patterns) {
      if (!globMatches(yield* expandPattern(shell, pattern), text)) continue;
      shell.status = 0;
      return yield* shell.evaluator.list(shell, body, last);
    }
  }
  return 0;
}

/** A construct with redirections: they hold for all of it. */
export function* runCompound(shell: Shell, command: Of<'redirected'>): Blocking<number> {
  let saved;
  try {
    saved = apply(shell, yield* plan(shell, command.redirections));
  } catch (thrown) {
    if (!(thrown instanceof ShellError)) throw thrown;
    yield* shell.complain(thrown.message, thrown.bare);
    return thrown.code;
  }
  const inner: CompoundCommand = command.command;
  try {
    const item = { command: inner, background: false, text: '' };
    return yield* shell.evaluator.list(shell, [item], false);
  } finally {
    restore(shell, saved);
  }
}
