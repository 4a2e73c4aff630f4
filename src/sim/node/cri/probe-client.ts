// One HTTP or TCP probe from the node, with the client's errors in Go's words (pkg/probe/http, pkg/probe/tcp).
import { timedOut, withDeadline } from '../../kernel/commands/base/deadline.ts';
import { isIpv4, resolveHost } from '../../kernel/commands/dns/resolve.ts';
import { parseStatusLine, responseFraming } from '../../kernel/commands/http/client.ts';
import { headerValue, headText, type HeaderList } from '../../kernel/commands/http/message.ts';
import { HttpReader } from '../../kernel/commands/http/reader.ts';
import { greetServer } from '../../kernel/commands/http/tls.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Connection, Process, SocketAddress } from '../../kernel/types.ts';
import { clientTimeout, dialError, readError } from './go-errors.ts';

export interface HttpTarget {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** `HTTP` or `HTTPS`. */
  readonly scheme: string;
  readonly headers: HeaderList;
}

export type HttpOutcome =
  { readonly status: number; readonly body: string } | { readonly error: string };

const maxBodyBytes = 10_240;
const maxRedirects = 10;

/** GET, following redirects that stay on the host. */
export function* httpProbe(
  process: Process,
  target: HttpTarget,
  timeoutMs: number,
): Blocking<HttpOutcome> {
  const deadlineMs = process.clock.nowMs() + timeoutMs;
  let now = target;
  for (let redirects = 0; ; redirects += 1) {
    const steps = exchange(process, now);
    const outcome = yield* withDeadline(process.clock, deadlineMs, steps);
    if (outcome === timedOut) return { error: wrap(now, clientTimeout) };
    if ('error' in outcome) return { error: wrap(now, outcome.error) };
    const next = redirectTarget(now, outcome);
    if (next === undefined) return { status: outcome.status, body: outcome.body };
    if (redirects >= maxRedirects) {
      return { error: wrap(now, `stopped after ${maxRedirects} redirects`) };
    }
    now = next;
  }
}

/** Connects and closes. Undefined when that went well. */
export function* tcpProbe(
  process: Process,
  target: { readonly host: string; readonly port: number },
  timeoutMs: number,
): Blocking<string | undefined> {
  const address = yield* lookUp(process, target.host, target.port);
  if ('error' in address) return address.error;
  try {
    const connection = yield* process.sockets.connect(address, timeoutMs);
    connection.close();
    return undefined;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return dialError(address, error.code);
  }
}

interface Response {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: string;
}

function wrap(target: HttpTarget, problem: string): string {
  return `Get "${urlOf(target)}": ${problem}`;
}

function urlOf({ scheme, host, port, path }: HttpTarget): string {
  const slash = path.startsWith('/') ? '' : '/';
  return `${scheme.toLowerCase()}://${host}:${port}${slash}${path}`;
}

function* lookUp(
  process: Process,
  host: string,
  port: number,
): Blocking<SocketAddress | { readonly error: string }> {
  if (isIpv4(host)) return { ip: host, port };
  const resolved = yield* resolveHost(process, host);
  const ip = resolved.kind === 'found' ? resolved.addresses[0] : undefined;
  return ip === undefined ? { error: `dial tcp: lookup ${host}: no such host` } : { ip, port };
}

function* exchange(
  process: Process,
  target: HttpTarget,
): Blocking<Response | { readonly error: string }> {
  const address = yield* lookUp(process, target.host, target.port);
  if ('error' in address) return address;
  let connection: Connection;
  try {
    connection = yield* process.sockets.connect(address);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return { error: dialError(address, error.code) };
  }
  try {
    return yield* converse(connection, target);
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (error.code === 'EPIPE') return { error: 'EOF' };
    return { error: readError(connection.local, address) };
  } finally {
    connection.close();
  }
}

function* converse(
  connection: Connection,
  target: HttpTarget,
): Blocking<Response | { readonly error: string }> {
  const reader = new HttpReader(connection);
  if (target.scheme.toUpperCase() === 'HTTPS') {
    // The kubelet takes any certificate.
    const certificate = yield* greetServer(connection, reader, target.host);
    if (certificate === 'closed') return { error: 'EOF' };
    if (certificate === 'not-tls') {
      return { error: 'http: server gave HTTP response to HTTPS client' };
    }
  }
  yield* connection.write(requestText(target));
  const head = yield* reader.head();
  if (head === 'closed') return { error: 'EOF' };
  const line = head === 'broken' ? undefined : parseStatusLine(head.start);
  if (head === 'broken' || line === undefined) {
    const got = head === 'broken' ? reader.buffered : head.start;
    const broken = 'net/http: HTTP/1.x transport connection broken';
    return { error: `${broken}: malformed HTTP response ${JSON.stringify(got.slice(0, 80))}` };
  }
  const framing = responseFraming('GET', line.status, head.headers);
  const body = yield* reader.body(framing, maxBodyBytes);
  const text = body === 'broken' || body === 'too-long' ? '' : body;
  return { status: line.status, headers: head.headers, body: text };
}

function requestText({ host, port, path, headers }: HttpTarget): string {
  const own = (name: string): boolean => headerValue(headers, name) !== undefined;
  const usual = [
    ['Host', `${host}:${port}`],
    ['User-Agent', 'kube-probe/1.33'],
    ['Accept', '*/*'],
    ['Connection', 'close'],
  ] as const;
  const all = [...usual.filter(([name]) => !own(name)), ...headers];
  return headText(`GET ${path.startsWith('/') ? path : `/${path}`} HTTP/1.1`, all);
}

/** Where to ask next; undefined when the answer stands, as it does for a redirect to another host. */
function redirectTarget(target: HttpTarget, response: Response): HttpTarget | undefined {
  if (![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const location = headerValue(response.headers, 'location') ?? '';
  if (location.startsWith('/')) return { ...target, path: location };
  const found = /^(https?):\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(location);
  if (found === null || found[2] !== target.host) return undefined;
  const scheme = (found[1] ?? 'http').toUpperCase();
  const port = found[3] === undefined ? (scheme === 'HTTPS' ? 443 : 80) : Number(found[3]);
  return { ...target, scheme, port, path: found[4] ?? '/' };
}
