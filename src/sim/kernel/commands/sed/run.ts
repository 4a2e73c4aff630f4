// Runs a sed script over its inputs.
import type { Regex } from '../../regex/regex.ts';
import type { Blocking } from '../../types.ts';
import type { Call } from '../base/command.ts';
import { closeInput, LineReader, openInput, type Line, type OpenComplaint } from '../base/lines.ts';
import { isErrno } from '../../errno.ts';
import type { SedCommand, SedScript } from './script.ts';
import { Selector } from './selector.ts';
import { substitute } from './replacement.ts';
import { visible } from './visible.ts';

const maxSpaceLength = 4_194_304;

export const sedComplaint: OpenComplaint = (call, path, message) =>
  `${call.say('', "can't read ")}${path}: ${message}`;

export interface SedOptions {
  readonly quiet: boolean;
}

/** Where output goes and what happens at the end of the script. */
type Outcome = 'next' | 'restart' | 'quit';

export class SedRun {
  readonly #call: Call;
  readonly #script: SedScript;
  readonly #options: SedOptions;
  readonly #paths: string[];
  readonly #selector: Selector;
  readonly #written = new Set<string>();
  #reader: LineReader | undefined;
  #descriptor = 0;
  #ahead: Line | undefined;
  #hold = '';
  #space = '';
  #ended = true;
  #lineNumber = 0;
  #appended: { readonly text: string }[] = [];
  #replaced = false;
  #lastRegex: Regex | undefined;
  exitCode = 0;

