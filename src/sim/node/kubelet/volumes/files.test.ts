import { expect, test } from 'vitest';
import type { Volume } from '../../../api/generated/types.ts';
import { nodeSpec } from '../../spec.ts';
import { Lab } from '../testing/lab.ts';
import { podOf } from '../testing/pods.ts';
import { boundVolume, claimOf } from './claims.ts';
import { volumeFiles } from './files.ts';
import { refersTo } from './references.ts';

const pod = podOf(
  {
    containers: [{ name: 'a', resources: { limits: { memory: '64Mi' } } }],
    serviceAccountName: 'default',
  },
  {},
  { labels: { tier: 'front', app: 'web' }, annotations: { note: 'say "hi"' } },
);

function lab(): Lab {
  const made = new Lab();
  const create = (resource: string, kind: string, name: string, more: object): void => {
    made.request('create', resource, undefined, {
      apiVersion: 'v1',
      kind,
      metadata: { name },
      ...more,
    });
  };
  create('configmaps', 'ConfigMap', 'cfg', { data: { mode: 'demo', level: 'low' } });
  create('secrets', 'Secret', 'keys', { data: { token: 'czNjcjN0' } });
  return made;
}

/** Path, mode and text of each file, or what is wrong. */
function files(made: Lab, volume: Omit<Volume, 'name'>): unknown {
  const source = {
    client: made.server.client('kubelet'),
    node: nodeSpec(1),
    pod,
    podIp: '10.244.1.5',
    nowMs: 0,
  };
  const result = volumeFiles(source, { name: 'v', ...volume });
  if (!result.ok) return result.error;
  return [...result.files].map(([path, { mode, text }]) => [path, mode.toString(8), text]);
}

test('keys become files, all of them or those that are named, with their modes', () => {
  const made = lab();
  expect(files(made, { configMap: { name: 'cfg' } })).toEqual([
    ['mode', '644', 'demo'],
    ['level', '644', 'low'],
  ]);
  const items = [{ key: 'token', path: 'a/b', mode: 0o400 }];
  expect(files(made, { secret: { secretName: 'keys', items } })).toEqual([
    ['a/b', '400', 's3cr3t'],
  ]);
});

test('what is missing is told in the words of its kind, unless it is optional', () => {
  const made = lab();
  const items = [{ key: 'nothing', path: 'x' }];
  expect(files(made, { configMap: { name: 'no' } })).toBe('configmap "no" not found');
  expect(files(made, { configMap: { name: 'no', optional: true } })).toEqual([]);
  expect(files(made, { configMap: { name: 'cfg', items } })).toBe(
    'configmap references non-existent config key: nothing',
  );
  expect(files(made, { secret: { secretName: 'keys', items } })).toBe(
    'references non-existent secret key: nothing',
  );
  const sources = [{ configMap: { name: 'no' } }, { secret: { name: 'none' } }];
  expect(files(made, { projected: { sources } })).toBe(
    '[configmap "no" not found, secret "none" not found]',
  );
});

test('the Pod itself can be read as files', () => {
  const items = [
    { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
    { path: 'note', fieldRef: { fieldPath: "metadata.annotations['note']" } },
    {
      path: 'memory',
      resourceFieldRef: { containerName: 'a', resource: 'limits.memory', divisor: '1Mi' },
    },
  ];
  expect(files(lab(), { downwardAPI: { items, defaultMode: 0o600 } })).toEqual([
    ['labels', '600', 'app="web"\ntier="front"'],
    ['note', '600', 'say "hi"'],
    ['memory', '600', '64'],
  ]);
});

test('a claim leads to its volume, or says what it lacks', () => {
  const made = lab();
  const client = made.server.client('kubelet');
  const where = 'error processing PVC default/data: ';
  expect(boundVolume(client, pod, 'data')).toEqual({
    ok: false,
    error: `${where}failed to fetch PVC from API server: persistentvolumeclaims "data" not found`,
  });
  made.request('create', 'persistentvolumeclaims', undefined, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
  expect(boundVolume(client, pod, 'data')).toEqual({
    ok: false,
    error: `${where}PVC is not bound`,
  });
  expect(claimOf(pod, { name: 'v', persistentVolumeClaim: { claimName: 'data' } })).toBe('data');
  expect(claimOf(pod, { name: 'scratch', ephemeral: {} })).toBe('web-scratch');
});

test('a Pod refers to what its volumes show', () => {
  const one = podOf({
    containers: [],
    volumes: [
      { name: 'a', configMap: { name: 'cfg' } },
      { name: 'b', projected: { sources: [{ secret: { name: 'keys' } }] } },
    ],
  });
  expect(refersTo(one, 'ConfigMap', 'cfg')).toBe(true);
  expect(refersTo(one, 'Secret', 'keys')).toBe(true);
  expect(refersTo(one, 'Secret', 'cfg')).toBe(false);
});
