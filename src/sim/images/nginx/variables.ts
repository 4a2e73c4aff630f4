// nginx's variables in texts: log formats, returned bodies, headers.
import type { HttpRequest } from '../../kernel/commands/http/message.ts';
import { headerValue } from '../../kernel/commands/http/message.ts';
import type { Connection } from '../../kernel/types.ts';
import { accessLogTime } from '../servers/http-dates.ts';

/** One request and what is known about it by the time a text is written. */
export interface Exchange {
  readonly request: HttpRequest;
  readonly path: string;
  readonly query: string;
  readonly connection: Connection;
  /** Counts connections of the worker: `*1` in the error log. */
  readonly connectionNumber: number;
  readonly hostname: string;
  readonly serverName: string;
  readonly startedMs: number;
  nowMs: number;
  status: number;
  bodyBytes: number;
  proxyHost: string;
  upstream: string;
}

/** Replaces `$name` and `${name}`. Variables that have no value give what nginx gives: nothing, or `-` in a log. */
export function expandVariables(text: string, exchange: Exchange, empty = ''): string {
  if (!text.includes('$')) return text;
  return text.replace(/\$(?:\{(\w{1,64})\}|(\w{1,64}))/g, (_, braced?: string, bare?: string) => {
    const value = valueOf(braced ?? bare ?? '', exchange);
    return value === undefined || value === '' ? empty : value;
  });
}

function valueOf(name: string, exchange: Exchange): string | undefined {
  const { request, connection } = exchange;
  if (name.startsWith('http_')) {
    return headerValue(request.headers, name.slice(5).replaceAll('_', '-'));
  }
  if (name.startsWith('arg_')) {
    const pairs = exchange.query.split('&').map((pair) => pair.split('='));
    return pairs.find(([key]) => key === name.slice(4))?.[1];
  }
  return values[name]?.(exchange, connection);
}

const values: Readonly<
  Record<string, (exchange: Exchange, connection: Connection) => string | undefined>
> = {
  remote_addr: (_, { remote }) => remote.ip,
  remote_port: (_, { remote }) => String(remote.port),
  server_addr: (_, { local }) => local.ip,
  server_port: (_, { local }) => String(local.port),
  server_name: ({ serverName }) => serverName,
  hostname: ({ hostname }) => hostname,
  host: ({ request, serverName }) => hostOf(request) ?? serverName,
  uri: ({ path }) => path,
  document_uri: ({ path }) => path,
  request_uri: ({ request }) => request.target,
  args: ({ query }) => query,
  query_string: ({ query }) => query,
  is_args: ({ query }) => (query === '' ? '' : '?'),
  request: ({ request }) => `${request.method} ${request.target} HTTP/${request.version}`,
  request_method: ({ request }) => request.method,
  request_body: ({ request }) => request.body,
  server_protocol: ({ request }) => `HTTP/${request.version}`,
  scheme: () => 'http',
  status: ({ status }) => String(status),
  body_bytes_sent: ({ bodyBytes }) => String(bodyBytes),
  time_local: ({ nowMs }) => accessLogTime(nowMs),
  request_time: ({ nowMs, startedMs }) => ((nowMs - startedMs) / 1000).toFixed(3),
  connection: ({ connectionNumber }) => String(connectionNumber),
  proxy_host: ({ proxyHost }) => proxyHost,
  upstream_addr: ({ upstream }) => upstream,
  proxy_add_x_forwarded_for: ({ request }, { remote }) => {
    const before = headerValue(request.headers, 'x-forwarded-for');
    return before === undefined ? remote.ip : `${before}, ${remote.ip}`;
  },
};

/** The host that the client asked for, without its port. */
export function hostOf(request: HttpRequest): string | undefined {
  return headerValue(request.headers, 'host')?.replace(/:\d+$/, '').toLowerCase();
}
