// proxy_pass: the request goes on to another server, by addresses that nginx looked up once, when it started.
import { withDeadline, timedOut } from '../../kernel/commands/base/deadline.ts';
import { parseStatusLine, responseFraming } from '../../kernel/commands/http/client.ts';
import { headText, type HeaderList } from '../../kernel/commands/http/message.ts';
import { HttpReader } from '../../kernel/commands/http/reader.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Connection, Process, SocketAddress } from '../../kernel/types.ts';
import { numbered } from '../servers/errno-numbers.ts';
import { lengthHeader } from '../servers/http-server.ts';
import type { NginxConfig } from './config.ts';
import type { Settings } from './settings.ts';
import type { Outcome } from './static-files.ts';
import { expandVariables, type Exchange } from './variables.ts';

const maxBodyBytes = 4_194_304;
/** Headers of the answer that nginx writes itself or leaves out. */
const hopHeaders = [
  'connection',
  'keep-alive',
  'date',
  'server',
  'content-length',
  'transfer-encoding',
];

export interface ProxyTarget {
  /** Host and port as written: the Host header of the request that goes on. */
  readonly authority: string;
  readonly host: string;
  readonly port: number;
  /** Undefined when the address ends behind the port: then the path goes on unchanged. */
  readonly uri: string | undefined;
}

/** Takes `http://host:port/uri` apart. */
export function parseProxyTarget(url: string): ProxyTarget {
  const rest = url.slice('http://'.length);
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const colon = authority.lastIndexOf(':');
  return {
    authority,
    host: colon < 0 ? authority : authority.slice(0, colon),
    port: colon < 0 ? 80 : Number(authority.slice(colon + 1)),
    uri: slash < 0 ? undefined : rest.slice(slash),
  };
}

/** Hosts and ports behind a target: those of the upstream block with its name, or itself. */
export function serversOf(config: NginxConfig, target: ProxyTarget): readonly ProxyTarget[] {
  const upstream = config.upstreams.get(target.host);
  return upstream?.map((server) => parseProxyTarget(`http://${server}`)) ?? [target];
}

/** Takes turns among the addresses of each target; one per worker. */
export class Upstreams {
  readonly #addresses: ReadonlyMap<string, readonly SocketAddress[]>;
  readonly #turns = new Map<string, number>();

  constructor(addresses: ReadonlyMap<string, readonly SocketAddress[]>) {
    this.#addresses = addresses;
  }

  /** The addresses of a target (by its authority), the one whose turn it is first. */
  inTurn(authority: string): readonly SocketAddress[] {
    const all = this.#addresses.get(authority) ?? [];
    const turn = this.#turns.get(authority) ?? 0;
    this.#turns.set(authority, turn + 1);
    const start = turn % Math.max(1, all.length);
    return [...all.slice(start), ...all.slice(0, start)];
  }
}

/** Sends the request on and takes the answer; the next address when one cannot be reached. */
export function* proxyRequest(
  process: Process,
  exchange: Exchange,
  route: { readonly settings: Settings; readonly location: string; readonly upstreams: Upstreams },
): Blocking<Outcome> {
  const { settings, location, upstreams } = route;
  const target = parseProxyTarget(settings.proxyTo ?? '');
  exchange.proxyHost = target.authority;
  const uri =
    target.uri === undefined
      ? exchange.request.target
      : target.uri + exchange.request.target.slice(location.length);
  let failure: Outcome = { status: 502, log: `no live upstreams while connecting to upstream` };
  for (const address of upstreams.inTurn(target.authority)) {
    exchange.upstream = `${address.ip}:${address.port}`;
    const shown = `http://${exchange.upstream}${uri}`;
    try {
      const connection = yield* process.sockets.connect(address, settings.proxyTimeoutMs);
      try {
        return yield* converse(process, connection, { exchange, settings, uri, shown });
      } finally {
        connection.close();
      }
    } catch (error) {
      if (!isErrno(error)) throw error;
      failure =
        error.code === 'ETIMEDOUT'
          ? {
              status: 504,
              log: `upstream timed out (${numbered(error)}) while connecting to upstream`,
            }
          : {
              status: 502,
              log: `connect() failed (${numbered(error)}) while connecting to upstream`,
            };
    }
  }
  return failure;
}

interface Conversation {
  readonly exchange: Exchange;
  readonly settings: Settings;
  readonly uri: string;
  readonly shown: string;
}

function* converse(
  process: Process,
  connection: Connection,
  { exchange, settings, uri }: Conversation,
): Blocking<Outcome> {
  const { request } = exchange;
  const headers = requestHeaders(exchange, settings);
  yield* connection.write(headText(`${request.method} ${uri} HTTP/1.0`, headers) + request.body);
  const reader = new HttpReader(connection);
  const deadlineMs = process.clock.nowMs() + 60_000;
  const head = yield* withDeadline(process.clock, deadlineMs, reader.head());
  if (head === timedOut) {
    const why = '110: Connection timed out';
    return {
      status: 504,
      log: `upstream timed out (${why}) while reading response header from upstream`,
    };
  }
  const line = typeof head === 'string' ? undefined : parseStatusLine(head.start);
  if (typeof head === 'string' || line === undefined) {
    const log =
      'upstream prematurely closed connection while reading response header from upstream';
    return { status: 502, log };
  }
  const framing = responseFraming(request.method, line.status, head.headers);
  const body = yield* reader.body(framing, maxBodyBytes);
  const text = body === 'broken' || body === 'too-long' ? '' : body;
  const kept = head.headers.filter(([name]) => !hopHeaders.includes(name.toLowerCase()));
  return {
    answer: {
      status: line.status,
      reason: line.reason,
      headers: [...kept, lengthHeader(text)],
      body: text,
    },
  };
}

function requestHeaders(exchange: Exchange, settings: Settings): HeaderList {
  const own = settings.proxyHeaders.map(
    ([name, value]) => [name, expandVariables(value, exchange)] as const,
  );
  const set = new Set(own.map(([name]) => name.toLowerCase()));
  const usual = [
    ['Host', exchange.proxyHost],
    ['Connection', 'close'],
  ] as const;
  const passed = exchange.request.headers.filter(
    ([name]) =>
      !set.has(name.toLowerCase()) && !['host', 'connection'].includes(name.toLowerCase()),
  );
  return [
    ...usual.filter(([name]) => !set.has(name.toLowerCase())),
    ...own.filter(([, value]) => value !== ''),
    ...passed,
  ];
}
