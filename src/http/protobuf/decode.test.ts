import { expect, it } from 'vitest';
import { decodeProtobuf } from './decode.ts';

/** A field with a length: number, then bytes or text. */
function field(number: number, content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from([(number << 3) | 2, bytes.length]), bytes]);
}
const number = (field: number, value: number): Buffer => Buffer.from([field << 3, value]);
const message = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields);
const envelope = (apiVersion: string, kind: string, raw: Buffer): Buffer =>
  message(
    Buffer.from('k8s\u0000', 'latin1'),
    field(1, message(field(1, apiVersion), field(2, kind))),
    field(2, raw),
  );

it('reads a ConfigMap', () => {
  const entry = message(field(1, 'color'), field(2, 'blue'));
  const raw = message(field(1, message(field(1, 'settings'), field(3, ''))), field(2, entry));
  expect(decodeProtobuf(envelope('v1', 'ConfigMap', raw))).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'settings' },
    data: { color: 'blue' },
  });
});

it('reads numbers, zeros behind pointers, quantities and fields of inlined messages', () => {
  const port = message(field(1, ''), number(2, 0), number(3, 80), field(4, 'TCP'), field(5, ''));
  const amount = message(field(1, 'cpu'), field(2, field(1, '50m')));
  const resources = field(2, amount);
  const get = message(field(2, message(number(1, 0), number(2, 80), field(3, ''))));
  const probe = message(field(1, field(2, get)), number(2, 0), number(3, 1));
  const container = message(
    field(1, 'web'),
    field(2, 'nginx'),
    field(6, port),
    field(8, resources),
    field(10, probe),
  );
  const template = field(3, field(2, field(2, container)));
  const spec = field(2, message(number(1, 0), template));
  expect(decodeProtobuf(envelope('apps/v1', 'Deployment', spec))).toEqual({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: {
      replicas: 0,
      template: {
        spec: {
          containers: [
            {
              name: 'web',
              image: 'nginx',
              ports: [{ containerPort: 80, protocol: 'TCP' }],
              resources: { requests: { cpu: '50m' } },
              livenessProbe: { httpGet: { port: 80 }, timeoutSeconds: 1 },
            },
          ],
        },
      },
    },
  });
});

it('knows the type alone of kinds that it has no table for', () => {
  const raw = field(1, 'whatever');
  expect(
    decodeProtobuf(envelope('authorization.k8s.io/v1', 'SelfSubjectAccessReview', raw)),
  ).toEqual({
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
  });
});

it('refuses what is no envelope', () => {
  expect(() => decodeProtobuf(Buffer.from('{"kind":"Pod"}'))).toThrow('does not appear to be');
});
