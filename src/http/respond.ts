// Writing answers.
import type { ServerResponse } from 'node:http';
import type { ApiResponse } from '#sim/apiserver/types.ts';

/** A Warning header (RFC 7234) with its text quoted. */
function warningHeader(text: string): string {
  return `299 - "${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, ' ')}"`;
}

export function sendJson(
  response: ServerResponse,
  code: number,
  body: unknown,
  contentType = 'application/json',
): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(code, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-cache, private',
  });
  response.end(text);
}

export function sendText(response: ServerResponse, code: number, text: string): void {
  response.writeHead(code, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(text);
}

/** An answer of the API server with its warnings. */
export function sendAnswer(response: ServerResponse, answer: ApiResponse): void {
  if (answer.warnings.length > 0) response.setHeader('Warning', answer.warnings.map(warningHeader));
  sendJson(response, answer.code, answer.body);
}
