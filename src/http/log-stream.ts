// pods/NAME/log as plain text, followed or not.
import type { ServerResponse } from 'node:http';
import type { ApiServer } from '#sim/apiserver/api-server.ts';
import type { PodLogOptions } from '#sim/apiserver/streaming.ts';
import { sendJson } from './respond.ts';

/** What the query asks for. */
export function logOptions(query: URLSearchParams): PodLogOptions {
  const is = (name: string): boolean => query.get(name) === 'true' || query.get(name) === '1';
  const number = (name: string): number | undefined =>
    query.has(name) ? Number(query.get(name)) : undefined;
  return {
    container: query.get('container') ?? undefined,
    follow: is('follow'),
    previous: is('previous'),
    timestamps: is('timestamps'),
    tailLines: number('tailLines'),
    sinceSeconds: number('sinceSeconds'),
    sinceTime: query.get('sinceTime') ?? undefined,
    limitBytes: number('limitBytes'),
  };
}

/** Sends the log; a refusal before the first byte is a Status. */
export function sendLogs(
  server: ApiServer,
  response: ServerResponse,
  target: { readonly namespace: string; readonly pod: string; readonly options: PodLogOptions },
): void {
  const begin = (): void => {
    if (response.headersSent) return;
    response.writeHead(200, { 'Content-Type': 'text/plain' });
    response.flushHeaders();
  };
  const write = (text: string): void => {
    begin();
    response.write(text);
  };
  const { namespace, pod, options } = target;
  const result = server.logs(namespace, pod, options, {
    onStdout: write,
    onStderr: write,
    onClose(status) {
      if (status.status === 'Failure' && !response.headersSent) {
        sendJson(response, status.code ?? 500, status);
        return;
      }
      begin();
      response.end();
    },
  });
  if (!result.ok) {
    sendJson(response, result.status.code ?? 500, result.status);
    return;
  }
  if (options.follow === true) begin();
  response.on('close', () => result.handle.close());
}
