// A watch as a stream of JSON documents, one per line.
import type { ServerResponse } from 'node:http';
import type { ApiServer } from '#sim/apiserver/api-server.ts';
import type { ApiRequest } from '#sim/apiserver/types.ts';
import { sendAnswer } from './respond.ts';

/** Sends events until the client goes or its `timeoutSeconds` are over. */
export function sendWatch(
  server: ApiServer,
  response: ServerResponse,
  url: URL,
  request: ApiRequest,
): void {
  const result = server.watch(request, (event) => {
    response.write(`${JSON.stringify(event)}\n`);
  });
  if (!result.ok) {
    sendAnswer(response, result.response);
    return;
  }
  response.writeHead(200, { 'Content-Type': 'application/json', 'Cache-Control': 'no-cache' });
  response.flushHeaders();
  const seconds = Number(url.searchParams.get('timeoutSeconds') ?? '0');
  const timer = seconds > 0 ? setTimeout(() => response.end(), seconds * 1000) : undefined;
  response.on('close', () => {
    clearTimeout(timer);
    result.stop();
  });
}
