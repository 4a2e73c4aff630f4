import { expect, it } from 'vitest';
import type { Service } from '../../api/generated/types.ts';
import { refusal, testServer } from '../testing.ts';

const service = (name: string, spec: object) => ({
  metadata: { name },
  spec: { selector: { app: 'x' }, ports: [{ port: 80 }], ...spec },
});

function withServices() {
  const { create, request, server } = testServer();
  const make = (name: string, spec: object = {}) => create('services', service(name, spec));
  const specOf = (name: string) =>
    (request({ verb: 'get', resource: 'services', name }).body as Service).spec;
  const update = (name: string, spec: object) =>
    request({
      verb: 'update',
      resource: 'services',
      name,
      body: { ...service(name, spec), metadata: { name } },
    });
  return { make, specOf, update, request, server };
}

it('gives a Service an address of the range and keeps it', () => {
  const { make, specOf, update } = withServices();
  make('web');
  const before = specOf('web');
  expect(before).toMatchObject({
    clusterIP: expect.stringMatching(/^10\.96\.\d+\.\d+$/),
    clusterIPs: [before?.clusterIP],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    type: 'ClusterIP',
  });
  expect(refusal(update('web', { ports: [{ port: 81 }] }))).toBe('accepted');
  expect(specOf('web')?.clusterIP).toBe(before?.clusterIP);
});

it('gives headless and external Services none', () => {
  const { make, specOf } = withServices();
  make('headless', { clusterIP: 'None' });
  make('outside', { type: 'ExternalName', externalName: 'example.com', selector: undefined });
  expect(specOf('headless')).toMatchObject({ clusterIP: 'None', clusterIPs: ['None'] });
  expect(specOf('outside')?.clusterIP).toBeUndefined();
});

it('refuses addresses and ports that are taken or not of the range', () => {
  const { make } = withServices();
  make('node', { type: 'NodePort', ports: [{ port: 80, nodePort: 30333 }] });
  expect(refusal(make('other', { type: 'NodePort', ports: [{ port: 80, nodePort: 30333 }] }))).toBe(
    'Service "other" is invalid: spec.ports[0].nodePort: Invalid value: 30333: provided port is already allocated',
  );
  expect(refusal(make('web', { type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }))).toBe(
    'Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767',
  );
  expect(refusal(make('api', { clusterIP: '10.96.0.1' }))).toBe(
    'Service "api" is invalid: spec.clusterIPs: Invalid value: ["10.96.0.1"]: failed to allocate IP 10.96.0.1: provided IP is already allocated',
  );
});

it('gives a port of every node, and takes it back with the type or the Service', () => {
  const { make, specOf, update, request } = withServices();
  make('web', { type: 'NodePort' });
  const nodePort = specOf('web')?.ports?.[0]?.nodePort ?? 0;
  expect(nodePort).toBeGreaterThanOrEqual(30_086);
  update('web', { type: 'ClusterIP' });
  expect(specOf('web')?.ports?.[0]?.nodePort).toBeUndefined();
  const again = { type: 'NodePort', ports: [{ port: 80, nodePort }] };
  expect(refusal(make('second', again))).toBe('accepted');
  request({ verb: 'delete', resource: 'services', name: 'second' });
  expect(refusal(make('third', again))).toBe('accepted');
});

it('keeps nothing of a Service that was refused', () => {
  const { make } = withServices();
  const ports = [{ port: 80, nodePort: 31000 }];
  expect(refusal(make('Bad_Name', { type: 'NodePort', ports }))).not.toBe('accepted');
  expect(refusal(make('good', { type: 'NodePort', ports }))).toBe('accepted');
});
