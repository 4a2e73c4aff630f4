// awk: patterns and actions over records. Covered: POSIX awk with functions, arrays, getline, pipes, printf and
// regular expressions as RS; and systime, strftime and the bit functions that busybox and gawk have.
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import type { Blocking } from '../../types.ts';
import { callBuiltin } from './builtins.ts';
import { callFunction, runProgram } from './execute.ts';
import { assign } from './input.ts';
import { awkUnescape } from './lexer.ts';
import { AwkMachine } from './machine.ts';
import { parseAwk } from './parser.ts';
import { AwkError, type AwkProgram } from './tree.ts';
import { InputText } from './values.ts';

const maxProgramLength = 200_000;

export const awk = command({
  options: '+F:v:f:W:',
  long: { 'field-separator': 'F', assign: 'v', file: 'f' },
  usage: '[OPTIONS] [AWK_PROGRAM] [FILE]...',
  usageCode: 2,
  *run(call) {
    const files = call.values('f');
    const [first, ...others] = call.operands;
    if (files.length === 0 && first === undefined) return yield* call.misuse('no program given');
    let text = first ?? '';
    try {
      if (files.length > 0)
        text = files.map((path) => call.process.files.readText(path)).join('\n');
    } catch (thrown) {
      const why = `can't open '${files[0] ?? ''}': ${errnoText(thrown)}`;
      return yield* call.fail(why, call.gnu ? 2 : 1);
    }
    return yield* runText(call, text, files.length > 0 ? call.operands : others);
  },
});

function* runText(call: Call, text: string, operands: readonly string[]): Blocking<number> {
  const code = call.gnu ? 2 : 1;
  let program: AwkProgram;
  try {
    if (text.length > maxProgramLength) throw new AwkError('1: program too long');
    program = parseAwk(text);
  } catch (thrown) {
    if (!(thrown instanceof AwkError)) throw thrown;
    const [line = ''] = thrown.message.split(':');
    const { near, message } = thrown;
    const gnuText = near === undefined ? message : `${line}: syntax error at or near ${near}`;
    return yield* call.fail(call.say(`cmd. line:${message}`, `line ${gnuText}`), code);
  }
  const machine = new AwkMachine(call, program, { callBuiltin, callFunction });
  const argv = machine.array({ scope: 'global', name: 'ARGV' });
  ['awk', ...operands].forEach((operand, index) => argv.set(String(index), new InputText(operand)));
  machine.setGlobal('ARGC', operands.length + 1);
  try {
    const separator = call.value('F');
    if (separator !== undefined)
      machine.setGlobal('FS', separator === 't' ? '\t' : awkUnescape(separator));
    for (const assignment of call.values('v')) {
      if (!assign(machine, assignment))
        return yield* call.misuse(`improper assignment: -v ${assignment}`);
    }
    const exitCode = yield* runProgram(machine);
    yield* machine.streams.closeAll();
    return exitCode || call.status;
  } catch (thrown) {
    if (!(thrown instanceof AwkError)) throw thrown;
    yield* call.out.flush();
    const where = thrown.message.startsWith("can't open") ? '' : call.say('cmd. line:1: ', '');
    return yield* call.fail(where + thrown.message, code);
  }
}
