// The main input of an awk program: the files that ARGV names, record by record.
import type { Blocking } from '../../types.ts';
import { closeInput, openInput } from '../base/lines.ts';
import { awkUnescape } from './lexer.ts';
import type { AwkMachine } from './machine.ts';
import { AwkReader } from './reader.ts';
import { splitByRegex } from './record.ts';
import { InputText, toText } from './values.ts';

export class AwkInput {
  readonly #machine: AwkMachine;
  #argument = 1;
  #opened = false;
  #descriptor = 0;
  #reader: AwkReader | undefined;

  constructor(machine: AwkMachine) {
    this.#machine = machine;
  }

  /** The next record of all files; undefined at the end. Counts NR and FNR. */
  *next(): Blocking<string | undefined> {
    const machine = this.#machine;
    for (;;) {
      const reader = this.#reader ?? (yield* this.#open());
      if (reader === undefined) return undefined;
      if (!reader.ready || machine.call.out.full) yield* machine.call.out.flush();
      const record = yield* readRecord(machine, reader);
      if (record !== undefined) {
        machine.setGlobal('NR', machine.number('NR') + 1);
        machine.setGlobal('FNR', machine.number('FNR') + 1);
        return record;
      }
      this.skipFile();
    }
  }

  /** Leaves the rest of the current file unread. */
  skipFile(): void {
    if (this.#reader !== undefined) closeInput(this.#machine.call, this.#descriptor);
    this.#reader = undefined;
  }

  *#open(): Blocking<AwkReader | undefined> {
    const machine = this.#machine;
    const argv = machine.array({ scope: 'global', name: 'ARGV' });
    while (this.#argument < machine.number('ARGC')) {
      const path = toText(argv.get(String(this.#argument)), '%.6g');
      this.#argument += 1;
      if (path === '' || assign(machine, path)) continue;
      const descriptor = yield* openInput(machine.call, path, undefined, 2);
      this.#opened = true;
      if (descriptor !== undefined) return this.#begin(path, descriptor);
    }
    if (this.#opened) return undefined;
    this.#opened = true;
    return this.#begin('', 0);
  }

  #begin(path: string, descriptor: number): AwkReader {
    this.#machine.setGlobal('FILENAME', path);
    this.#machine.setGlobal('FNR', 0);
    this.#descriptor = descriptor;
    this.#reader = new AwkReader(this.#machine.process, descriptor);
    return this.#reader;
  }
}

/** An operand `name=value` is an assignment. */
export function assign(machine: AwkMachine, operand: string): boolean {
  const found = /^([A-Za-z_]\w*)=/.exec(operand.slice(0, 200));
  if (found === null) return false;
  const value = new InputText(awkUnescape(operand.slice(found[0].length)));
  machine.set({ scope: 'global', name: found[1] ?? '' }, value);
  return true;
}

/** The next record as RS divides them: one character, a blank line for '', more a regular expression. */
export function* readRecord(machine: AwkMachine, reader: AwkReader): Blocking<string | undefined> {
  const separator = machine.text('RS');
  if (separator === '') return yield* readParagraph(reader);
  if (separator.length > 1) return yield* readToPattern(machine, reader, separator);
  reader.delimiter = separator;
  return (yield* reader.next())?.text;
}

function* readParagraph(reader: AwkReader): Blocking<string | undefined> {
  const lines: string[] = [];
  reader.delimiter = '\n';
  for (;;) {
    const line = yield* reader.next();
    if (line === undefined) return lines.length > 0 ? lines.join('\n') : undefined;
    if (line.text !== '') lines.push(line.text);
    else if (lines.length > 0) return lines.join('\n');
  }
}

/** Reads everything at once: where a pattern ends can only be known from what follows. */
function* readToPattern(
  machine: AwkMachine,
  reader: AwkReader,
  separator: string,
): Blocking<string | undefined> {
  const waiting = reader.waiting ?? (yield* readParts(machine, reader, separator));
  reader.waiting = waiting;
  return waiting.shift();
}

function* readParts(machine: AwkMachine, reader: AwkReader, separator: string): Blocking<string[]> {
  let text = '';
  for (let chunk = yield* reader.rest(); chunk !== undefined; chunk = yield* reader.rest()) {
    text = machine.checked(text + chunk);
  }
  const parts = splitByRegex(text.replace(/\n$/, ''), machine.regexes.get(separator));
  return text === '' ? [] : parts;
}
