// A container's log file: lines with the time at which they were written, as containerd keeps them.
import type { Clock } from '../../runtime/clock.ts';
import { byteLength } from '../../kernel/commands/base/bytes.ts';
import type { LogLine } from './types.ts';

/** The kubelet starts a new file then (containerLogMaxSize), and kubectl logs only reads the newest. */
const maxBytes = 10 * 1_048_576;
/** containerd splits longer lines. */
const maxLineLength = 16_384;
/** Time, stream and tag in front of every line of the file. */
const headerBytes = 46;

type Stream = LogLine['stream'];

/** Lines that were written at once; kept as one text, for a log may have very many short ones. */
interface Chunk {
  readonly atMs: number;
  readonly stream: Stream;
  /** Whole lines, each with its newline, or one piece of a line without. */
  readonly text: string;
}

export class LogBuffer {
  readonly #clock: Clock;
  readonly #unfinished = { stdout: '', stderr: '' };
  readonly #listeners = new Set<(line: LogLine) => void>();
  #chunks: Chunk[] = [];
  #bytes = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How much room the log takes on the node. */
  get sizeBytes(): number {
    return this.#bytes;
  }

  /** Text as the program wrote it; the end of a line may come later. */
  write(stream: Stream, text: string): void {
    const whole = this.#unfinished[stream] + text;
    const end = whole.lastIndexOf('\n') + 1;
    let rest = whole.slice(end);
    if (end > 0) this.#keep(stream, whole.slice(0, end));
    while (rest.length >= maxLineLength) {
      this.#keep(stream, rest.slice(0, maxLineLength));
      rest = rest.slice(maxLineLength);
    }
    this.#unfinished[stream] = rest;
  }

  /** The program is gone: what stands without a newline is kept as it is. */
  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.#unfinished[stream];
      this.#unfinished[stream] = '';
      if (rest !== '') this.#keep(stream, rest);
    }
  }

  /** Everything of the newest file. */
  lines(): readonly LogLine[] {
    return this.#chunks.flatMap(linesOf);
  }

  /** Calls back for every line from now on; returns what stops that. */
  onLine(listener: (line: LogLine) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #keep(stream: Stream, text: string): void {
    const chunk: Chunk = { atMs: this.#clock.nowMs(), stream, text };
    const count = text.split('\n').length - 1;
    const bytes = byteLength(text) + Math.max(1, count) * headerBytes;
    if (this.#bytes + bytes > maxBytes) {
      this.#chunks = [];
      this.#bytes = 0;
    }
    this.#chunks.push(chunk);
    this.#bytes += bytes;
    if (this.#listeners.size === 0) return;
    for (const line of linesOf(chunk)) for (const listener of [...this.#listeners]) listener(line);
  }
}

function linesOf({ atMs, stream, text }: Chunk): readonly LogLine[] {
  if (!text.endsWith('\n')) return [{ atMs, stream, text, complete: false }];
  const lines = text.slice(0, -1).split('\n');
  return lines.flatMap((line): LogLine[] =>
    splitLong(line).map((piece, index, all) => ({
      atMs,
      stream,
      text: piece,
      complete: index === all.length - 1,
    })),
  );
}

function splitLong(line: string): readonly string[] {
  if (line.length <= maxLineLength) return [line];
  const pieces: string[] = [];
  for (let at = 0; at < line.length; at += maxLineLength) {
    pieces.push(line.slice(at, at + maxLineLength));
  }
  return pieces;
}
