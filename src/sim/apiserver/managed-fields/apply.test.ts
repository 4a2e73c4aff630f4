import { describe, expect, it } from 'vitest';
import type { ConfigMap, Deployment } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import { refusal, testServer } from '../testing.ts';

function withApply(resource: string, group = '', version = 'v1') {
  const test = testServer();
  const path = { group, version, resource };
  const apply = (name: string, body: object, manager = 'kubectl', force = false) =>
    test.request({
      verb: 'patch',
      ...path,
      name,
      patchType: 'application/apply-patch+yaml',
      fieldManager: manager,
      fieldValidation: 'Strict',
      force,
      body: { apiVersion: group === '' ? version : `${group}/${version}`, ...body },
    });
  const get = (name: string): KubeObject => test.request({ verb: 'get', ...path, name }).body;
  const managers = (name: string) =>
    (get(name).metadata?.managedFields ?? []).map(({ manager, operation, fieldsV1 }) => [
      manager,
      operation,
      fieldsV1,
    ]);
  return { ...test, apply, get, managers };
}

describe('applying a ConfigMap', () => {
  const owned = (data: object): object => ({
    kind: 'ConfigMap',
    metadata: { name: 'owned' },
    data,
  });

  it('creates it, owns what it names, and takes away what it no longer names', () => {
    const { apply, get, managers } = withApply('configmaps');
    expect(apply('owned', owned({ color: 'blue', size: '10' })).code).toBe(201);
    expect(managers('owned')).toEqual([
      ['kubectl', 'Apply', { 'f:data': { 'f:color': {}, 'f:size': {} } }],
    ]);
    expect(apply('owned', owned({ color: 'blue' })).code).toBe(200);
    expect((get('owned') as ConfigMap).data).toEqual({ color: 'blue' });
  });

  it('refuses what another manager has, unless it is forced', () => {
    const { apply, get, managers } = withApply('configmaps');
    apply('owned', owned({ color: 'blue' }));
    const conflict = apply('owned', owned({ color: 'red' }), 'other');
    expect(conflict.body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Apply failed with 1 conflict: conflict with "kubectl": .data.color',
      reason: 'Conflict',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "kubectl"',
            field: '.data.color',
          },
        ],
      },
      code: 409,
    });
    apply('owned', owned({ color: 'red' }), 'other', true);
    expect((get('owned') as ConfigMap).data).toEqual({ color: 'red' });
    expect(managers('owned')).toEqual([['other', 'Apply', { 'f:data': { 'f:color': {} } }]]);
  });

  it('shares what two managers agree on, and keeps it while one has it', () => {
    const { apply, get, managers } = withApply('configmaps');
    apply('owned', owned({ color: 'blue', size: '1' }));
    apply('owned', owned({ color: 'blue' }), 'other');
    expect(managers('owned').map(([manager]) => manager)).toEqual(['kubectl', 'other']);
    apply('owned', owned({ size: '1' }));
    expect((get('owned') as ConfigMap).data).toEqual({ color: 'blue', size: '1' });
  });

  it('writes nothing when it is applied again', () => {
    const { apply, get } = withApply('configmaps');
    apply('owned', owned({ color: 'blue' }));
    const before = get('owned').metadata?.resourceVersion;
    apply('owned', owned({ color: 'blue' }));
    expect(get('owned').metadata?.resourceVersion).toBe(before);
  });

  it('needs a manager, and knows its fields', () => {
    const { apply } = withApply('configmaps');
    expect(refusal(apply('owned', owned({}), ''))).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
    expect(refusal(apply('owned', { ...owned({}), dato: {} }))).toBe(
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: unknown field "dato"',
    );
  });
});

it('merges lists by their keys', () => {
  const { apply, get } = withApply('deployments', 'apps');
  const deployment = (containers: object[], extra: object = {}): object => ({
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers } },
      ...extra,
    },
  });
  const ports = [{ containerPort: 80 }];
  apply(
    'web',
    deployment([
      { name: 'a', image: 'nginx:1', ports },
      { name: 'b', image: 'b' },
    ]),
  );
  apply('web', deployment([{ name: 'c', image: 'c' }]), 'other');
  const containers = (): unknown =>
    (get('web') as unknown as Deployment).spec?.template.spec?.containers.map(
      ({ name, image, ports: own }) => [
        name,
        image,
        own?.map(({ containerPort }) => containerPort),
      ],
    );
  expect(containers()).toEqual([
    ['a', 'nginx:1', [80]],
    ['b', 'b', undefined],
    ['c', 'c', undefined],
  ]);
  apply('web', deployment([{ name: 'a', image: 'nginx:2' }]));
  expect(containers()).toEqual([
    ['a', 'nginx:2', undefined],
    ['c', 'c', undefined],
  ]);
});
