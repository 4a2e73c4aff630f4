import { expect, it } from 'vitest';
import { pod, testServer } from '../testing.ts';

const warningsOf = (spec: Record<string, unknown>, name = 'web'): readonly string[] =>
  testServer().create('pods', { ...pod(name, spec), metadata: { name } }).warnings;
const container = (name: string, extra: object): object => ({ name, image: 'i', ...extra });

it('warns of ports that are said twice', () => {
  const ports = [{ containerPort: 80 }];
  const containers = [container('a', { ports }), container('b', { ports })];
  expect(warningsOf({ containers })).toEqual([
    'spec.containers[1].ports[0]: duplicate port definition with spec.containers[0].ports[0]',
  ]);
});

it('warns of thousandths of a byte', () => {
  const resources = { limits: { memory: '100m' }, requests: { memory: '100m' } };
  expect(warningsOf({ containers: [container('a', { resources })] })).toEqual([
    'spec.containers[0].resources.limits[memory]: fractional byte value "100m" is invalid, must be an integer',
    'spec.containers[0].resources.requests[memory]: fractional byte value "100m" is invalid, must be an integer',
  ]);
});

it('warns of variables that hide others, unless they build on them', () => {
  const env = [
    { name: 'MODE', value: 'a' },
    { name: 'MODE', value: 'b' },
    { name: 'MODE', value: '$(MODE)c' },
  ];
  expect(warningsOf({ containers: [container('a', { env })] })).toEqual([
    'spec.containers[0].env[1]: hides previous definition of "MODE", which may be dropped when using apply',
  ]);
});

it('warns of names that make no host name', () => {
  expect(warningsOf({}, 'a'.repeat(70))).toEqual([
    "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must be no more than 63 characters]",
  ]);
});

it('warns of whoever reads Endpoints', () => {
  const { request } = testServer();
  expect(request({ verb: 'list', resource: 'endpoints' }).warnings).toEqual([
    'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  ]);
  expect(request({ verb: 'list', resource: 'pods' }).warnings).toEqual([]);
});
