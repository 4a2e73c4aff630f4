// kill.
import { isErrno } from '../../errno.ts';
import { parseSignal, signalNames, signalNumber } from '../../signals.ts';
import type { Blocking, SignalName } from '../../types.ts';
import { ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { jobOf } from './jobs.ts';

const dashUsage =
  'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]';

export function* kill(shell: Shell, words: readonly string[]): Blocking<number> {
  const [first, second] = words.slice(1);
  if (first === '-l') return yield* list(shell, words.slice(2));
  let signal: SignalName | undefined = 'TERM';
  let operands = words.slice(1);
  if (first === '-s' || first === '-n') {
    signal = signalOf(shell, second ?? '');
    operands = words.slice(3);
  } else if (first !== undefined && /^-[^-]/.test(first)) {
    signal = signalOf(shell, first.slice(1));
    operands = words.slice(2);
  }
  if (operands[0] === '--') operands = operands.slice(1);
  if (operands.length === 0) throw noOperands(shell);
  let status = 0;
  for (const operand of operands) {
    if (!(yield* send(shell, operand, signal))) status = 1;
  }
  // A signal to the shell itself takes effect before anything else happens.
  yield* shell.process.waitFor([], 0);
  return status;
}

function noOperands(shell: Shell): ShellError {
  return shell.isAsh
    ? new ShellError('you need to specify whom to kill', 1, true)
    : new ShellError(dashUsage);
}

/** Undefined for 0, which only asks. */
function signalOf(shell: Shell, text: string): SignalName | undefined {
  if (text === '0' || text === 'EXIT') return undefined;
  const signal = parseSignal(text);
  if (signal !== undefined) return signal;
  if (shell.isAsh) throw new ShellError(`bad signal name '${text}'`, 1, true);
  throw new ShellError(`Illegal option -${text.slice(0, 1)}`);
}

function* send(shell: Shell, operand: string, signal: SignalName | undefined): Blocking<boolean> {
  const pids = operand.startsWith('%')
    ? jobOf(shell, operand).processes.map(({ pid }) => pid)
    : [pidOf(shell, operand)];
  let sent = true;
  for (const pid of pids) {
    try {
      shell.process.kill(pid, signal);
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      sent = false;
      if (shell.isAsh) {
        yield* shell.complain(`can't kill pid ${pid}: ${thrown.message}`, true);
      } else {
        yield* shell.complain(`${thrown.message}\n`);
      }
    }
  }
  return sent;
}

function pidOf(shell: Shell, operand: string): number {
  if (/^-?[0-9]{1,10}$/.test(operand)) return Number(operand);
  throw shell.isAsh
    ? new ShellError(`invalid number '${operand}'`, 1, true)
    : new ShellError(`Illegal number: ${operand}`);
}

/** Names of signals; with operands those of the numbers or exit statuses. */
function* list(shell: Shell, operands: readonly string[]): Blocking<number> {
  if (operands.length > 0) {
    for (const operand of operands) {
      const number = Number(operand) > 128 ? Number(operand) - 128 : operand;
      const name = parseSignal(String(number));
      if (name === undefined)
        throw new ShellError(`invalid signal number or exit status: ${operand}`);
      const shown = /^[0-9]+$/.test(operand) ? name : String(signalNumber(name));
      yield* shell.write(1, `${shown}\n`);
    }
    return 0;
  }
  if (!shell.isAsh) yield* shell.write(1, '0\n');
  for (const name of signalNames) {
    const line = shell.isAsh ? `${String(signalNumber(name)).padStart(2)}) ${name}` : name;
    yield* shell.write(1, `${line}\n`);
  }
  return 0;
}
