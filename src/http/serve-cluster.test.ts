import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Cluster } from '#sim/cluster.ts';
import { nodeSpec } from '#sim/node/spec.ts';
import type { ServedCluster } from './serve-cluster.ts';
import { serveCluster } from './serve-cluster.ts';

let served: ServedCluster;

beforeAll(async () => {
  served = await serveCluster({
    port: 0,
    speed: 0,
    makeCluster: () =>
      new Cluster({
        seed: 1,
        startMs: 1_700_000_000_000,
        nodes: [nodeSpec(1)],
        imagesPresent: true,
      }),
  });
});

afterAll(() => served.stop());

type Json = Record<string, unknown>;

async function call(method: string, path: string, body?: unknown, headers: object = {}) {
  const response = await fetch(served.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const parsed: unknown = isJson ? JSON.parse(text) : text;
  return { code: response.status, body: parsed as Json, headers: response.headers };
}

const pod = (name: string): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'] }] },
});
const pods = '/api/v1/namespaces/default/pods';

describe('the API over HTTP', () => {
  it('creates, shows as a Table, and warns in a header', async () => {
    expect((await call('POST', pods, pod('web'))).code).toBe(201);
    await call('POST', '/lab/clock', { advanceMs: 5000 });
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
    const table = await call('GET', pods, undefined, { accept });
    expect((table.body.rows as { cells: unknown[] }[])[0]?.cells.slice(0, 4)).toEqual([
      'web',
      '1/1',
      'Running',
      '0',
    ]);
    const endpoints = await call('GET', '/api/v1/namespaces/default/endpoints');
    expect(endpoints.headers.get('warning')).toBe(
      '299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"',
    );
  });

  it('answers with Statuses and their codes', async () => {
    const missing = await call('GET', `${pods}/nope`);
    expect([missing.code, missing.body.message]).toEqual([404, 'pods "nope" not found']);
    const broken = await call('POST', pods, '{');
    expect(broken.code).toBe(400);
    const forbidden = await call('GET', pods, undefined, { 'impersonate-user': 'bob' });
    expect(forbidden.code).toBe(403);
  });

  it('describes itself', async () => {
    expect((await call('GET', '/version')).body.gitVersion).toBe('v1.33.13');
    expect((await call('GET', '/readyz')).body).toBe('ok');
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
    const discovery = await call('GET', '/apis', undefined, { accept });
    expect(discovery.body.kind).toBe('APIGroupDiscoveryList');
    const openApi = await call('GET', '/openapi/v3/api/v1');
    expect(Object.keys((openApi.body.components as { schemas: object }).schemas)).toContain(
      'io.k8s.api.v1.PodSpec',
    );
  });

  it('streams a watch', async () => {
    const { body: list } = await call('GET', '/api/v1/namespaces/default/configmaps');
    const { resourceVersion } = list.metadata as { resourceVersion: string };
    const path = `/api/v1/namespaces/default/configmaps?watch=true&resourceVersion=${resourceVersion}`;
    const response = await fetch(served.url + path);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const map = { metadata: { name: 'seen' } };
    await call('POST', '/api/v1/namespaces/default/configmaps', map);
    await call('POST', '/lab/clock', { advanceMs: 1 });
    const { value } = await reader.read();
    const event = JSON.parse(Buffer.from(value ?? []).toString()) as Json;
    expect([event.type, (event.object as typeof map).metadata.name]).toEqual(['ADDED', 'seen']);
    await reader.cancel();
  });

  it('runs a command over WebSocket', async () => {
    const url = `${served.url.replace('http', 'ws')}${pods}/web/exec?command=echo&command=hi&stdout=true`;
    const socket = new WebSocket(url, 'v5.channel.k8s.io');
    const frames: [number, string][] = [];
    socket.on('message', (data: Buffer) =>
      frames.push([data[0] ?? 0, data.subarray(1).toString()]),
    );
    const closed = new Promise((resolve) => socket.on('close', resolve));
    await new Promise((resolve) => socket.on('open', resolve));
    await call('POST', '/lab/clock', { advanceMs: 1000 });
    await closed;
    const output = frames.filter(([channel]) => channel === 1).map(([, text]) => text);
    expect(output.join('')).toBe('hi\n');
    const [, status = '{}'] = frames.find(([channel]) => channel === 3) ?? [];
    expect((JSON.parse(status) as Json).status).toBe('Success');
  });
});

describe('the control beside it', () => {
  it('moves time, makes faults and starts over', async () => {
    const before = (await call('GET', '/lab/clock')).body.nowMs as number;
    const after = await call('POST', '/lab/clock', { advanceMs: 60_000 });
    expect(after.body.nowMs).toBe(before + 60_000);
    const wrong = await call('POST', '/lab/faults', { fault: 'power-off', node: 'node-9' });
    expect([wrong.code, wrong.body]).toEqual([400, { error: '"node" must be one of node-1' }]);
    expect(
      (await call('POST', '/lab/faults', { fault: 'stop-kubelet', node: 'node-1' })).code,
    ).toBe(200);
    await call('POST', '/lab/reset');
    expect((await call('GET', `${pods}/web`)).code).toBe(404);
  });
});
