// Line by line reading for filters: whole chunks come in, lines go out, and output is written before each wait.
import { asErrno } from './errors.ts';
import { Errno } from '../../errno.ts';
import type { Blocking, Process } from '../../types.ts';
import type { Call } from './command.ts';

/** Steps of work that a line counts as: a filter handles some 300 lines in a virtual millisecond. */
const linesPerStep = 16;
/** The same for commands that look at every character. */
export const charactersPerStep = 128;

/** A line of input and whether a newline ended it. */
export interface Line {
  readonly text: string;
  readonly ended: boolean;
}

export class LineReader {
  readonly #process: Process;
  readonly #descriptor: number;
  /** What ends a line; may change between lines. */
  delimiter: string;
  #chunk = '';
  #at = 0;
  /** Parts of a line whose end has not come. */
  #pending: string[] = [];
  #heldLength = 0;
  #ended = false;

  constructor(process: Process, descriptor: number, delimiter = '\n') {
    this.#process = process;
    this.#descriptor = descriptor;
    this.delimiter = delimiter;
  }

  /** Whether a whole line is at hand without waiting. */
  get ready(): boolean {
    return this.#ended || this.#chunk.indexOf(this.delimiter, this.#at) >= 0;
  }

  /** The next line; undefined at the end. A line that grows without end takes memory until the container has none left. */
  *next(): Blocking<Line | undefined> {
    for (;;) {
      const end = this.#chunk.indexOf(this.delimiter, this.#at);
      if (end >= 0) {
        const tail = this.#chunk.slice(this.#at, end);
        this.#at = end + 1;
        return { text: this.#take(tail), ended: true };
      }
      if (this.#at < this.#chunk.length) {
        const rest = this.#chunk.slice(this.#at);
        this.#pending.push(rest);
        this.#heldLength += rest.length;
        yield* holdMemory(this.#process, rest.length);
      }
      const chunk = this.#ended ? undefined : yield* this.#process.read(this.#descriptor);
      this.#chunk = chunk ?? '';
      this.#at = 0;
      if (chunk !== undefined) continue;
      this.#ended = true;
      return this.#pending.length === 0 ? undefined : { text: this.#take(''), ended: false };
    }
  }

  /** What has been read but not taken, then the rest of the input, chunk by chunk. */
  *rest(): Blocking<string | undefined> {
    const text = this.#chunk.slice(this.#at);
    this.#chunk = '';
    this.#at = 0;
    return text === '' ? yield* this.#process.read(this.#descriptor) : text;
  }

  #take(tail: string): string {
    if (this.#pending.length === 0) return tail;
    const text = this.#pending.join('') + tail;
    this.#pending = [];
    this.#process.host.memory.release(this.#process, this.#heldLength);
    this.#heldLength = 0;
    return text;
  }
}

/**
 * Counts text that a command keeps against the memory of its container. Over the limit the container is killed while
 * this waits; were it not, the call would fail.
 */
export function* holdMemory(process: Process, bytes: number): Blocking<void> {
  if (process.host.memory.allocate(process, bytes)) return;
  yield* process.sleep(0);
  throw new Errno('ENOMEM');
}

/** What a command says about an input it cannot open; `message` is the C library's text. */
export type OpenComplaint = (call: Call, path: string, message: string) => string;

/** `cat: can't open 'x': ...` of busybox, `cat: x: ...` of GNU. */
export const cannotOpen: OpenComplaint = (call, path, message) =>
  call.say(`can't open '${path}': ${message}`, `${path}: ${message}`);

/** `wc: x: ...`, the same in both. */
export const namedFailure: OpenComplaint = (_, path, message) => `${path}: ${message}`;

/** Opens an operand for reading (`-` is standard input); undefined after a complaint. */
export function* openInput(
  call: Call,
  path: string,
  complaint: OpenComplaint = cannotOpen,
  status = 1,
): Blocking<number | undefined> {
  if (path === '-') return 0;
  try {
    const descriptor = call.process.open(path, { read: true });
    if (call.process.describe(descriptor).type !== 'directory') return descriptor;
    call.process.close(descriptor);
    throw new Errno('EISDIR');
  } catch (thrown) {
    const { code, message } = asErrno(thrown);
    const text =
      code === 'EISDIR' ? directoryComplaint(call, path) : complaint(call, path, message);
    yield* call.warn(text, status);
    return undefined;
  }
}

function directoryComplaint(call: Call, path: string): string {
  return call.gnu ? `${path}: Is a directory` : 'read error: Is a directory';
}

/** Closes what `openInput` opened. */
export function closeInput(call: Call, descriptor: number): void {
  if (descriptor !== 0) call.process.close(descriptor);
}

/** The operands that are files, or standard input where there are none. */
export function inputsOf(operands: readonly string[]): readonly string[] {
  return operands.length === 0 ? ['-'] : operands;
}

export interface EachLineOptions {
  readonly complaint?: OpenComplaint;
  readonly status?: number;
  readonly delimiter?: string;
  /** Called before the first line of each input. */
  readonly begin?: (path: string) => void;
}

/**
 * Hands every line of the inputs to `handle`, which puts its output into `call.out`. `handle` returns 'stop' to read no
 * further input at all, 'skip' for the next file.
 */
export function* eachLine(
  call: Call,
  paths: readonly string[],
  handle: (line: Line, path: string) => 'stop' | 'skip' | undefined,
  options: EachLineOptions = {},
): Blocking<void> {
  for (const path of paths) {
    const descriptor = yield* openInput(call, path, options.complaint, options.status);
    if (descriptor === undefined) continue;
    options.begin?.(path);
    const outcome = yield* linesOf(call, descriptor, path, handle, options.delimiter);
    closeInput(call, descriptor);
    if (outcome === 'stop') return;
  }
}

function* linesOf(
  call: Call,
  descriptor: number,
  path: string,
  handle: (line: Line, path: string) => 'stop' | 'skip' | undefined,
  delimiter: string | undefined,
): Blocking<'stop' | 'skip' | undefined> {
  const reader = new LineReader(call.process, descriptor, delimiter);
  for (let count = 1; ; count += 1) {
    if (!reader.ready || call.out.full) yield* call.out.flush();
    if (count % linesPerStep === 0) yield* call.process.work(1);
    const line = yield* reader.next();
    if (line === undefined) return undefined;
    const outcome = handle(line, path);
    if (outcome !== undefined) return outcome;
  }
}

/** Reads an input to its end, counting it against the container's memory. */
export function* readAll(call: Call, descriptor: number): Blocking<string> {
  const parts: string[] = [];
  for (;;) {
    const chunk = yield* call.process.read(descriptor);
    if (chunk === undefined) return parts.join('');
    parts.push(chunk);
    yield* holdMemory(call.process, chunk.length);
  }
}

/** All lines of the inputs, without their ends, counted against the container's memory. */
export function* readLines(
  call: Call,
  paths: readonly string[],
  options: EachLineOptions = {},
): Blocking<string[]> {
  const lines: string[] = [];
  for (const path of paths) {
    const descriptor = yield* openInput(call, path, options.complaint, options.status);
    if (descriptor === undefined) continue;
    lines.push(...splitLines(yield* readAll(call, descriptor), options.delimiter));
    closeInput(call, descriptor);
  }
  return lines;
}

/** A text's lines; the last need not have an end. */
export function splitLines(text: string, delimiter = '\n'): string[] {
  const lines = text.split(delimiter);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}
