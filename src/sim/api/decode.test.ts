import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { recordedObjects } from '../../../tests/recordings/recorded-objects.ts';
import { asWritten, decode, decodeAs, normaliseObject } from './decode.ts';
import { kinds } from './kinds.ts';
import type { Kind, KubeObject } from './objects.ts';

const pod = (spec: object) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec });
const container = (fields: object) => pod({ containers: [{ name: 'web', ...fields }] });

const messageOf = (kind: Kind, body: unknown): string => {
  const decoded = decode(kind, body);
  return decoded.ok ? decoded.strictErrors.join(', ') : decoded.message;
};

test('says what is wrong in the words of the real server, for every manifest of the corpus that it cannot read', () => {
  const { results } = JSON.parse(
    readFileSync(new URL('../../../tests/recordings/data/invalid.json', import.meta.url), 'utf8'),
  ) as { results: { file: string; stderr: string; yaml?: string }[] };
  const wrong =
    /^Error from server \(BadRequest\): error when creating "[^"]+": (\w+) in version "\w+" cannot be handled as a \w+: (?:strict decoding error: )?([^\n]+)\n$/;
  let seen = 0;
  for (const { file, stderr, yaml } of results) {
    const [, kind, said] = wrong.exec(stderr) ?? [];
    if (kind === undefined || yaml === undefined || !kinds.includes(kind as Kind)) continue;
    const body = sorted(load(yaml)) as KubeObject;
    expect({ file, says: messageOf(kind as Kind, body) }).toEqual({ file, says: said });
    seen += 1;
  }
  expect(seen).toBeGreaterThan(20);
});

/** kubectl sends the keys of an object in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}

test('keeps every object that the real cluster showed as it is', () => {
  for (const { scenario, object } of recordedObjects()) {
    const kind = object.kind as Kind;
    if (!kinds.includes(kind)) continue;
    const decoded = decode(kind, object);
    expect(decoded.ok && decoded.strictErrors).toEqual([]);
    const read = decoded.ok ? asWritten(kind, decoded.object) : undefined;
    expect({ scenario, object: read }).toEqual({ scenario, object });
    expect(asWritten(kind, normaliseObject(kind, object))).toEqual(object);
  }
});

test.each([
  [
    { ports: [{ containerPort: '80' }] },
    'string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
  ],
  [
    { ports: [{ containerPort: 1.5 }] },
    'number 1.5 into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
  ],
  [
    { ports: { containerPort: 80 } },
    'object into Go struct field Container.spec.containers.ports of type []v1.ContainerPort',
  ],
  [
    { ports: [{ protocol: 6 }] },
    'number into Go struct field ContainerPort.spec.containers.ports.protocol of type v1.Protocol',
  ],
  [
    { imagePullPolicy: true },
    'bool into Go struct field Container.spec.containers.imagePullPolicy of type v1.PullPolicy',
  ],
  [{ env: ['A=b'] }, 'string into Go struct field Container.spec.containers.env of type v1.EnvVar'],
  [
    { resources: { limits: 'all' } },
    'string into Go struct field ResourceRequirements.spec.containers.resources.limits of type v1.ResourceList',
  ],
  [
    { livenessProbe: { httpGet: { port: true } } },
    'bool into Go struct field HTTPGetAction.spec.containers.livenessProbe.httpGet.port of type int32',
  ],
  [{ stdin: 'yes' }, 'string into Go struct field Container.spec.containers.stdin of type bool'],
])('refuses a value of another type: %j', (fields, rest) => {
  expect(messageOf('Pod', container(fields))).toBe(`json: cannot unmarshal ${rest}`);
});

test('a body that is no object is refused by the name of its kind', () => {
  expect(messageOf('Pod', 'web')).toBe(
    'json: cannot unmarshal string into Go value of type v1.Pod',
  );
  expect(messageOf('HorizontalPodAutoscaler', { spec: [] })).toBe(
    'json: cannot unmarshal array into Go struct field HorizontalPodAutoscaler.spec of type v2.HorizontalPodAutoscalerSpec',
  );
});

test('a quantity that cannot be read ends decoding before an earlier mistake is told', () => {
  const body = container({ command: 'sleep', resources: { limits: { memory: '64MB' } } });
  expect(messageOf('Pod', body)).toBe(
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  );
  const kilo = container({ resources: { limits: { memory: '64K' } } });
  expect(messageOf('Pod', kilo)).toBe("unable to parse quantity's suffix");
});

test('drops nulls and empty values, writes what Go always writes, makes quantities and times canonical', () => {
  const decoded = decode('Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: 'web',
      labels: {},
      annotations: null,
      creationTimestamp: '2026-11-24T11:00:00+01:00',
    },
    spec: {
      replicas: 0,
      minReadySeconds: 0,
      paused: false,
      selector: { matchLabels: {} },
      template: {
        spec: {
          automountServiceAccountToken: false,
          hostNetwork: false,
          containers: [
            { name: 'web', args: [], resources: { limits: { cpu: 0.5, memory: '1024Mi' } } },
          ],
        },
      },
    },
  });
  expect(decoded).toEqual({
    ok: true,
    strictErrors: [],
    object: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', creationTimestamp: '2026-11-24T10:00:00Z' },
      spec: {
        replicas: 0,
        selector: {},
        strategy: {},
        template: {
          metadata: { creationTimestamp: null },
          spec: {
            automountServiceAccountToken: false,
            containers: [{ name: 'web', resources: { limits: { cpu: '500m', memory: '1Gi' } } }],
          },
        },
      },
      status: {},
    },
  });
});

test('a key that JavaScript treats specially is a key like any other', () => {
  const body = JSON.parse('{"metadata":{"labels":{"__proto__":"x","constructor":"y"}}}') as object;
  const decoded = decode('ConfigMap', body);
  const labels = decoded.ok ? (decoded.object.metadata?.labels ?? {}) : {};
  expect(JSON.stringify(labels)).toBe('{"__proto__":"x","constructor":"y"}');
  const unknown = JSON.parse('{"__proto__":{},"constructor":1}') as object;
  expect(messageOf('ConfigMap', unknown)).toBe(
    'unknown field "__proto__", unknown field "constructor"',
  );
});

test('times are read as Go reads them', () => {
  const lease = (renewTime: unknown) => decodeAs('LeaseSpec', { renewTime });
  expect(lease('yesterday')).toEqual({
    ok: false,
    message:
      'parsing time "yesterday" as "2006-01-02T15:04:05.000000Z07:00": cannot parse "yesterday" as "2006"',
  });
  expect(lease('2026-11-24T10:00:00.250000Z')).toEqual({
    ok: true,
    strictErrors: [],
    object: { renewTime: '2026-11-24T10:00:00.250000Z' },
  });
  expect(messageOf('Pod', { metadata: { creationTimestamp: '2026-02-30T10:00:00Z' } })).toBe(
    'parsing time "2026-02-30T10:00:00Z": day out of range',
  );
});
