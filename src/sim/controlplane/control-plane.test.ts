import { describe, expect, it } from 'vitest';
import { ApiServer } from '../apiserver/api-server.ts';
import type { KubeObject } from '../api/objects.ts';
import { Clock } from '../runtime/clock.ts';
import { formatTime } from '../runtime/time.ts';
import { startControlPlane } from './control-plane.ts';

const startMs = Date.UTC(2026, 10, 24, 10);

/** A control plane over three nodes on which a fake kubelet makes every Pod ready after a second. */
function cluster() {
  const clock = new Clock({ startMs });
  const server = new ApiServer({ clock, seed: 1 });
  startControlPlane({
    clock,
    seed: 1,
    client: (component) => server.client(component),
    recorder: (component) => server.recorder({ component }),
  });
  const kubelet = server.client('kubelet');
  for (const name of ['node-1', 'node-2', 'node-3']) {
    const node = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name } },
      spec: {},
    };
    const created = kubelet.create('Node', node);
    if (!created.ok) throw new Error(created.status.message);
    const allocatable = { cpu: '2', memory: '4Gi', pods: '110' };
    const conditions = [{ type: 'Ready', status: 'True' }];
    kubelet.updateStatus('Node', {
      ...created.object,
      status: { allocatable, capacity: allocatable, conditions },
    });
  }
  let address = 0;
  kubelet.watch('Pod', ({ type, object }) => {
    if (type === 'DELETED' || object.spec.nodeName === undefined) return;
    const { namespace = '', name } = object.metadata;
    clock.after(1000, () => {
      const pod = kubelet.get('Pod', namespace, name);
      if (pod?.metadata.deletionTimestamp !== undefined) {
        kubelet.delete('Pod', namespace, name, { gracePeriodSeconds: 0 });
      } else if (
        pod !== undefined &&
        pod.status.phase !== 'Running' &&
        !/broken/.test(pod.spec.containers[0]?.image ?? '')
      ) {
        address += 1;
        const lastTransitionTime = formatTime(clock.nowMs());
        const conditions = [{ type: 'Ready', status: 'True', lastTransitionTime }];
        const status = {
          ...pod.status,
          phase: 'Running',
          podIP: `10.244.1.${address}`,
          conditions,
        };
        kubelet.updateStatus('Pod', { ...pod, status });
      }
    });
  });
  const user = server.client('kubernetes-admin');
  const run = (seconds: number): void => void clock.advanceTo(clock.nowMs() + seconds * 1000);
  run(5);
  const eventsOf = (name: string) =>
    user
      .list('Event', { namespace: 'default' })
      .filter(({ involvedObject }) => involvedObject.name === name)
      .map(({ reason, message }) => `${reason ?? ''}: ${message ?? ''}`);
  return { clock, user, run, eventsOf };
}

const template = (app: string, image = 'nginx:1.27') => ({
  metadata: { labels: { app } },
  spec: { containers: [{ name: 'web', image, resources: { requests: { cpu: '100m' } } }] },
});

const deployment = (name: string, replicas: number, image?: string): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'default' },
  spec: { replicas, selector: { matchLabels: { app: name } }, template: template(name, image) },
});

