// The state of a running awk program: variables, the record, streams.
import type { Blocking, Process } from '../../types.ts';
import type { Call } from '../base/command.ts';
import { holdMemory } from '../base/lines.ts';
import { AwkInput } from './input.ts';
import { AwkRecord, RegexCache } from './record.ts';
import { AwkStreams } from './streams.ts';
import { AwkError, type AwkProgram, type Expression, type VariableRef } from './tree.ts';
import { InputText, toNumber, toText, type AwkArray, type Value } from './values.ts';

/** A text may not grow beyond this, so that doubling one in a loop ends. */
const maxTextLength = 16_777_216;
const maxElements = 500_000;
/** What an element of an array takes beside its text. */
const bytesPerElement = 80;
const payFromBytes = 65_536;

/** Where a variable's value is. A parameter that was not set yet becomes an array together with the caller's variable. */
export class Cell {
  value: Value;
  array: AwkArray | undefined;
  readonly origin: Cell | undefined;

  constructor(value?: Value, origin?: Cell) {
    this.value = value;
    this.origin = origin;
    this.array = origin?.array;
  }
}

/** What evaluating an expression calls, handed in so that the parts need not know each other. */
export interface AwkOperations {
  callBuiltin(machine: AwkMachine, name: string, list: readonly Expression[]): Blocking<Value>;
  callFunction(machine: AwkMachine, name: string, list: readonly Expression[]): Blocking<Value>;
}

export class AwkMachine {
  readonly operations: AwkOperations;
  readonly call: Call;
  readonly process: Process;
  readonly program: AwkProgram;
  readonly streams: AwkStreams;
  readonly regexes = new RegexCache();
  readonly record: AwkRecord;
  readonly #globals = new Map<string, Cell>();
  /** Cells of the function that runs. */
  frame: readonly Cell[] = [];
  callDepth = 0;
  /** What the function that just ended returned. */
  returned: Value;
  exitCode = 0;
  readonly input: AwkInput;
  #elements = 0;
  #unpaidBytes = 0;
  #steps = 0;

  constructor(call: Call, program: AwkProgram, operations: AwkOperations) {
    this.operations = operations;
    this.call = call;
    this.process = call.process;
    this.program = program;
    this.streams = new AwkStreams(call);
    this.input = new AwkInput(this);
    this.record = new AwkRecord({
      separator: () => this.text('FS'),
      joiner: () => this.text('OFS'),
      format: () => this.text('CONVFMT'),
      regexes: this.regexes,
    });
    const initial = {
      FS: ' ',
      OFS: ' ',
      ORS: '\n',
      RS: '\n',
      SUBSEP: '\x1c',
      CONVFMT: '%.6g',
      OFMT: '%.6g',
    };
    for (const [name, value] of Object.entries(initial)) this.setGlobal(name, value);
    for (const name of ['NR', 'FNR', 'RSTART']) this.setGlobal(name, 0);
    this.setGlobal('RLENGTH', -1);
    const environment = this.array({ scope: 'global', name: 'ENVIRON' });
    for (const [name, value] of this.process.env) environment.set(name, new InputText(value));
  }

  /** Counts new elements against the memory of the container. */
  *payMemory(): Blocking<void> {
    if (this.#unpaidBytes < payFromBytes) return;
    const bytes = this.#unpaidBytes;
    this.#unpaidBytes = 0;
    yield* holdMemory(this.process, bytes);
  }

  /** Whether it is time to let the rest of the machine run: every fourth step. */
  countStep(): boolean {
    this.#steps += 1;
    return this.#steps % 4 === 0;
  }

  text(global: string): string {
    return toText(this.#globals.get(global)?.value, '%.6g');
  }

  number(global: string): number {
    return toNumber(this.#globals.get(global)?.value);
  }

  setGlobal(name: string, value: Value): void {
    this.#global(name).value = value;
  }

  cell(ref: VariableRef): Cell {
    if (ref.scope === 'global') return this.#global(ref.name);
    return this.frame[ref.slot] as Cell;
  }

  get(ref: VariableRef): Value {
    if (ref.scope === 'global' && ref.name === 'NF') return this.record.count;
    const cell = this.cell(ref);
    if (cell.array !== undefined) throw new AwkError('Not a scalar');
    return cell.value;
  }

  set(ref: VariableRef, value: Value): void {
    if (ref.scope === 'global' && ref.name === 'NF') this.record.count = toNumber(value);
    else this.cell(ref).value = value;
  }

  array(ref: VariableRef): AwkArray {
    const cell = this.cell(ref);
    if (cell.array !== undefined) return cell.array;
    if (cell.value !== undefined) throw new AwkError('Not an array');
    const array: AwkArray = cell.origin?.array ?? new Map<string, Value>();
    for (let up: Cell | undefined = cell; up !== undefined; up = up.origin) up.array = array;
    return array;
  }

  /** An element, made when it is not there yet: mentioning one is enough in awk. */
  element(array: AwkArray, key: string): Value {
    if (array.has(key)) return array.get(key);
    this.#elements += 1;
    if (this.#elements > maxElements) throw new AwkError('out of memory');
    array.set(key, undefined);
    this.#unpaidBytes += bytesPerElement + key.length;
    return undefined;
  }

  /** A text that was just made, refused when it is too long. */
  checked(text: string): string {
    if (text.length > maxTextLength) throw new AwkError('out of memory');
    return text;
  }

  #global(name: string): Cell {
    let cell = this.#globals.get(name);
    if (cell === undefined) {
      cell = new Cell();
      this.#globals.set(name, cell);
    }
    return cell;
  }
}
