import { describe, expect, it } from 'vitest';
import type { Pod } from '../api/generated/types.ts';
import { OwnershipError } from './client.ts';
import { pod, refusal, testServer } from './testing.ts';

const base = { group: '', version: 'v1', resource: 'pods' };

describe('creating', () => {
  it('gives a Pod what the real server gives: defaults, account, tolerations, status, metadata', () => {
    const { create } = testServer();
    const response = create('pods', pod('web'));
    expect(response.code).toBe(201);
    const { metadata, spec, status } = response.body as Pod;
    const volume = spec?.volumes?.[0]?.name ?? '';
    expect(volume).toMatch(/^kube-api-access-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    expect(metadata).toEqual({
      name: 'web',
      namespace: 'default',
      uid: metadata?.uid,
      creationTimestamp: '2023-11-14T22:13:20Z',
      generation: 1,
      managedFields: metadata?.managedFields,
      resourceVersion: metadata?.resourceVersion,
    });
    expect(metadata?.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(status).toEqual({ phase: 'Pending', qosClass: 'BestEffort' });
    expect(spec).toMatchObject({
      containers: [
        {
          name: 'main',
          image: 'nginx:1.27',
          imagePullPolicy: 'IfNotPresent',
          volumeMounts: [
            {
              mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
              name: volume,
              readOnly: true,
            },
          ],
        },
      ],
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
      serviceAccount: 'default',
      serviceAccountName: 'default',
      tolerations: [
        {
          effect: 'NoExecute',
          key: 'node.kubernetes.io/not-ready',
          operator: 'Exists',
          tolerationSeconds: 300,
        },
        {
          effect: 'NoExecute',
          key: 'node.kubernetes.io/unreachable',
          operator: 'Exists',
          tolerationSeconds: 300,
        },
      ],
    });
  });

  it('says who is missing: the namespace, the account, the class', () => {
    const { create } = testServer();
    const missing = pod('web');
    const elsewhere = { ...missing, metadata: { name: 'web', namespace: 'dev' } };
    expect(refusal(create('pods', elsewhere))).toBe('namespaces "dev" not found');
    expect(refusal(create('pods', pod('web', { serviceAccountName: 'robot' })))).toBe(
      'pods "web" is forbidden: error looking up service account default/robot: serviceaccount "robot" not found',
    );
    expect(refusal(create('pods', pod('web', { priorityClassName: 'vip' })))).toBe(
      'pods "web" is forbidden: no PriorityClass with name vip was found',
    );
  });

  it('refuses a name that is taken', () => {
    const { create } = testServer();
    create('pods', pod('web'));
    const again = create('pods', pod('web'));
    expect(again.code).toBe(409);
    expect(again.body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'pods "web" already exists',
      reason: 'AlreadyExists',
      details: { name: 'web', kind: 'pods' },
      code: 409,
    });
  });

  it('makes a name from generateName', () => {
    const { create } = testServer();
    const body = { ...pod(''), metadata: { generateName: 'job-' } };
    expect(create('pods', body).body.metadata?.name).toMatch(
      /^job-[bcdfghjklmnpqrstvwxz2456789]{5}$/,
    );
  });

  it('stores nothing under dryRun', () => {
    const { create, request } = testServer();
    expect(create('pods', pod('web'), { dryRun: true }).code).toBe(201);
    expect(refusal(request({ verb: 'get', resource: 'pods', name: 'web' }))).toBe(
      'pods "web" not found',
    );
  });
});

describe('changing', () => {
  it('refuses an update from an old state', () => {
    const { server, create } = testServer();
    const client = server.client('kubelet');
    create('configmaps', { metadata: { name: 'c' }, data: { a: '1' } });
    const first = client.get('ConfigMap', 'default', 'c');
    client.update('ConfigMap', { ...first, data: { a: '2' } } as never);
    const stale = client.update('ConfigMap', { ...first, data: { a: '3' } } as never);
    expect(stale.ok ? '' : stale.status.message).toBe(
      'Operation cannot be fulfilled on configmaps "c": the object has been modified; please apply your changes to the latest version and try again',
    );
  });

  it('writes nothing when nothing changes', () => {
    const { server, create } = testServer();
    const client = server.client('kubelet');
    create('configmaps', { metadata: { name: 'c' }, data: { a: '1' } });
    const before = client.get('ConfigMap', 'default', 'c');
    const result = client.update('ConfigMap', { ...before, data: { a: '1' } } as never);
    expect(result).toEqual({ ok: true, object: before });
    expect(client.get('ConfigMap', 'default', 'c')).toBe(before);
  });

  it('lets the scheduler alone bind, and kubelets alone report containers', () => {
    const { server, create } = testServer();
    create('pods', pod('web'));
    expect(() => server.client('kubelet').bind('default', 'web', 'node-1')).toThrow(OwnershipError);
    const scheduler = server.client('kube-scheduler');
    expect(scheduler.bind('default', 'web', 'node-1').ok).toBe(true);
    const twice = scheduler.bind('default', 'web', 'node-2');
    expect(twice.ok ? '' : twice.status.message).toBe(
      'Operation cannot be fulfilled on pods/binding "web": pod web is already assigned to node "node-1"',
    );
    const bound = scheduler.get('Pod', 'default', 'web');
    const containerStatuses = [
      { name: 'main', ready: true, restartCount: 0, image: 'i', imageID: '' },
    ];
    const next = { ...bound, status: { ...bound?.status, containerStatuses } } as never;
    expect(() => server.client('replicaset-controller').updateStatus('Pod', next)).toThrow(
      OwnershipError,
    );
    expect(server.client('kubelet').updateStatus('Pod', next).ok).toBe(true);
  });
});

describe('deleting', () => {
  it('removes a Pod that no node has at once, and lets one on a node have its grace period', () => {
    const { server, create, request, clock } = testServer();
    create('pods', pod('a'));
    expect(request({ verb: 'delete', resource: 'pods', name: 'a' }).code).toBe(200);
    expect(request({ verb: 'get', resource: 'pods', name: 'a' }).code).toBe(404);
    create('pods', pod('b'));
    server.client('kube-scheduler').bind('default', 'b', 'node-1');
    clock.advanceTo(clock.nowMs() + 5000);
    const marked = request({ verb: 'delete', resource: 'pods', name: 'b' });
    expect(marked.body.metadata).toMatchObject({
      deletionTimestamp: '2023-11-14T22:13:55Z',
      deletionGracePeriodSeconds: 30,
      generation: 2,
    });
    const shorter = request({
      verb: 'delete',
      resource: 'pods',
      name: 'b',
      body: { gracePeriodSeconds: 5 },
    });
    expect(shorter.body.metadata).toMatchObject({
      deletionTimestamp: '2023-11-14T22:13:30Z',
      deletionGracePeriodSeconds: 5,
      generation: 2,
    });
    server.client('kubelet').delete('Pod', 'default', 'b', { gracePeriodSeconds: 0 });
    expect(request({ verb: 'get', resource: 'pods', name: 'b' }).code).toBe(404);
  });

  it('keeps an object until its finalizers are gone', () => {
    const { server, create, request } = testServer();
    create('configmaps', { metadata: { name: 'c', finalizers: ['example.com/hold'] } });
    request({ verb: 'delete', resource: 'configmaps', name: 'c' });
    const client = server.client('kubelet');
    const held = client.get('ConfigMap', 'default', 'c');
    expect(held?.metadata).toMatchObject({ deletionGracePeriodSeconds: 0 });
    client.update('ConfigMap', {
      ...held,
      metadata: { ...held?.metadata, finalizers: [] },
    } as never);
    expect(client.get('ConfigMap', 'default', 'c')).toBeUndefined();
  });

  it('leaves a namespace in phase Terminating until it is finalized', () => {
    const { create, request, server } = testServer();
    create('namespaces', { metadata: { name: 'dev' } });
    const inDev = { ...pod('web'), metadata: { name: 'web', namespace: 'dev' } };
    expect(request({ verb: 'delete', resource: 'namespaces', name: 'dev' }).body.status).toEqual({
      phase: 'Terminating',
    });
    expect(refusal(create('pods', inDev))).toBe(
      'pods "web" is forbidden: unable to create new content in namespace dev because it is being terminated',
    );
    server.request({
      ...base,
      verb: 'update',
      resource: 'namespaces',
      name: 'dev',
      subresource: 'finalize',
      body: { spec: {} },
    });
    expect(request({ verb: 'get', resource: 'namespaces', name: 'dev' }).code).toBe(404);
    expect(refusal(request({ verb: 'delete', resource: 'namespaces', name: 'default' }))).toBe(
      'namespaces "default" is forbidden: this namespace may not be deleted',
    );
  });
});
