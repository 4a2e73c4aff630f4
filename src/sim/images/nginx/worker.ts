// A worker process: accepts connections, answers requests, writes the two logs.
import { HttpReader } from '../../kernel/commands/http/reader.ts';
import type { Blocking, Connection, Listener, Process } from '../../kernel/types.ts';
import { httpDate } from '../servers/http-dates.ts';
import {
  keepsAlive,
  lengthHeader,
  readRequest,
  splitTarget,
  writeAnswer,
  type Answer,
} from '../servers/http-server.ts';
import { EventLoop } from '../servers/multiplex.ts';
import type { NginxConfig } from './config.ts';
import type { Settings } from './settings.ts';
import type { NginxLogs } from './logs.ts';
import { builtInPage } from './pages.ts';
import { proxyRequest, type Upstreams } from './proxy.ts';
import { routeRequest, type Route } from './route.ts';
import { serveFile, tryFiles, type Outcome } from './static-files.ts';
import { reasonOf } from './status.ts';
import { expandVariables, hostOf, type Exchange } from './variables.ts';

const keepAliveMs = 65_000;

export interface WorkerOptions {
  readonly version: string;
  readonly config: NginxConfig;
  readonly listeners: readonly Listener[];
  readonly logs: NginxLogs;
  readonly upstreams: Upstreams;
}

/** The program of a worker. TERM and INT end it at once, QUIT when its connections are done. */
export function* runWorker(process: Process, options: WorkerOptions): Blocking<number> {
  const loop = new EventLoop(process);
  for (const signal of ['TERM', 'INT', 'QUIT'] as const) process.onSignal(signal, 'handle');
  const state = { isLeaving: false, connections: 0, active: 0 };
  const accept = function* (listener: Listener): Blocking<void> {
    for (;;) {
      const connection = yield* listener.accept();
      if (connection === undefined) return;
      state.connections += 1;
      const serving = { ...options, state, leave: () => loop.stop() };
      loop.add(serveConnection(process, connection, serving));
    }
  };
  for (const listener of options.listeners) loop.add(accept(listener));
  yield* loop.run((signal) => {
    if (signal !== 'QUIT' || state.active === 0) loop.stop();
    state.isLeaving = true;
  });
  return 0;
}

interface Serving extends WorkerOptions {
  readonly state: { isLeaving: boolean; connections: number; active: number };
  /** Called when the last request of a worker that was told to leave is answered. */
  readonly leave: () => void;
}

function* serveConnection(
  process: Process,
  connection: Connection,
  serving: Serving,
): Blocking<void> {
  const { state, version } = serving;
  const connectionNumber = state.connections;
  const reader = new HttpReader(connection);
  try {
    for (;;) {
      const read = yield* readRequest(reader, { clock: process.clock, idleMs: keepAliveMs });
      if (read.kind === 'closed') return;
      if (read.kind === 'bad') {
        const answer = pageAnswer(read.status, version, 'close', process.clock.nowMs());
        yield* writeAnswer(connection, answer, { isHead: false });
        return;
      }
      state.active += 1;
      const keep = keepsAlive(read.request) && !state.isLeaving;
      const { path = '', query } = splitTarget(read.request.target);
      const exchange: Exchange = {
        request: read.request,
        path: path || '/',
        query,
        connection,
        connectionNumber,
        hostname: process.host.hostname(),
        serverName: '',
        startedMs: process.clock.nowMs(),
        nowMs: process.clock.nowMs(),
        status: 0,
        bodyBytes: 0,
        proxyHost: '',
        upstream: '',
      };
      try {
        yield* answerRequest(process, exchange, keep, serving);
      } finally {
        state.active -= 1;
        if (state.isLeaving && state.active === 0) serving.leave();
      }
      if (!keep) return;
    }
  } finally {
    connection.close();
  }
}

function* answerRequest(
  process: Process,
  exchange: Exchange,
  keep: boolean,
  serving: Serving,
): Blocking<void> {
  const { config, version, logs } = serving;
  const { request, path, connection } = exchange;
  const route = routeRequest(config, connection.local, request, path);
  const outcome: Outcome =
    route === undefined ? { status: 404 } : yield* handle(process, exchange, route, serving);
  exchange.nowMs = process.clock.nowMs();
  if (!('answer' in outcome) && outcome.log !== undefined) {
    yield* logs.error(process, errorLine(outcome.log, exchange, route));
  }
  const answer = finish(process, exchange, { outcome, route, version, keep });
  exchange.status = answer.status;
  exchange.bodyBytes = request.method === 'HEAD' ? 0 : bodyBytes(answer);
  const isHead = request.method === 'HEAD';
  yield* writeAnswer(connection, { reason: reasonOf(answer.status), ...answer }, { isHead });
  const log = route?.settings.accessLog;
  if (log !== undefined) {
    const format = config.logFormats.get(log.format) ?? '';
    yield* logs.access(process, log.path, `${expandVariables(format, exchange, '-')}\n`);
  }
}

