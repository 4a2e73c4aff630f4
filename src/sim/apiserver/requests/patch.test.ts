import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../api/generated/types.ts';
import { pod, refusal, testServer } from '../testing.ts';
import type { PatchType } from '../types.ts';

const types = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
} as const;

function withConfig() {
  const test = testServer();
  test.create('configmaps', { metadata: { name: 'c' }, data: { a: '1', b: '2' } });
  const patch = (patchType: PatchType, body: unknown, extra: object = {}) =>
    test.request({ verb: 'patch', resource: 'configmaps', name: 'c', patchType, body, ...extra });
  const data = () => test.request({ verb: 'get', resource: 'configmaps', name: 'c' }).body.data;
  return { ...test, patch, data };
}

describe('patches', () => {
  it('of the three kinds change an object', () => {
    const { patch, data } = withConfig();
    patch(types.merge, { data: { a: null, c: '3' } });
    expect(data()).toEqual({ b: '2', c: '3' });
    patch(types.json, [{ op: 'replace', path: '/data/b', value: '4' }]);
    expect(data()).toEqual({ b: '4', c: '3' });
    patch(types.strategic, '{"data":{"$patch":"replace","d":"5"}}');
    expect(data()).toEqual({ d: '5' });
  });

  it('merge containers by name when they are strategic', () => {
    const { create, request } = testServer();
    create('pods', pod('web'));
    const body = { spec: { containers: [{ name: 'main', image: 'nginx:1.28' }] } };
    const patchType = types.strategic;
    const response = request({ verb: 'patch', resource: 'pods', name: 'web', patchType, body });
    expect((response.body.spec as { containers: object[] }).containers).toMatchObject([
      { name: 'main', image: 'nginx:1.28', imagePullPolicy: 'IfNotPresent' },
    ]);
    expect(response.body.metadata?.generation).toBe(2);
  });

  it('that are badly made are refused', () => {
    const { patch } = withConfig();
    expect(refusal(patch(types.strategic, '{"data":'))).toBe('unexpected end of JSON input');
    const strict = patch(types.strategic, { dato: { x: 1 } }, { fieldValidation: 'Strict' });
    expect(refusal(strict)).toBe(
      ' "" is invalid: patch: Invalid value: "map[dato:map[x:1]]": strict decoding error: unknown field "dato"',
    );
    const missing = patch(types.json, [{ op: 'remove', path: '/data/zz' }]);
    expect([missing.code, refusal(missing)]).toEqual([
      422,
      'the server rejected our request due to an error in our request',
    ]);
  });

  it('cannot rename', () => {
    const { patch } = withConfig();
    expect(refusal(patch(types.merge, { metadata: { name: 'd' } }))).toBe(
      'the name of the object (d) does not match the name on the URL (c)',
    );
  });
});

it('scales a Deployment through its subresource', () => {
  const { create, request } = testServer();
  const apps = { group: 'apps', resource: 'deployments' };
  create(
    'deployments',
    {
      metadata: { name: 'web' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: { containers: [{ name: 'a', image: 'i' }] },
        },
      },
    },
    apps,
  );
  const scale = { ...apps, name: 'web', subresource: 'scale' };
  const response = request({
    verb: 'patch',
    ...scale,
    patchType: types.merge,
    body: { spec: { replicas: 3 } },
  });
  expect(response.body).toMatchObject({
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    spec: { replicas: 3 },
    status: { replicas: 0, selector: 'app=web' },
  });
  const stored = request({ verb: 'get', ...apps, name: 'web' }).body as unknown as Deployment;
  expect([stored.spec?.replicas, stored.metadata?.generation]).toEqual([3, 2]);
  expect(request({ verb: 'get', ...scale }).body.spec).toEqual({ replicas: 3 });
});

describe('resizing a Pod', () => {
  const resize = (resources: object) => {
    const { create, request } = testServer();
    const given = { requests: { cpu: '50m', memory: '32Mi' }, limits: { memory: '64Mi' } };
    create('pods', pod('web', { containers: [{ name: 'main', image: 'i', resources: given }] }));
    return request({
      verb: 'patch',
      resource: 'pods',
      name: 'web',
      subresource: 'resize',
      body: { spec: { containers: [{ name: 'main', image: 'other', resources }] } },
    });
  };

  it('changes resources and nothing else', () => {
    const { spec, metadata } = resize({ requests: { cpu: '80m' } }).body;
    expect((spec as { containers: object[] }).containers).toMatchObject([
      { image: 'i', resources: { requests: { cpu: '80m', memory: '32Mi' } } },
    ]);
    expect(metadata?.generation).toBe(2);
  });

  it('may not change the class of service', () => {
    const same = { cpu: '50m', memory: '64Mi' };
    expect(refusal(resize({ requests: same, limits: same }))).toBe(
      'Pod "web" is invalid: spec: Invalid value: "Burstable": Pod QOS Class may not change as a result of resizing',
    );
  });
});

it('adds ephemeral containers, and neither changes nor removes them', () => {
  const { create, request } = testServer();
  create('pods', pod('web'));
  const patch = (ephemeralContainers: object[], patchType: PatchType) =>
    request({
      verb: 'patch',
      resource: 'pods',
      name: 'web',
      subresource: 'ephemeralcontainers',
      patchType,
      body: { spec: { ephemeralContainers } },
    });
  expect(refusal(patch([{ name: 'dbg', image: 'busybox' }], types.strategic))).toBe('accepted');
  expect(refusal(patch([], types.merge))).toContain(
    'existing ephemeral containers "dbg" may not be removed',
  );
});
