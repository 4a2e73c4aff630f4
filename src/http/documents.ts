// Paths that are no resources: discovery, version, health, OpenAPI.
import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  aggregatedDiscovery,
  discoveryDocument,
  serverVersion,
} from '#sim/apiserver/discovery/documents.ts';
import { openApiV2, openApiV2Type } from './openapi/v2.ts';
import { openApiIndex, openApiV3 } from './openapi/v3.ts';
import { sendJson, sendText } from './respond.ts';

const healthPaths = new Set(['/healthz', '/livez', '/readyz']);
const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

const notFound = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'the server could not find the requested resource',
  reason: 'NotFound',
  details: {},
  code: 404,
};

/** Answers a path that names no resource. */
export function sendDocument(
  incoming: IncomingMessage,
  response: ServerResponse,
  path: string,
): void {
  const clean = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const accept = incoming.headers.accept ?? '';
  if (clean === '/version') return sendJson(response, 200, serverVersion);
  if (healthPaths.has(clean)) return sendText(response, 200, 'ok');
  if (clean === '/openapi/v2') {
    response.writeHead(200, { 'Content-Type': openApiV2Type });
    response.end(openApiV2());
    return;
  }
  if (clean === '/openapi/v3') return sendJson(response, 200, openApiIndex());
  if (clean.startsWith('/openapi/v3/')) {
    const document = openApiV3(clean.slice('/openapi/v3/'.length));
    return document === undefined
      ? sendJson(response, 404, notFound)
      : sendJson(response, 200, document);
  }
  const isAggregated = accept.includes('g=apidiscovery.k8s.io') && accept.includes('v=v2;');
  if (isAggregated && (clean === '/api' || clean === '/apis')) {
    return sendJson(response, 200, aggregatedDiscovery(clean), aggregatedType);
  }
  const document = discoveryDocument(clean, incoming.headers.host ?? '127.0.0.1');
  if (document !== undefined) return sendJson(response, 200, document);
  return sendText(response, 404, '404 page not found\n');
}
