// xargs: makes command lines of its input, as soon as it has read enough for one.
import { asErrno } from '../base/errors.ts';
import { command, type Call } from '../base/command.ts';
import { unescape } from '../base/escapes.ts';
import { LineReader } from '../base/lines.ts';
import { parseInteger } from '../base/numbers.ts';
import type { Blocking } from '../../types.ts';

/** Linux allows some 128 KiB for one command line by xargs' own choice. */
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
    for (const option of ['n', 'L']) {
      const word = call.value(option);
      if (word === undefined || (parseInteger(word) ?? 0) > 0) continue;
      return yield* call.fail(
        call.say(`invalid number '${word}'`, `value ${word} for -${option} option should be >= 1`),
      );
    }
    const run = new XargsRun(call);
    const problem = yield* run.run();
    return problem === undefined ? call.status : yield* call.fail(problem);
  },
});

class XargsRun {
  readonly #call: Call;
  readonly #argv: readonly string[];
  readonly #placeholder: string | undefined;
  readonly #perCommand: number;
  readonly #linesPerCommand: number;
  #words: string[] = [];
  #lines = 0;
  #length = 0;
  #ran = false;
  #stopped = false;

  constructor(call: Call) {
    this.#call = call;
    this.#argv = call.operands.length > 0 ? call.operands : ['echo'];
    const replaces = call.has('I') || call.has('i');
    this.#placeholder = replaces ? call.value('I') || call.value('i') || '{}' : undefined;
    this.#perCommand = parseInteger(call.value('n') ?? '') ?? Infinity;
    this.#linesPerCommand = parseInteger(call.value('L') ?? '') ?? Infinity;
  }

  /** Reads and runs to the end; what is wrong with the input, if anything is. */
  *run(): Blocking<string | undefined> {
    const call = this.#call;
    const given = call.value('d');
    const delimiter = call.has('0')
      ? '\0'
      : given === undefined
        ? undefined
        : unescape(given, 'anywhere').text;
    const reader = new LineReader(call.process, 0, delimiter ?? '\n');
    while (!this.#stopped) {
      const line = yield* reader.next();
      if (line === undefined) break;
      const items = delimiter === undefined ? this.#split(line.text) : [line.text];
      if (typeof items === 'string') return items;
      for (const item of items) yield* this.#take(item);
      if (items.length > 0) this.#lines += 1;
      if (this.#lines >= this.#linesPerCommand) yield* this.#flush();
    }
    // The command runs once even for empty input, unless told not to.
    const empty = !this.#ran && !call.has('r') && this.#placeholder === undefined;
    if (!this.#stopped && (this.#words.length > 0 || empty)) yield* this.#flush();
    return undefined;
  }

  /** With -I a line is one item, without the blanks before it. */
  #split(line: string): readonly string[] | string {
    const byLine = this.#placeholder !== undefined;
    const { words, problem } = unquote(byLine ? line.trimStart() : line, byLine);
    if (problem === undefined) return words;
    const advice = '; by default quotes are special to xargs unless you use the -0 option';
    return `${problem} quote${this.#call.say('', advice)}`;
  }

  *#take(item: string): Blocking<void> {
    if (this.#stopped) return;
    const placeholder = this.#placeholder;
    if (placeholder !== undefined) {
      yield* this.#start(this.#argv.map((word) => word.split(placeholder).join(item)));
      return;
    }
    if (this.#length + item.length + 1 > maxLineLength) yield* this.#flush();
    this.#words.push(item);
    this.#length += item.length + 1;
    if (this.#words.length >= this.#perCommand) yield* this.#flush();
  }

  *#flush(): Blocking<void> {
    const words = this.#words;
    this.#words = [];
    this.#lines = 0;
    this.#length = 0;
    yield* this.#start([...this.#argv, ...words]);
  }

  /** Runs one command line, unless an earlier one ended all. */
  *#start(argv: readonly string[]): Blocking<void> {
    if (this.#stopped) return;
    this.#ran = true;
    const { process } = this.#call;
    if (this.#call.has('t')) yield* process.write(2, `${argv.join(' ')}\n`);
    try {
      const child = process.spawn({ argv });
      const { status } = (yield* process.wait(child.pid)) ?? {};
      yield* this.#judge(argv[0] ?? '', status?.code ?? 0, status?.signal !== undefined);
    } catch (thrown) {
      const { code, message } = asErrno(thrown);
      yield* this.#stop(`${argv[0] ?? ''}: ${message}`, code === 'ENOENT' ? 127 : 126);
    }
  }

  *#judge(name: string, code: number, bySignal: boolean): Blocking<void> {
    if (bySignal) yield* this.#stop(`${name}: terminated by signal ${code - 128}`, 125);
    else if (code === 255) yield* this.#stop(`${name}: exited with status 255; aborting`, 124);
    else if (code !== 0) this.#call.status = 123;
  }

  *#stop(text: string, status: number): Blocking<void> {
    this.#stopped = true;
    yield* this.#call.warn(text, status);
  }
}

/** Words of a line: blanks divide (unless the line is one word), quotes and backslashes protect. */
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
      if (end < 0) {
        return { words, problem: `unmatched ${letter === '"' ? 'double' : 'single'}` };
      }
      word = (word ?? '') + text.slice(index + 1, end);
      index = end;
    } else if (letter === '\\') {
      index += 1;
      word = (word ?? '') + (text[index] ?? '');
    } else if ((letter === ' ' || letter === '\t') && !whole) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + letter;
  }
  if (word !== undefined) words.push(word);
  return { words };
}