  constructor(call: Call, script: SedScript, options: SedOptions, paths: readonly string[]) {
    this.#call = call;
    this.#script = script;
    this.#options = options;
    this.#paths = [...paths];
    this.#selector = new Selector({
      lineNumber: () => this.#lineNumber,
      isLast: () => this.#isLast(),
      fits: (regex) => this.#regex(regex)?.test(this.#space) ?? false,
    });
  }

  /** Goes through all lines; false when the script said to quit. */
  *run(): Blocking<boolean> {
    while (yield* this.#readLine()) {
      const outcome = yield* this.#cycle();
      if (outcome === 'quit') return false;
    }
    return true;
  }

  *#cycle(): Blocking<Outcome> {
    let outcome: Outcome = yield* this.#execute();
    // D starts over with what is left, without reading a line.
    while (outcome === 'restart') {
      yield* this.#endCycle(false);
      outcome = yield* this.#execute();
    }
    return outcome;
  }

  *#execute(): Blocking<Outcome> {
    const { commands, labels } = this.#script;
    for (let index = 0; index < commands.length;) {
      const command = commands[index] as SedCommand;
      yield* this.#call.process.work(1);
      index += 1;
      const { action } = command;
      if (!(yield* this.#selector.selects(command))) {
        if (action.kind === 'block') index = action.end;
        continue;
      }
      if (action.kind === 'jump') {
        const jumps = action.letter === 'b' || this.#replaced === (action.letter === 't');
        if (action.letter !== 'b') this.#replaced = false;
        if (jumps) index = action.label === '' ? commands.length : (labels.get(action.label) ?? 0);
        continue;
      }
      const outcome = yield* this.#perform(command);
      if (outcome !== undefined) return outcome;
    }
    yield* this.#endCycle(!this.#options.quiet);
    return 'next';
  }

  *#perform(command: SedCommand): Blocking<Outcome | undefined> {
    const { action } = command;
    switch (action.kind) {
      case 'substitute': {
        const { substitution } = action;
        const regex = this.#regex(substitution.regex);
        const result = substitute(this.#space, substitution, (text, from) =>
          regex?.exec(text, from),
        );
        if (result === undefined) return undefined;
        this.#setSpace(result);
        this.#replaced = true;
        if (substitution.print) this.#put(`${this.#space}\n`);
        if (substitution.file !== undefined) yield* this.#writeFile(substitution.file);
        return undefined;
      }
      case 'translate':
        this.#space = [...this.#space].map((one) => action.table.get(one) ?? one).join('');
        return undefined;
      case 'text':
        return yield* this.#insertText(action.letter, action.text, command);
      case 'file':
        if (action.letter === 'w') yield* this.#writeFile(action.path);
        else this.#appended.push({ text: this.#fileText(action.path) });
        return undefined;
      case 'quit':
        this.exitCode = action.code;
        yield* this.#endCycle(action.letter === 'q' && !this.#options.quiet);
        return 'quit';
      case 'simple':
        return yield* this.#simple(action.letter);
      case 'block':
      case 'jump':
        return undefined;
    }
  }

  *#simple(letter: string): Blocking<Outcome | undefined> {
    const newline = this.#space.indexOf('\n');
    switch (letter) {
      case 'd':
        yield* this.#endCycle(false);
        return 'next';
      case 'D':
        if (newline < 0) {
          yield* this.#endCycle(false);
          return 'next';
        }
        this.#space = this.#space.slice(newline + 1);
        return 'restart';
      case 'p':
        this.#put(`${this.#space}\n`);
        return undefined;
      case 'P':
        this.#put(`${newline < 0 ? this.#space : this.#space.slice(0, newline)}\n`);
        return undefined;
      case 'h':
        this.#hold = this.#space;
        return undefined;
      case 'H':
        this.#hold = limited(`${this.#hold}\n${this.#space}`);
        return undefined;
      case 'g':
        this.#space = this.#hold;
        return undefined;
      case 'G':
        this.#setSpace(`${this.#space}\n${this.#hold}`);
        return undefined;
      case 'x':
        [this.#space, this.#hold] = [this.#hold, this.#space];
        return undefined;
      case '=':
        this.#put(`${this.#lineNumber}\n`);
        return undefined;
      case 'l':
        this.#put(`${visible(this.#space)}$\n`);
        return undefined;
      default:
        return yield* this.#nextLine(letter === 'N');
    }
  }

  /** n and N: without a further line they end the script; GNU then prints what there is. */
  *#nextLine(append: boolean): Blocking<Outcome | undefined> {
    if (yield* this.#isLast()) {
      const prints = !this.#options.quiet;
      yield* this.#endCycle(prints);
      return 'quit';
    }
    const before = this.#space;
    yield* this.#endCycle(!append && !this.#options.quiet);
    yield* this.#readLine();
    if (append) this.#setSpace(`${before}\n${this.#space}`);
    return undefined;
  }

  *#insertText(
    letter: 'a' | 'i' | 'c',
    text: string,
    command: SedCommand,
  ): Blocking<Outcome | undefined> {
    if (letter === 'a') this.#appended.push({ text });
    if (letter === 'i') this.#put(text);
    if (letter !== 'c') return undefined;
    // Of a range, c prints once, at its end.
    if (!this.#selector.isOpen(command)) this.#put(text);
    yield* this.#endCycle(false);
    return 'next';
  }

  /** Prints the space if wanted, then what was to be appended. */
  *#endCycle(print: boolean): Blocking<void> {
    if (print) this.#call.out.put(this.#ended ? `${this.#space}\n` : this.#space);
    for (const { text } of this.#appended) this.#put(text);
    this.#appended = [];
    if (this.#call.out.full) yield* this.#call.out.flush();
  }

  #put(text: string): void {
    this.#call.out.put(text);
  }

  #setSpace(text: string): void {
    this.#space = limited(text);
  }

  #regex(regex: Regex | undefined): Regex | undefined {
    this.#lastRegex = regex ?? this.#lastRegex;
    return this.#lastRegex;
  }

  #fileText(path: string): string {
    try {
      const text = this.#call.process.files.readText(path);
      const unended = text !== '' && !text.endsWith('\n');
      return unended ? text + this.#call.say('\n', '') : text;
    } catch (thrown) {
      if (isErrno(thrown)) return '';
      throw thrown;
    }
  }

  *#writeFile(path: string): Blocking<void> {
    if (path === '/dev/stdout') this.#put(`${this.#space}\n`);
    else {
      this.#call.process.files.writeText(path, `${this.#space}\n`, {
        append: this.#written.has(path),
      });
      this.#written.add(path);
    }
    yield* this.#call.process.work(1);
  }

  *#isLast(): Blocking<boolean> {
    this.#ahead ??= yield* this.#fetch();
    return this.#ahead === undefined;
  }

  *#readLine(): Blocking<boolean> {
    const line = this.#ahead ?? (yield* this.#fetch());
    this.#ahead = undefined;
    if (line === undefined) return false;
    this.#space = line.text;
    this.#ended = line.ended;
    this.#lineNumber += 1;
    this.#replaced = false;
    return true;
  }

  *#fetch(): Blocking<Line | undefined> {
    for (;;) {
      if (this.#reader !== undefined) {
        if (!this.#reader.ready) yield* this.#call.out.flush();
        const line = yield* this.#reader.next();
        if (line !== undefined) return line;
        closeInput(this.#call, this.#descriptor);
        this.#reader = undefined;
      }
      const path = this.#paths.shift();
      if (path === undefined) return undefined;
      const status = this.#call.gnu ? 2 : 1;
      const descriptor = yield* openInput(this.#call, path, sedComplaint, status);
      if (descriptor === undefined) continue;
      this.#descriptor = descriptor;
      this.#reader = new LineReader(this.#call.process, descriptor);
    }
  }
}

function limited(text: string): string {
  return text.length > maxSpaceLength ? text.slice(0, maxSpaceLength) : text;
}
