// A terminal with its line discipline in cooked mode: whole lines come in, Ctrl-C goes to the foreground group, Ctrl-D ends
// the input. Nothing is echoed: whoever types sees the line in the editor already.
import { Errno } from './errno.ts';
import { OpenFile } from './io/open-file.ts';
import { Pipe } from './io/pipe.ts';
import { anonymousStat } from './io/stats.ts';
import type { FileStat, SignalName, Terminal, WaitQueue } from './types.ts';
import type { Queue } from './wait-queue.ts';

export interface TerminalOptions {
  /** `pts/0`. */
  readonly name: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly onOutput: (text: string) => void;
  /** Called when a program begins to wait for a line, with what stands on the last line (the prompt). */
  readonly onReading?: ((prompt: string) => void) | undefined;
  /** Called when the last process that had it open has gone. */
  readonly onClose?: (() => void) | undefined;
  /** Sends a signal to a process group. */
  readonly signalGroup: (group: number, signal: SignalName) => void;
}

const maxPrompt = 1000;

export class TerminalDevice implements Terminal {
  readonly name: string;
  columns: number;
  rows: number;
  foreground = 0;
  readonly #options: TerminalOptions;
  readonly #input = new Pipe(1 << 20);
  #lastLine = '';
  #ends = 0;
  #hungUp = false;
  #opened = 0;

  constructor(options: TerminalOptions) {
    this.name = options.name;
    this.columns = options.columns ?? 80;
    this.rows = options.rows ?? 24;
    this.#options = options;
    this.#input.addWriter();
    this.#input.addReader();
  }

  /** A line with its newline, as typed and ended with Enter. */
  input(text: string): void {
    if (this.#hungUp) return;
    if (text.includes('\n')) this.#lastLine = '';
    this.#input.put(text);
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.#lastLine = '';
    this.signal('INT');
  }

  /** Another key that sends a signal (Ctrl-\). */
  signal(signal: SignalName): void {
    if (this.foreground > 0) this.#options.signalGroup(this.foreground, signal);
  }

  /** Ctrl-D on an empty line: whoever reads next finds the end once. */
  endOfInput(): void {
    this.#ends += 1;
    this.#input.readable.wake();
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.signal('WINCH');
  }

  /** The other side went away: readers find the end for ever, the foreground group gets HUP. */
  hangUp(): void {
    if (this.#hungUp) return;
    this.#hungUp = true;
    this.#input.removeWriter();
    this.signal('HUP');
  }

  /** Whether a program waits for input now. */
  get reading(): boolean {
    return this.#input.readable.busy;
  }

  /** What was written since the last newline: the prompt, if a program waits. */
  get prompt(): string {
    return this.#lastLine;
  }

  /** For a descriptor. */
  open(): OpenFile {
    this.#opened += 1;
    return new TerminalHandle(this);
  }

  /** For its handles. */
  get inputQueue(): Queue {
    return this.#input.readable;
  }

  /** For its handles. */
  get hasInput(): boolean {
    return this.#input.buffered > 0 || this.#ends > 0 || this.#hungUp;
  }

  /** For its handles: a line at most, as the line discipline gives it. */
  take(maxLength: number): string | undefined | WaitQueue {
    if (this.#input.buffered > 0) return this.#input.take(maxLength, true);
    if (this.#ends > 0) {
      this.#ends -= 1;
      return undefined;
    }
    const text = this.#input.take(maxLength, true);
    if (typeof text === 'object') this.#options.onReading?.(this.#lastLine);
    return text;
  }

  /** For its handles. */
  output(text: string): void {
    const newline = text.lastIndexOf('\n');
    const line = newline < 0 ? this.#lastLine + text : text.slice(newline + 1);
    this.#lastLine = line.slice(-maxPrompt);
    if (!this.#hungUp) this.#options.onOutput(text);
  }

  /** For its handles. */
  closed(): void {
    this.#opened -= 1;
    if (this.#opened === 0) this.#options.onClose?.();
  }
}

class TerminalHandle extends OpenFile {
  readonly #terminal: TerminalDevice;

  constructor(terminal: TerminalDevice) {
    super();
    this.#terminal = terminal;
  }

  get readable(): WaitQueue {
    return this.#terminal.inputQueue;
  }

  override get terminal(): Terminal {
    return this.#terminal;
  }

  override get canRead(): boolean {
    return this.#terminal.hasInput;
  }

  tryRead(maxLength: number): string | undefined | WaitQueue {
    return this.#terminal.take(maxLength);
  }

  tryWrite(text: string): number {
    this.#terminal.output(text);
    return text.length;
  }

  override seek(): boolean {
    throw new Errno('ESPIPE');
  }

  stat(): FileStat {
    return anonymousStat('device', 0o620);
  }

  protected override close(): void {
    this.#terminal.closed();
  }
}
