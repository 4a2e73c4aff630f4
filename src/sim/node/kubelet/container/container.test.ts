import { expect, test } from 'vitest';
import { container, Lab } from '../testing/lab.ts';
import { expand } from './expand.ts';
import { resolvePort } from './ports.ts';

test('references are replaced where the name is known, and two dollar signs are one', () => {
  const variables = new Map([
    ['A', 'one'],
    ['B', ''],
  ]);
  const texts = ['$(A)', 'x$(A)y$(B)z', '$(C)', '$$(A)', '$A', '$', '$(A', '$$$(A)', 'a$$b'];
  expect(texts.map((text) => expand(text, (name) => variables.get(name)))).toEqual([
    'one',
    'xoneyz',
    '$(C)',
    '$(A)',
    '$A',
    '$',
    '$(A',
    '$one',
    'a$b',
  ]);
});

test('ports are found by number, by name, and not outside of their range', () => {
  const web = { name: 'web', ports: [{ name: 'http', containerPort: 8080 }] };
  expect([80, 'http', '81', 'grpc', 0, 70_000].map((port) => resolvePort(web, port))).toEqual([
    80,
    8080,
    81,
    undefined,
    undefined,
    undefined,
  ]);
});

test('the environment comes from Services, ConfigMaps, Secrets, fields and resources, in that order', () => {
  const lab = new Lab();
  const create = (resource: string, kind: string, name: string, more: object): void => {
    const body = { apiVersion: 'v1', kind, metadata: { name }, ...more };
    lab.request('create', resource, undefined, body);
  };
  create('configmaps', 'ConfigMap', 'cfg', { data: { MODE: 'demo', LEVEL: 'low' } });
  create('secrets', 'Secret', 'keys', { data: { API_KEY: 'czNjcjN0' } });
  lab.create('shop', {
    containers: [
      container('shop', {
        command: ['serve', '--mode=$(MODE)', '$(NOBODY)'],
        resources: { limits: { cpu: '1500m', memory: '64Mi' } },
        envFrom: [{ configMapRef: { name: 'cfg' } }, { prefix: 'S_', secretRef: { name: 'keys' } }],
        env: [
          { name: 'LEVEL', value: 'high' },
          { name: 'BOTH', value: '$(MODE)-$(LEVEL)' },
          { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
          { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
          { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
          {
            name: 'MB',
            valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } },
          },
          { name: 'NONE', valueFrom: { secretKeyRef: { name: 'no', key: 'x', optional: true } } },
        ],
      }),
    ],
  });
  lab.run(3000);
  const config = lab.runtime.created[0]?.config;
  expect(config?.command).toEqual(['serve', '--mode=demo', '$(NOBODY)']);
  const own = (config?.env ?? []).filter(([name]) => !name.startsWith('KUBERNETES_'));
  expect(own).toEqual([
    ['MODE', 'demo'],
    ['LEVEL', 'high'],
    ['S_API_KEY', 's3cr3t'],
    ['BOTH', 'demo-high'],
    ['POD', 'shop'],
    ['IP', '10.244.1.2'],
    ['CPU', '2'],
    ['MB', '64'],
  ]);
});

test('a container that must not run as root is refused when it would', () => {
  const lab = new Lab();
  lab.create('locked', {
    containers: [
      container('a', { securityContext: { runAsNonRoot: true } }),
      container('b', { securityContext: { runAsNonRoot: true, runAsUser: 0 } }),
      container('c', { securityContext: { runAsNonRoot: true, runAsUser: 1000 } }),
    ],
  });
  lab.run(3000);
  const uid = lab.pod('locked')?.metadata.uid ?? '';
  const states = lab.pod('locked')?.status.containerStatuses?.map(({ state }) => state) ?? [];
  expect(states[0]?.waiting?.message).toBe(
    `container has runAsNonRoot and image will run as root (pod: "locked_default(${uid})", container: a)`,
  );
  expect(states[1]?.waiting?.message).toBe(
    `container's runAsUser breaks non-root policy (pod: "locked_default(${uid})", container: b)`,
  );
  expect(states[2]?.running).toBeDefined();
});

test('a failed postStart hook ends the container, and the Pod tells', () => {
  const lab = new Lab();
  lab.runtime.exec_ = () => ({ code: 3, output: 'no\n' });
  const lifecycle = { postStart: { exec: { command: ['prepare', 'all'] } } };
  lab.create('shop', { containers: [container('shop', { lifecycle })] });
  lab.run(900);
  expect(lab.texts().slice(-3)).toEqual([
    'Started: Started container shop',
    'FailedPostStartHook: PostStartHook failed',
    'Killing: FailedPostStartHook',
  ]);
});

test('the preStop hook runs inside the grace period, and its failure is told', () => {
  const lab = new Lab();
  lab.runtime.exec_ = () => ({ code: 1, output: '', afterMs: 2000 });
  const lifecycle = { preStop: { exec: { command: ['drain'] } } };
  lab.create('shop', { containers: [container('shop', { lifecycle })] });
  lab.run(5000);
  const from = lab.diary.length;
  lab.delete('shop');
  const deletedMs = lab.now();
  lab.run(5000);
  expect(lab.texts(from)).toEqual([
    'shop Running Terminating shop=running+',
    'Killing: Stopping container shop',
    'FailedPreStopHook: PreStopHook failed',
    'shop Succeeded Terminating shop=Completed(0)',
    'shop deleted',
  ]);
  const failed = lab.diary.find(({ text }) => text.startsWith('FailedPreStopHook'));
  expect((failed?.ms ?? 0) - deletedMs).toBeGreaterThan(2000);
});
