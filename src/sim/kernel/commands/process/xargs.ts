// xargs: makes command lines of its input.
import { asErrno } from '../base/errors.ts';
import { command, type Call } from '../base/command.ts';
import { readAll } from '../base/lines.ts';
import { parseInteger } from '../base/numbers.ts';
import type { Blocking } from '../../types.ts';

/** As POSIX demands at least; real systems allow some 128 KiB. */
const maxLineLength = 131_072;

export const xargs = command({
  options: '+0rtn:L:I:i::d:P:s:pxa:E:',
  long: {
    null: '0',
    'no-run-if-empty': 'r',
    verbose: 't',
    'max-args': 'n',
    'max-lines': 'L',
    replace: 'i',
    delimiter: 'd',
    'max-procs': 'P',
  },
  usage: '[OPTIONS] [PROG ARGS]',
  *run(call) {
    const argv = call.operands.length > 0 ? call.operands : ['echo'];
    const count = parseInteger(call.value('n') ?? '');
    if (call.has('n') && (count === undefined || count < 1)) {
      const word = call.value('n') ?? '';
      return yield* call.fail(
        call.say(`invalid number '${word}'`, `value ${word} for -n option should be >= 1`),
      );
    }
    const text = yield* readAll(call, 0);
    const placeholder =
      call.has('I') || call.has('i') ? call.value('I') || call.value('i') || '{}' : undefined;
    const items = itemsOf(call, text, placeholder !== undefined);
    if (typeof items === 'string') return yield* call.fail(items);
    if (placeholder !== undefined) {
      for (const item of items) {
        const words = argv.map((word) => word.split(placeholder).join(item));
        if (!(yield* runLine(call, words))) return call.status;
      }
      return call.status;
    }
    const lines = parseInteger(call.value('L') ?? '');
    if (lines !== undefined && lines > 0) return yield* runByLines(call, argv, text, lines);
    const perLine = count ?? Infinity;
    let index = 0;
    do {
      const words: string[] = [];
      let length = argv.join(' ').length;
      while (index < items.length && words.length < perLine) {
        const item = items[index] ?? '';
        if (length + item.length + 1 > maxLineLength && words.length > 0) break;
        length += item.length + 1;
        words.push(item);
        index += 1;
      }
      // GNU and busybox run the command once even for empty input, unless told not to.
      if (words.length === 0 && (call.has('r') || index > 0)) break;
      if (!(yield* runLine(call, [...argv, ...words]))) break;
    } while (index < items.length);
    return call.status;
  },
});

/** -L: so many lines that are not empty make one command line. */
function* runByLines(
  call: Call,
  argv: readonly string[],
  text: string,
  lines: number,
): Blocking<number> {
  const all = text.split('\n').filter((line) => line.trim() !== '');
  for (let index = 0; index < all.length; index += lines) {
    const { words } = unquote(all.slice(index, index + lines).join('\n'), false);
    if (!(yield* runLine(call, [...argv, ...words]))) break;
  }
  return call.status;
}

/** The items of the input, or what is wrong with it. */
function itemsOf(call: Call, text: string, byLine: boolean): readonly string[] | string {
  const delimiter = call.has('0')
    ? '\0'
    : call.value('d')?.replace('\\n', '\n').replace('\\t', '\t').replace('\\0', '\0');
  if (delimiter !== undefined) {
    const items = text.split(delimiter);
    if (items.at(-1) === '' || items.at(-1) === '\n') items.pop();
    return items;
  }
  const lines = byLine ? text.split('\n').map((line) => line.trimStart()) : [text];
  if (byLine) {
    const items = lines.filter((line) => line !== '').map((line) => unquote(line, true));
    const broken = items.find((item) => item.problem !== undefined);
    return broken?.problem ?? items.flatMap((item) => item.words);
  }
  const { words, problem } = unquote(text, false);
  return problem === undefined
    ? words
    : `${problem} quote${call.say('', '; by default quotes are special to xargs unless you use the -0 option')}`;
}

/** Words of a text: blanks divide (unless the line is one word), quotes and backslashes protect. */
function unquote(
  text: string,
  whole: boolean,
): { readonly words: readonly string[]; readonly problem?: string } {
  const words: string[] = [];
  let word: string | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index] ?? '';
    if (letter === '"' || letter === "'") {
      const end = text.indexOf(letter, index + 1);
      if (end < 0 || text.slice(index, end).includes('\n')) {
        return { words, problem: `unmatched ${letter === '"' ? 'double' : 'single'}` };
      }
      word = (word ?? '') + text.slice(index + 1, end);
      index = end;
    } else if (letter === '\\') {
      index += 1;
      word = (word ?? '') + (text[index] ?? '');
    } else if (/\s/.test(letter) && !whole) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + letter;
  }
  if (word !== undefined) words.push(word);
  return { words };
}

/** Runs one command line; false when no further one may follow. */
function* runLine(call: Call, argv: readonly string[]): Blocking<boolean> {
  const { process } = call;
  if (call.has('t')) yield* process.write(2, `${argv.join(' ')}\n`);
  try {
    const child = process.spawn({ argv });
    const { status } = (yield* process.wait(child.pid)) ?? {};
    const code = status?.code ?? 0;
    if (status?.signal !== undefined) {
      yield* call.warn(`${argv[0] ?? ''}: terminated by signal ${code - 128}`, 125);
      return false;
    }
    if (code === 255) {
      yield* call.warn(`${argv[0] ?? ''}: exited with status 255; aborting`, 124);
      return false;
    }
    if (code !== 0) call.status = 123;
    return true;
  } catch (thrown) {
    const { code, message } = asErrno(thrown);
    yield* call.warn(`${argv[0] ?? ''}: ${message}`, code === 'ENOENT' ? 127 : 126);
    return false;
  }
}
