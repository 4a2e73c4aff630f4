import { describe, expect, it } from 'vitest';
import { refusal, testServer } from '../testing.ts';

describe('users', () => {
  it('other than the administrator and components may do nothing', () => {
    const { request } = testServer();
    expect(refusal(request({ verb: 'list', resource: 'pods', user: 'bob' }))).toBe(
      'pods is forbidden: User "bob" cannot list resource "pods" in API group "" in the namespace "default"',
    );
    const nodes = { verb: 'get', resource: 'nodes', name: 'n', namespace: undefined } as const;
    expect(refusal(request({ ...nodes, user: 'bob' }))).toBe(
      'nodes "n" is forbidden: User "bob" cannot get resource "nodes" in API group "" at the cluster scope',
    );
    for (const user of ['kubernetes-admin', 'kube-scheduler', 'kubelet', 'job-controller']) {
      expect(refusal(request({ verb: 'list', resource: 'pods', user }))).toBe('accepted');
    }
  });

  it('may ask what they may', () => {
    const { request } = testServer();
    const ask = (user: string) =>
      request({
        verb: 'create',
        group: 'authorization.k8s.io',
        resource: 'selfsubjectaccessreviews',
        user,
        body: { spec: { resourceAttributes: { verb: 'create', resource: 'pods' } } },
      }).body.status;
    expect([ask('kubernetes-admin'), ask('bob')]).toEqual([{ allowed: true }, { allowed: false }]);
  });
});

it('gives tokens for service accounts', () => {
  const { request } = testServer();
  const token = { verb: 'create', resource: 'serviceaccounts', subresource: 'token' } as const;
  expect(request({ ...token, name: 'default' }).body).toMatchObject({
    kind: 'TokenRequest',
    spec: { expirationSeconds: 3600 },
    status: { expirationTimestamp: '2023-11-14T23:13:20Z' },
  });
  expect(refusal(request({ ...token, name: 'nope' }))).toBe('serviceaccounts "nope" not found');
});
