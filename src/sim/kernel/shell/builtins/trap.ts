// trap.
import { parseSignal, signalNames } from '../../signals.ts';
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import { singleQuoted } from '../run/trace.ts';
import type { Shell } from '../shell.ts';
import type { TrapName } from '../traps.ts';

const order: readonly TrapName[] = ['EXIT', ...signalNames];

export function* trap(shell: Shell, words: readonly string[]): Blocking<number> {
  const operands = words[1] === '--' ? words.slice(2) : words.slice(1);
  if (operands.length === 0) return yield* list(shell);
  if (operands[0] === '-l') {
    yield* shell.write(1, `${signalNames.join(' ')}\n`);
    return 0;
  }
  // A first operand that is a signal's number, or stands alone, means: back to the default.
  const resets = operands.length === 1 || /^[0-9]+$/.test(operands[0] ?? '');
  const action = resets || operands[0] === '-' ? undefined : operands[0];
  let status = 0;
  for (const word of resets ? operands : operands.slice(1)) {
    const name = trapName(word);
    if (name === undefined) status = yield* refuse(shell, word);
    else shell.traps.set(name, action);
  }
  return status;
}

function trapName(word: string): TrapName | undefined {
  if (word === '0' || word.toUpperCase() === 'EXIT') return 'EXIT';
  return parseSignal(word);
}

function* refuse(shell: Shell, word: string): Blocking<number> {
  if (!shell.isAsh) yield* shell.write(2, `trap: ${word}: bad trap\n`);
  else throw new ShellError(`${word}: invalid signal specification`, 1);
  return 1;
}

function* list(shell: Shell): Blocking<number> {
  const entries = new Map(shell.traps.entries());
  for (const name of order) {
    const action = entries.get(name);
    if (action === undefined) continue;
    yield* shell.write(1, `trap -- ${singleQuoted(action)} ${name}\n`);
  }
  return 0;
}
