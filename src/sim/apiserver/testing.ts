// What tests of this room share: a server on a clock of its own, and small objects.
import type { KubeObject } from '../api/objects.ts';
import { Clock } from '../runtime/clock.ts';
import { ApiServer } from './api-server.ts';
import type { ApiRequest, ApiResponse } from './types.ts';

export const startMs = 1_700_000_000_000;

export interface TestServer {
  readonly clock: Clock;
  readonly server: ApiServer;
  request(request: Partial<ApiRequest> & Pick<ApiRequest, 'verb' | 'resource'>): ApiResponse;
  /** Creates an object by its own kind's path, as `kubectl create` does. */
  create(resource: string, object: KubeObject, extra?: Partial<ApiRequest>): ApiResponse;
}

/** A server whose `default` namespace has its service account. */
export function testServer(): TestServer {
  const clock = new Clock({ startMs });
  const server = new ApiServer({ clock, seed: 1 });
  const request: TestServer['request'] = (given) =>
    server.request({ group: '', version: 'v1', namespace: 'default', ...given });
  const create: TestServer['create'] = (resource, body, extra = {}) =>
    request({
      verb: 'create',
      resource,
      body,
      namespace: body.metadata?.namespace ?? 'default',
      fieldValidation: 'Strict',
      ...extra,
    });
  create('serviceaccounts', { metadata: { name: 'default' } });
  return { clock, server, request, create };
}

export function pod(name: string, extra: Record<string, unknown> = {}): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'main', image: 'nginx:1.27' }], ...extra },
  };
}

/** The message of a refusal, or the text `accepted`. */
export function refusal(response: ApiResponse): string {
  return response.code < 400 ? 'accepted' : String(response.body.message);
}
