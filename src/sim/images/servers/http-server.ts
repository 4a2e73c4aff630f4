// The server's side of HTTP/1.1 on one connection: requests one after the other, answers with their length.
import { byteLength } from '../../kernel/commands/base/bytes.ts';
import { timedOut, withDeadline } from '../../kernel/commands/base/deadline.ts';
import {
  headerValue,
  headText,
  reasonPhrase,
  type HeaderList,
  type HttpRequest,
} from '../../kernel/commands/http/message.ts';
import { bodyFraming, type HttpReader } from '../../kernel/commands/http/reader.ts';
import type { Blocking, Connection } from '../../kernel/types.ts';
import type { Clock } from '../../runtime/clock.ts';

const maxBodyBytes = 1_048_576;

export type RequestOutcome =
  | { readonly kind: 'request'; readonly request: HttpRequest }
  /** The client has gone or has been silent for too long. */
  | { readonly kind: 'closed' }
  /** No request that can be understood: answer with this status and close. */
  | { readonly kind: 'bad'; readonly status: 400 | 413 };

/** Waits for the next request. One reader per connection, so that what came early is not lost. */
export function* readRequest(
  reader: HttpReader,
  options: { readonly clock: Clock; readonly idleMs: number },
): Blocking<RequestOutcome> {
  const deadlineMs = options.clock.nowMs() + options.idleMs;
  const isTls = yield* withDeadline(options.clock, deadlineMs, beginsWithTls(reader));
  if (isTls === true) return { kind: 'bad', status: 400 };
  const head = yield* withDeadline(options.clock, deadlineMs, reader.head());
  if (head === 'closed' || head === timedOut) return { kind: 'closed' };
  if (head === 'broken') return { kind: 'bad', status: 400 };
  const found = /^([A-Z]{1,20}) (\S+)(?: HTTP\/(1\.[01]))?$/.exec(head.start);
  if (found === null) return { kind: 'bad', status: 400 };
  const framing = bodyFraming(head.headers, { by: 'length', bytes: 0 });
  const body = yield* withDeadline(options.clock, deadlineMs, reader.body(framing, maxBodyBytes));
  if (body === timedOut || body === 'broken') return { kind: 'closed' };
  if (body === 'too-long') return { kind: 'bad', status: 413 };
  const [, method = '', target = '', version = '1.0'] = found;
  return { kind: 'request', request: { method, target, version, headers: head.headers, body } };
}

export interface Answer {
  readonly status: number;
  /** The words behind the status; the RFC's when left out. */
  readonly reason?: string;
  readonly headers: HeaderList;
  readonly body: string;
}

/** Sends an answer with the headers as they are given; HEAD gets no body. */
export function* writeAnswer(
  connection: Connection,
  answer: Answer,
  options: { readonly isHead: boolean; readonly version?: string },
): Blocking<void> {
  const reason = answer.reason ?? reasonPhrase(answer.status);
  const start = `HTTP/${options.version ?? '1.1'} ${answer.status} ${reason}`;
  yield* connection.write(headText(start, answer.headers) + (options.isHead ? '' : answer.body));
}

/** `Content-Length` of a body. */
export function lengthHeader(body: string): readonly [string, string] {
  return ['Content-Length', String(byteLength(body))];
}

/** Whether the client may send another request on this connection (RFC 9112, section 9.3). */
export function keepsAlive(request: HttpRequest): boolean {
  const wish = headerValue(request.headers, 'connection')?.toLowerCase();
  return request.version === '1.1' ? wish !== 'close' : wish === 'keep-alive';
}

/** Path and query of a target; the path decoded, undefined where that cannot be done. */
export function splitTarget(target: string): { path: string | undefined; query: string } {
  const mark = target.indexOf('?');
  const raw = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? '' : target.slice(mark + 1);
  try {
    return { path: decodeURIComponent(raw), query };
  } catch {
    return { path: undefined, query };
  }
}

/** Whether the client greets as for https: no HTTP server waits for the rest of that. */
function* beginsWithTls(reader: HttpReader): Blocking<boolean> {
  if (reader.buffered === '') yield* reader.more();
  return reader.buffered.startsWith('TLS hello ');
}
