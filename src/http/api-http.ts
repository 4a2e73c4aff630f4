// The simulated API server over HTTP on loopback, for the real kubectl and other clients.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { ApiServer } from '#sim/apiserver/api-server.ts';
import type { ApiRequest } from '#sim/apiserver/types.ts';
import type { Target } from './channels.ts';
import { channelProtocols, execOptions, openChannels } from './channels.ts';
import { sendDocument } from './documents.ts';
import { logOptions, sendLogs } from './log-stream.ts';
import { readBody } from './read-body.ts';
import { sendAnswer, sendJson } from './respond.ts';
import type { Incoming } from './route.ts';
import { toRoute } from './route.ts';
import { sendWatch } from './watch-stream.ts';

export interface ApiHttpOptions {
  /** The API server at present; another one after a reset. */
  readonly server: () => ApiServer;
  /** Brings the virtual clock up to now; called before every request. */
  readonly catchUp: () => void;
  /** Answers paths of its own before the API does (`/lab/clock`); true when it has. */
  readonly intercept?: (
    incoming: IncomingMessage,
    response: ServerResponse,
    body: unknown,
  ) => boolean;
}

/** A server that is not listening yet. It serves everything it is given: bind it to loopback. */
export function createApiHttp(options: ApiHttpOptions): Server {
  const http = createServer((incoming, response) => {
    answer(options, incoming, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendStatus(response, 500, 'InternalError', (error as Error).message);
    });
  });
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) =>
      channelProtocols.find((protocol) => offered.has(protocol)) ?? false,
  });
  http.on('upgrade', (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    options.catchUp();
    upgrade(options, sockets, { incoming, socket, head });
  });
  return http;
}

function sendStatus(response: ServerResponse, code: number, reason: string, message: string): void {
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure' };
  sendJson(response, code, { ...body, message, reason, code });
}

function urlOf(incoming: IncomingMessage): URL {
  return new URL(incoming.url ?? '/', 'http://loopback');
}

function describe(incoming: IncomingMessage, body: unknown): Incoming {
  const header = (name: string): string => String(incoming.headers[name] ?? '');
  const impersonated = header('impersonate-user');
  return {
    method: incoming.method ?? 'GET',
    url: urlOf(incoming),
    accept: header('accept'),
    contentType: header('content-type'),
    userAgent: header('user-agent'),
    impersonated: impersonated === '' ? undefined : impersonated,
    body,
  };
}

async function answer(
  options: ApiHttpOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(incoming);
  if (!body.ok) return sendStatus(response, body.code, 'BadRequest', body.message);
  options.catchUp();
  if (options.intercept?.(incoming, response, body.value) === true) return;
  const route = toRoute(describe(incoming, body.value));
  if (route.kind === 'document') return sendDocument(incoming, response, route.path);
  const { request } = route;
  if (route.isWatch) return sendWatch(options.server(), response, urlOf(incoming), request);
  if (request.subresource === 'log') {
    const target = podOf(request);
    const asked = logOptions(urlOf(incoming).searchParams);
    return sendLogs(options.server(), response, { ...target, options: asked });
  }
  sendAnswer(response, options.server().request(withQuery(request, urlOf(incoming))));
}

/** Options of a DELETE can stand in the query too. */
function withQuery(request: ApiRequest, url: URL): ApiRequest {
  const grace = url.searchParams.get('gracePeriodSeconds');
  const policy = url.searchParams.get('propagationPolicy');
  if (request.verb !== 'delete' || (grace === null && policy === null)) return request;
  const body = {
    ...(grace === null ? {} : { gracePeriodSeconds: Number(grace) }),
    ...(policy === null ? {} : { propagationPolicy: policy }),
    ...(request.body as object | undefined),
  };
  return { ...request, body };
}

function podOf({ namespace = '', name = '' }: ApiRequest): { namespace: string; pod: string } {
  return { namespace, pod: name };
}

interface Upgrade {
  readonly incoming: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
}

function upgrade(options: ApiHttpOptions, sockets: WebSocketServer, given: Upgrade): void {
  const { incoming, socket, head } = given;
  const route = toRoute(describe(incoming, undefined));
  const asked = route.kind === 'resource' ? route.request.subresource : undefined;
  const action = asked === 'exec' || asked === 'attach' ? asked : undefined;
  const isWebSocket = incoming.headers.upgrade?.toLowerCase() === 'websocket';
  if (route.kind !== 'resource' || action === undefined || !isWebSocket) {
    refuseUpgrade(socket, 400, { message: 'unable to upgrade: only WebSocket exec and attach' });
    return;
  }
  const target: Target = {
    action,
    ...podOf(route.request),
    options: execOptions(urlOf(incoming).searchParams),
  };
  const refused = openChannels(options.server(), target, (use) => {
    sockets.handleUpgrade(incoming, socket, head, use);
  });
  if (refused !== undefined) refuseUpgrade(socket, refused.code ?? 500, refused);
}

/** An HTTP answer in place of the upgrade. */
function refuseUpgrade(socket: Duplex, code: number, body: object): void {
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${code} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
  );
}
