// uniq: joins equal lines that follow each other.
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { cannotOpen, eachLine, inputsOf } from '../base/lines.ts';
import { parseInteger } from '../base/numbers.ts';
import type { Blocking } from '../../types.ts';

export const uniq = command({
  options: 'cduif:s:w:',
  long: {
    count: 'c',
    repeated: 'd',
    unique: 'u',
    'ignore-case': 'i',
    'skip-fields': 'f',
    'skip-chars': 's',
    'check-chars': 'w',
  },
  usage: '[-cduiz] [-f,s,w N] [FILE]',
  *run(call) {
    const fields = parseInteger(call.value('f') ?? '0') ?? 0;
    const skip = parseInteger(call.value('s') ?? '0') ?? 0;
    const width = parseInteger(call.value('w') ?? '') ?? Infinity;
    const key = (line: string): string => {
      let rest = line;
      for (let field = 0; field < fields; field += 1) rest = rest.replace(/^[ \t]*[^ \t]*/, '');
      const part = rest.slice(skip, skip + width);
      return call.has('i') ? part.toLowerCase() : part;
    };
    const target = call.operands[1];
    if (target !== undefined && !(yield* redirect(call, target))) return 1;
    let current: { readonly text: string; readonly key: string; count: number } | undefined;
    const finish = (): void => {
      if (current === undefined) return;
      const { text, count } = current;
      if ((call.has('d') && count < 2) || (call.has('u') && count > 1)) return;
      call.out.put(`${call.has('c') ? `${String(count).padStart(7)} ` : ''}${text}\n`);
    };
    yield* eachLine(call, inputsOf(call.operands.slice(0, 1)), ({ text }) => {
      const lineKey = key(text);
      if (current !== undefined && current.key === lineKey) {
        current.count += 1;
        return;
      }
      finish();
      current = { text, key: lineKey, count: 1 };
    });
    finish();
    return call.status;
  },
});

/** Sends standard output to a file; false after a complaint. */
function* redirect(call: Call, path: string): Blocking<boolean> {
  const { process } = call;
  try {
    process.duplicate(process.open(path, { write: true, create: true, truncate: true }), 1);
    return true;
  } catch (thrown) {
    yield* call.warn(cannotOpen(call, path, errnoText(thrown)));
    return false;
  }
}