describe('the control plane', () => {
  it('runs the Pods of a Deployment, spread over the nodes', () => {
    const { user, run, eventsOf } = cluster();
    user.create('Deployment', deployment('shop', 3));
    run(10);
    const pods = user.list('Pod', { namespace: 'default' });
    expect(pods.map(({ spec }) => spec.nodeName).sort()).toEqual(['node-1', 'node-2', 'node-3']);
    const { status } = user.get('Deployment', 'default', 'shop') ?? {};
    expect(status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas: 3,
    });
    expect(status?.conditions?.map(({ type, reason }) => `${type} ${reason ?? ''}`).sort()).toEqual(
      ['Available MinimumReplicasAvailable', 'Progressing NewReplicaSetAvailable'],
    );
    expect(eventsOf('shop')[0]).toMatch(
      /^ScalingReplicaSet: Scaled up replica set shop-[a-z0-9]+ from 0 to 3$/,
    );
  });

  it('replaces a deleted Pod by another with another name', () => {
    const { user, run } = cluster();
    user.create('Deployment', deployment('shop', 2));
    run(10);
    const before = user.list('Pod', { namespace: 'default' }).map(({ metadata }) => metadata.name);
    user.delete('Pod', 'default', before[0] ?? '');
    run(10);
    const after = user.list('Pod', { namespace: 'default' }).map(({ metadata }) => metadata.name);
    expect(after).toHaveLength(2);
    expect(after).not.toContain(before[0]);
    expect(after).toContain(before[1]);
  });

  it('never breaks the bounds of a rolling update, and ends with the new template alone', () => {
    const { clock, user, run } = cluster();
    user.create('Deployment', deployment('shop', 4));
    run(10);
    const current = user.get('Deployment', 'default', 'shop');
    user.update('Deployment', {
      ...current,
      spec: { ...current?.spec, template: template('shop', 'nginx:1.28') },
    } as unknown as KubeObject);
    let most = 0;
    let least = 99;
    for (let i = 0; i < 600; i += 1) {
      clock.advanceTo(clock.nowMs() + 100);
      const pods = user
        .list('Pod', { namespace: 'default' })
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      const ready = pods.filter(({ status }) => status.phase === 'Running');
      most = Math.max(most, pods.length);
      least = Math.min(least, ready.length);
    }
    expect([least, most]).toEqual([3, 5]);
    const images = user
      .list('Pod', { namespace: 'default' })
      .map(({ spec }) => spec.containers[0]?.image);
    expect(images).toEqual(Array(4).fill('nginx:1.28'));
    expect(
      user.get('Deployment', 'default', 'shop')?.metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
    ).toBe('2');
  });

  it('says after the deadline that a broken rollout got nowhere, and keeps the old Pods', () => {
    const { user, run } = cluster();
    user.create('Deployment', {
      ...deployment('shop', 2),
      spec: { ...(deployment('shop', 2)['spec'] as object), progressDeadlineSeconds: 20 },
    });
    run(10);
    const current = user.get('Deployment', 'default', 'shop');
    user.update('Deployment', {
      ...current,
      spec: { ...current?.spec, template: template('shop', 'broken:1') },
    } as unknown as KubeObject);
    run(40);
    const status = user.get('Deployment', 'default', 'shop')?.status;
    expect(status?.conditions?.find(({ type }) => type === 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
    expect(status?.availableReplicas).toBe(2);
  });

  it('lets go of a Pod whose label no longer fits, and makes another', () => {
    const { user, run } = cluster();
    user.create('Deployment', deployment('shop', 2));
    run(10);
    const [pod] = user.list('Pod', { namespace: 'default' });
    user.update('Pod', {
      ...pod,
      metadata: { ...pod?.metadata, labels: { app: 'quarantine' } },
    } as unknown as KubeObject);
    run(10);
    const pods = user.list('Pod', { namespace: 'default' });
    expect(pods).toHaveLength(3);
    expect(
      pods.find(({ metadata }) => metadata.uid === pod?.metadata.uid)?.metadata.ownerReferences ??
        [],
    ).toEqual([]);
  });

  it('deletes what a deleted Deployment owned', () => {
    const { user, run } = cluster();
    user.create('Deployment', deployment('shop', 2));
    run(10);
    user.delete('Deployment', 'default', 'shop', { propagationPolicy: 'Background' });
    run(10);
    expect(user.list('ReplicaSet', { namespace: 'default' })).toEqual([]);
    expect(user.list('Pod', { namespace: 'default' })).toEqual([]);
  });

  it('lists ready Pods behind a Service, and forgets them when they go', () => {
    const { user, run } = cluster();
    user.create('Service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop', namespace: 'default' },
      spec: { selector: { app: 'shop' }, ports: [{ port: 80, targetPort: 8080 }] },
    });
    user.create('Deployment', deployment('shop', 2));
    run(10);
    const slice = () =>
      user
        .list('EndpointSlice', { namespace: 'default' })
        .find(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'shop');
    expect(slice()?.endpoints.map(({ conditions }) => conditions?.ready)).toEqual([true, true]);
    expect(slice()?.ports).toEqual([{ name: '', port: 8080, protocol: 'TCP' }]);
    user.delete('Deployment', 'default', 'shop', { propagationPolicy: 'Background' });
    run(10);
    expect(slice()?.endpoints ?? []).toEqual([]);
  });

  it('says why a Pod fits nowhere, and places it once there is room', () => {
    const { user, run, eventsOf } = cluster();
    const pod = (name: string, cpu: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { containers: [{ name: 'a', image: 'nginx:1.27', resources: { requests: { cpu } } }] },
    });
    for (const name of ['a', 'b', 'c']) user.create('Pod', pod(name, '1500m'));
    run(3);
    user.create('Pod', pod('d', '1'));
    run(3);
    expect(eventsOf('d')).toEqual([
      'FailedScheduling: 0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes are available: 3 No preemption victims found for incoming pod.',
    ]);
    user.delete('Pod', 'default', 'b', { gracePeriodSeconds: 0 });
    run(3);
    expect(user.get('Pod', 'default', 'd')?.spec.nodeName).toMatch(/^node-/);
  });
});
