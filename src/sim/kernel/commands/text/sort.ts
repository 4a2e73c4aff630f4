// sort: orders lines by keys.
import { command, type Call } from '../base/command.ts';
import { errnoText } from '../base/errors.ts';
import { inputsOf, readLines, type OpenComplaint } from '../base/lines.ts';
import { parseKey, compareBy, type SortKey } from './sort-keys.ts';
import type { Blocking } from '../../types.ts';

const complaint: OpenComplaint = (call, path, message) =>
  `${call.say('', 'cannot read: ')}${path}: ${message}`;

export const sort = command({
  options: 'nrufbhgVMdisck:t:o:zS:T:',
  long: {
    'numeric-sort': 'n',
    reverse: 'r',
    unique: 'u',
    'ignore-case': 'f',
    'ignore-leading-blanks': 'b',
    'human-numeric-sort': 'h',
    'general-numeric-sort': 'g',
    'version-sort': 'V',
    'month-sort': 'M',
    stable: 's',
    check: 'c',
    key: 'k',
    'field-separator': 't',
    output: 'o',
    'zero-terminated': 'z',
  },
  usage: '[-nrugMcszbdfiohV] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] [-t CHAR] [FILE]...',
  usageCode: 2,
  *run(call) {
    const flags = call.given.map(([option]) => option).join('');
    const keys: SortKey[] = [];
    for (const text of call.values('k')) {
      const key = parseKey(text, flags);
      if (key === undefined) {
        return yield* call.fail(
          call.say(
            'bad field specification',
            `invalid number at field start: invalid count at start of '${text}'`,
          ),
          2,
        );
      }
      keys.push(key);
    }
    const separator = call.value('t');
    if (separator !== undefined && [...separator].length !== 1) {
      return yield* call.fail(
        call.say('bad -t parameter', `multi-character tab '${separator}'`),
        2,
      );
    }
    const compare = compareBy(keys, flags, separator);
    const delimiter = call.has('z') ? '\0' : '\n';
    const options = { complaint, status: 2, delimiter };
    const lines = yield* readLines(call, inputsOf(call.operands), options);
    if (call.status !== 0) return call.status;
    if (call.has('c')) return yield* check(call, lines, compare.full);
    yield* call.process.work(Math.ceil(lines.length / 16));
    const sorted = lines.sort(call.has('s') || call.has('u') ? compare.keysOnly : compare.full);
    const kept = call.has('u') ? firstOfEqual(sorted, compare.keysOnly) : sorted;
    return yield* deliver(call, kept.map((line) => line + delimiter).join(''));
  },
});

function firstOfEqual(
  lines: readonly string[],
  compare: (one: string, other: string) => number,
): readonly string[] {
  return lines.filter((line, index) => index === 0 || compare(lines[index - 1] ?? '', line) !== 0);
}

function* deliver(call: Call, text: string): Blocking<number> {
  const target = call.value('o');
  if (target === undefined) {
    yield* call.process.write(1, text);
    return 0;
  }
  try {
    call.process.files.writeText(target, text);
    return 0;
  } catch (thrown) {
    return yield* call.fail(
      call.say(
        `can't open '${target}': ${errnoText(thrown)}`,
        `open failed: ${target}: ${errnoText(thrown)}`,
      ),
      2,
    );
  }
}

function* check(
  call: Call,
  lines: readonly string[],
  compare: (one: string, other: string) => number,
): Blocking<number> {
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before === undefined) continue;
    const order = compare(before, line);
    if (order < 0 || (order === 0 && !call.has('u'))) continue;
    if (call.gnu) {
      return yield* call.fail(`${call.operands[0] ?? '-'}:${index + 1}: disorder: ${line}`);
    }
    yield* call.process.write(2, `Check line ${index}\n`);
    return 1;
  }
  return 0;
}
