// Reading bodies of requests: JSON, YAML of server-side apply, and the protobuf of typed clients.
import type { IncomingMessage } from 'node:http';
import { load } from 'js-yaml';
import { decodeProtobuf } from './protobuf/decode.ts';

/** What the real server takes (MaxRequestBodyBytes). */
const maxBodyBytes = 3 * 1024 * 1024;

export type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: number; readonly message: string };

/** Reads and decodes the whole body. */
export async function readBody(incoming: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) {
      const message = `Request entity too large: limit is ${maxBodyBytes}`;
      return { ok: false, code: 413, message };
    }
    chunks.push(chunk);
  }
  if (size === 0) return { ok: true, value: undefined };
  const bytes = Buffer.concat(chunks);
  const contentType = incoming.headers['content-type'] ?? '';
  try {
    if (contentType.startsWith('application/vnd.kubernetes.protobuf')) {
      return { ok: true, value: decodeProtobuf(bytes) };
    }
    const text = bytes.toString('utf8');
    if (contentType.includes('yaml')) return { ok: true, value: load(text) };
    // JSON patches and objects go on as text, so that errors in them are said by the server.
    return {
      ok: true,
      value: contentType.includes('patch') ? text : (JSON.parse(text) as unknown),
    };
  } catch (error) {
    return { ok: false, code: 400, message: (error as Error).message };
  }
}
