// A small HTTP application: one handler for all requests, on one process with an event loop.
import type { HttpRequest } from '../../kernel/commands/http/message.ts';
import { HttpReader } from '../../kernel/commands/http/reader.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Connection, Listener, Process, SignalName } from '../../kernel/types.ts';
import {
  keepsAlive,
  lengthHeader,
  readRequest,
  splitTarget,
  writeAnswer,
  type Answer,
} from './http-server.ts';
import { EventLoop } from './multiplex.ts';

const idleMs = 60_000;

export interface AppRequest {
  readonly request: HttpRequest;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: ReadonlyMap<string, string>;
  readonly clientIp: string;
  readonly connection: Connection;
}

export interface AppOptions {
  readonly ip?: string;
  readonly port: number;
  readonly handle: (request: AppRequest, loop: EventLoop) => Blocking<Answer>;
  /** Called after each answer, for a log line. */
  readonly afterwards?: (request: AppRequest, answer: Answer) => Blocking<void>;
  /** Called for the signals below; without it they do what the kernel does with them. */
  readonly onSignal?: (signal: SignalName, loop: EventLoop) => void;
  /** TERM and INT when left out. */
  readonly signals?: readonly SignalName[];
  /** Something to do before HTTP begins, as a TLS greeting; false ends the connection. */
  readonly greet?: (connection: Connection, reader: HttpReader) => Blocking<boolean>;
  /** Called once the port is open. */
  readonly started?: (loop: EventLoop) => Blocking<void>;
}

/** Serves until the loop is stopped. 'in use' and other words when the port cannot be had. */
export function* serveApp(process: Process, options: AppOptions): Blocking<string | undefined> {
  const loop = new EventLoop(process);
  let listener: Listener;
  try {
    listener = process.sockets.listen({ ip: options.ip ?? '0.0.0.0', port: options.port });
  } catch (error) {
    if (!isErrno(error)) throw error;
    return error.message;
  }
  if (options.onSignal !== undefined) {
    const signals = options.signals ?? ['TERM', 'INT'];
    for (const signal of signals) process.onSignal(signal, 'handle');
  }
  if (options.started !== undefined) yield* options.started(loop);
  loop.add(acceptAll(process, listener, options, loop));
  yield* loop.run((signal) => options.onSignal?.(signal, loop));
  return undefined;
}

function* acceptAll(
  process: Process,
  listener: Listener,
  options: AppOptions,
  loop: EventLoop,
): Blocking<void> {
  for (;;) {
    const connection = yield* listener.accept();
    if (connection === undefined) return;
    loop.add(serveOne(process, connection, options, loop));
  }
}

function* serveOne(
  process: Process,
  connection: Connection,
  options: AppOptions,
  loop: EventLoop,
): Blocking<void> {
  const reader = new HttpReader(connection);
  try {
    if (options.greet !== undefined && !(yield* options.greet(connection, reader))) return;
    for (;;) {
      const read = yield* readRequest(reader, { clock: process.clock, idleMs });
      if (read.kind === 'closed') return;
      if (read.kind === 'bad') {
        yield* writeAnswer(connection, textAnswer(read.status, 'bad request\n'), { isHead: false });
        return;
      }
      const { request } = read;
      const { path = '/', query } = splitTarget(request.target);
      const asked: AppRequest = {
        request,
        path,
        query: parseQuery(query),
        clientIp: connection.remote.ip,
        connection,
      };
      const answer = yield* options.handle(asked, loop);
      const isHead = request.method === 'HEAD';
      const keep = keepsAlive(request);
      const headers = [...answer.headers, ['Connection', keep ? 'keep-alive' : 'close'] as const];
      yield* writeAnswer(connection, { ...answer, headers }, { isHead });
      if (options.afterwards !== undefined) yield* options.afterwards(asked, answer);
      if (!keep) return;
    }
  } finally {
    connection.close();
  }
}

/** A plain text answer. */
export function textAnswer(status: number, body: string): Answer {
  return { status, headers: [['Content-Type', 'text/plain'], lengthHeader(body)], body };
}

/** A JSON answer. */
export function jsonAnswer(status: number, value: unknown): Answer {
  const body = `${JSON.stringify(value)}\n`;
  return { status, headers: [['Content-Type', 'application/json'], lengthHeader(body)], body };
}

function parseQuery(query: string): ReadonlyMap<string, string> {
  const pairs = query.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    return equals < 0
      ? ([pair, ''] as const)
      : ([pair.slice(0, equals), pair.slice(equals + 1)] as const);
  });
  return new Map(pairs.map(([name, value]) => [decode(name), decode(value)]));
}

function decode(text: string): string {
  return splitTarget(text.replaceAll('+', ' ').replaceAll('?', '%3F')).path ?? text;
}

/** A step that does not wait. */
// eslint-disable-next-line require-yield -- the point of it
export function* atOnce<T>(value: T): Blocking<T> {
  return value;
}
