// printf as a program of its own, beside the shell's.
import { formatArguments } from '../../shell/builtins/printf.ts';
import { command } from '../base/command.ts';

export const printf = command({
  // Only `--` is an option; a format may begin with a hyphen.
  options: '+',
  usage: 'FORMAT [ARG]...',
  rewrite: (words) => {
    const first = words[0] ?? '';
    return first === '--' || /^--(help|version)$/.test(first) ? words : ['--', ...words];
  },
  *run(call) {
    const [format, ...values] = call.operands;
    if (format === undefined) return yield* call.misuse();
    const { text, problems, invalid } = formatArguments(format, values);
    for (const { kind, word } of problems) {
      const why = kind === 'rest' ? 'value not completely converted' : 'expected a numeric value';
      yield* call.warn(call.say(`invalid number '${word}'`, `'${word}': ${why}`));
    }
    yield* call.process.write(1, text);
    if (invalid === undefined) return call.status;
    return yield* call.fail(
      call.say(`${invalid}: invalid format`, `${invalid}: invalid conversion specification`),
    );
  },
});