function* handle(
  process: Process,
  exchange: Exchange,
  route: Route,
  serving: Serving,
): Blocking<Outcome> {
  const { settings, location } = route;
  const { path, request } = exchange;
  const own = settings.answer ?? route.server.settings.answer;
  if (own !== undefined) return returned(exchange, own, settings);
  if (settings.isStatus) return statusPage(serving);
  if (settings.proxyTo !== undefined) {
    return yield* proxyRequest(process, exchange, {
      settings,
      location,
      upstreams: serving.upstreams,
    });
  }
  if (settings.tryFiles.length === 0) {
    return serveFile(process.files, { path, location, method: request.method }, settings);
  }
  const chosen = tryFiles(process.files, path, location, settings);
  if (chosen.startsWith('=')) return { status: Number(chosen.slice(1)) };
  return serveFile(process.files, { path: chosen, location, method: request.method }, settings);
}

/** `return`: a redirect, a text, or one of the built-in pages. */
function returned(
  exchange: Exchange,
  own: { readonly status: number; readonly text: string },
  settings: Settings,
): Outcome {
  const text = expandVariables(own.text, exchange);
  if ([301, 302, 303, 307, 308].includes(own.status)) return { status: own.status, location: text };
  if (text === '' && own.status >= 300) return { status: own.status };
  return {
    answer: {
      status: own.status,
      headers: [['Content-Type', settings.defaultType], lengthHeader(text)],
      body: text,
    },
  };
}

function statusPage({ state }: Serving): Outcome {
  const { connections, active } = state;
  const body =
    `Active connections: ${active} \nserver accepts handled requests\n ` +
    `${connections} ${connections} ${connections} \nReading: 0 Writing: ${active} Waiting: 0 \n`;
  const headers = [['Content-Type', 'text/plain'], lengthHeader(body)] as const;
  return { answer: { status: 200, headers, body } };
}

function finish(
  process: Process,
  exchange: Exchange,
  made: {
    readonly outcome: Outcome;
    readonly route: Route | undefined;
    readonly version: string;
    readonly keep: boolean;
  },
): Answer {
  const { outcome, route, version, keep } = made;
  const nowMs = process.clock.nowMs();
  const connection = keep ? 'keep-alive' : 'close';
  const added = (route?.settings.headers ?? []).map(
    ([name, value]) => [name, expandVariables(value, exchange)] as const,
  );
  if ('answer' in outcome) {
    const { answer } = outcome;
    const first = firstHeaders(version, nowMs);
    const headers = [...first, ...answer.headers, ['Connection', connection] as const, ...added];
    return { ...answer, headers };
  }
  const page = errorPage(process, outcome.status, route);
  if (page !== undefined) {
    return {
      ...page,
      headers: [...firstHeaders(version, nowMs), ...page.headers, ['Connection', connection]],
    };
  }
  const built = pageAnswer(outcome.status, version, connection, nowMs);
  if (outcome.location === undefined) return built;
  const target = absoluteLocation(outcome.location, exchange);
  return { ...built, headers: [...built.headers, ['Location', target]] };
}

/** The file that `error_page` names, when it can be served. */
function errorPage(process: Process, status: number, route: Route | undefined): Answer | undefined {
  const path = route?.settings.errorPages.get(status);
  if (path === undefined || route === undefined) return undefined;
  const { settings } = route.server;
  const outcome = serveFile(process.files, { path, location: '', method: 'GET' }, settings);
  return 'answer' in outcome ? { ...outcome.answer, status } : undefined;
}

function pageAnswer(status: number, version: string, connection: string, nowMs: number): Answer {
  const body = builtInPage(status, version);
  const headers = [
    ...firstHeaders(version, nowMs),
    ['Content-Type', 'text/html'] as const,
    lengthHeader(body),
    ['Connection', connection] as const,
  ];
  return { status, reason: reasonOf(status), headers, body };
}

function firstHeaders(version: string, nowMs: number): readonly (readonly [string, string])[] {
  return [
    ['Server', `nginx/${version}`],
    ['Date', httpDate(nowMs)],
  ];
}

function absoluteLocation(location: string, { request, connection }: Exchange): string {
  if (!location.startsWith('/')) return location;
  const { ip, port } = connection.local;
  const shown = port === 80 ? '' : `:${port}`;
  return `http://${hostOf(request) ?? ip}${shown}${location}`;
}

function errorLine(text: string, exchange: Exchange, route: Route | undefined): string {
  const { request, connection, connectionNumber } = exchange;
  const server = route?.server.names[0] ?? '';
  const asked = `${request.method} ${request.target} HTTP/${request.version}`;
  const upstream =
    exchange.upstream === '' ? '' : `, upstream: "http://${exchange.upstream}${request.target}"`;
  const host =
    hostOf(request) === undefined
      ? ''
      : `, host: "${request.headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? ''}"`;
  return `*${connectionNumber} ${text}, client: ${connection.remote.ip}, server: ${server}, request: "${asked}"${upstream}${host}`;
}

function bodyBytes(answer: Answer): number {
  const length = answer.headers.find(([name]) => name === 'Content-Length')?.[1];
  return Number(length ?? '0');
}
