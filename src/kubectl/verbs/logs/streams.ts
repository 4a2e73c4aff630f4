// Logs as they come: one after the other, or several followed at once.
import type { PodLogOptions, StreamHandle } from '#sim/apiserver/streaming.ts';
import { Queue } from '#sim/kernel/wait-queue.ts';
import type { Blocking } from '#sim/kernel/types.ts';
import { StatusFailure } from '../../failure.ts';
import type { Session } from '../../session.ts';
import { Arrivals } from '../../streams/stream.ts';
import type { LogSource } from './logs.ts';

/** One open log; its lines carry the prefix of their container. */
class LogStream {
  readonly arrivals: Arrivals;
  readonly #prefix: string;
  readonly #handle: StreamHandle;
  #atLineStart = true;

  constructor(session: Session, source: LogSource, options: PodLogOptions, queue: Queue) {
    this.arrivals = new Arrivals(queue);
    this.#prefix = source.prefix;
    const { namespace, pod, container } = source;
    const wanted = { ...options, container };
    const opened = session.api.server.logs(namespace, pod, wanted, this.arrivals);
    if (!opened.ok) throw new StatusFailure(opened.status);
    this.#handle = opened.handle;
  }

  /** What has come since the last time. */
  take(): string {
    const chunks = this.arrivals.chunks.splice(0);
    return this.#prefixed(chunks.map(({ text }) => text).join(''));
  }

  get isOver(): boolean {
    return this.arrivals.closed !== undefined && this.arrivals.chunks.length === 0;
  }

  close(): void {
    this.#handle.close();
  }

  #prefixed(text: string): string {
    if (this.#prefix === '' || text === '') return text;
    let result = '';
    for (const line of text.split(/(?<=\n)/)) {
      result += this.#atLineStart ? this.#prefix + line : line;
      this.#atLineStart = line.endsWith('\n');
    }
    return result;
  }
}

/** Prints logs until all of them are over. */
function* printUntilOver(
  session: Session,
  streams: readonly LogStream[],
  queue: Queue,
): Blocking<void> {
  const { output, process } = session;
  try {
    for (;;) {
      for (const stream of streams) output.out(stream.take());
      yield* output.flush();
      if (streams.every((stream) => stream.isOver)) return;
      if (streams.every((stream) => stream.arrivals.chunks.length === 0)) {
        yield* process.waitFor([queue]);
      }
    }
  } finally {
    for (const stream of streams) stream.close();
  }
}

export function* readOne(
  session: Session,
  source: LogSource,
  options: PodLogOptions,
): Blocking<void> {
  yield* followAll(session, [source], options);
}

/** Opens all logs first, then prints each line when it comes. */
export function* followAll(
  session: Session,
  sources: readonly LogSource[],
  options: PodLogOptions,
): Blocking<void> {
  yield* session.output.flush();
  const queue = new Queue();
  const streams = sources.map((source) => new LogStream(session, source, options, queue));
  yield* printUntilOver(session, streams, queue);
}
