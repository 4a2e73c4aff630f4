// The client's side of HTTP/1.1: steps that curl and wget put together, and one call for programs that only want an answer.
import { timedOut, withDeadline } from '../base/deadline.ts';
import { asErrno } from '../base/errors.ts';
import { byteLength } from '../base/bytes.ts';
import { resolveHost } from '../dns/resolve.ts';
import type { Blocking, Connection, Process } from '../../types.ts';
import { headerValue, headText, type HeaderList } from './message.ts';
import { bodyFraming, HttpReader, type BodyFraming } from './reader.ts';
import { certificateProblem, greetServer } from './tls.ts';
import { hostHeader, parseUrl, type Url } from './url.ts';

const maxBodyBytes = 4_194_304;

export type ConnectOutcome =
  | { readonly kind: 'connected'; readonly connection: Connection; readonly ip: string }
  | { readonly kind: 'unresolved' }
  /** `code` is the errno of the last address tried. */
  | {
      readonly kind: 'failed';
      readonly ip: string;
      readonly code: string;
      readonly message: string;
    };

/** Connects to the first address that takes the call. */
export function* connectTo(
  process: Process,
  addresses: readonly string[],
  port: number,
): Blocking<ConnectOutcome> {
  let outcome: ConnectOutcome = { kind: 'unresolved' };
  for (const ip of addresses) {
    try {
      const connection = yield* process.sockets.connect({ ip, port });
      return { kind: 'connected', connection, ip };
    } catch (thrown) {
      const { code, message } = asErrno(thrown);
      outcome = { kind: 'failed', ip, code, message };
    }
  }
  return outcome;
}

export interface StatusLine {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
}

/** `HTTP/1.1 200 OK`; undefined for what is no status line. */
export function parseStatusLine(line: string): StatusLine | undefined {
  const found = /^HTTP\/(\d(?:\.\d)?) (\d{3})(?: (.*))?$/.exec(line);
  if (found === null) return undefined;
  return { version: found[1] ?? '', status: Number(found[2]), reason: found[3] ?? '' };
}

/** How the body of a response ends; one to HEAD, and 204 and 304, have none. */
export function responseFraming(method: string, status: number, headers: HeaderList): BodyFraming {
  if (method === 'HEAD' || status === 204 || status === 304) return { by: 'length', bytes: 0 };
  return bodyFraming(headers, { by: 'close' });
}

export interface RequestOptions {
  readonly url: string;
  readonly method?: string;
  readonly headers?: HeaderList;
  readonly body?: string;
  /** For the whole exchange; no limit when left out. */
  readonly timeoutMs?: number;
  /** Takes any certificate. */
  readonly insecure?: boolean;
  /** Common names of the signers that are trusted. */
  readonly trustedIssuers?: readonly string[];
}

export type RequestResult =
  | {
      readonly kind: 'response';
      readonly status: number;
      readonly reason: string;
      readonly headers: HeaderList;
      readonly body: string;
    }
  | { readonly kind: 'failed'; readonly problem: string };

/** Asks one web address and takes the whole answer; redirects are not followed. `problem` is text for a log line. */
export function* requestUrl(process: Process, options: RequestOptions): Blocking<RequestResult> {
  const url = parseUrl(options.url);
  if (typeof url === 'string') return { kind: 'failed', problem: `bad URL ${options.url}` };
  const deadlineMs =
    options.timeoutMs === undefined ? undefined : process.clock.nowMs() + options.timeoutMs;
  const outcome = yield* withDeadline(process.clock, deadlineMs, exchange(process, url, options));
  return outcome === timedOut ? { kind: 'failed', problem: 'timed out' } : outcome;
}

function* exchange(process: Process, url: Url, options: RequestOptions): Blocking<RequestResult> {
  const resolved = yield* resolveHost(process, url.host);
  if (resolved.kind !== 'found') {
    return { kind: 'failed', problem: `could not resolve host ${url.host}` };
  }
  const connected = yield* connectTo(process, resolved.addresses, url.port);
  if (connected.kind !== 'connected') {
    const problem = connected.kind === 'failed' ? connected.message : 'no address';
    return { kind: 'failed', problem };
  }
  try {
    return yield* converse(process, url, connected.connection, options);
  } catch (thrown) {
    return { kind: 'failed', problem: asErrno(thrown).message };
  } finally {
    connected.connection.close();
  }
}

function* converse(
  process: Process,
  url: Url,
  connection: Connection,
  options: RequestOptions,
): Blocking<RequestResult> {
  const reader = new HttpReader(connection);
  if (url.scheme === 'https') {
    const certificate = yield* greetServer(connection, reader, url.host);
    if (typeof certificate === 'string') return { kind: 'failed', problem: 'TLS handshake failed' };
    const trusted = options.insecure === true ? [certificate.issuer] : options.trustedIssuers;
    const nowMs = process.clock.nowMs();
    const problem = certificateProblem(certificate, url.host, trusted ?? [], nowMs);
    if (problem !== undefined && options.insecure !== true) {
      return { kind: 'failed', problem: `certificate not accepted: ${problem}` };
    }
  }
  const method = options.method ?? 'GET';
  yield* connection.write(requestText(url, method, options.headers ?? [], options.body));
  const head = yield* reader.head();
  if (typeof head === 'string') return { kind: 'failed', problem: 'empty reply' };
  const line = parseStatusLine(head.start);
  if (line === undefined) return { kind: 'failed', problem: 'no HTTP answer' };
  const framing = responseFraming(method, line.status, head.headers);
  const body = yield* reader.body(framing, maxBodyBytes);
  if (body === 'broken' || body === 'too-long') {
    return { kind: 'failed', problem: 'connection closed within the answer' };
  }
  const { status, reason } = line;
  return { kind: 'response', status, reason, headers: head.headers, body };
}

function requestText(
  url: Url,
  method: string,
  headers: HeaderList,
  body: string | undefined,
): string {
  const all: (readonly [string, string])[] = [['Host', hostHeader(url)], ...headers];
  if (headerValue(headers, 'connection') === undefined) all.push(['Connection', 'close']);
  if (body !== undefined) all.push(['Content-Length', `${byteLength(body)}`]);
  return headText(`${method} ${url.target} HTTP/1.1`, all) + (body ?? '');
}
