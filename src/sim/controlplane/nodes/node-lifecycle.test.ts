import { expect, test } from 'vitest';
import { ApiServer } from '../../apiserver/api-server.ts';
import { Clock } from '../../runtime/clock.ts';
import { formatMicroTime, formatTime } from '../../runtime/time.ts';
import { startControlPlane } from '../control-plane.ts';

const names = ['node-1', 'node-2', 'node-3'];

/** A control plane over three nodes whose kubelets do nothing but give signs of life. */
function cluster() {
  const clock = new Clock({ startMs: Date.UTC(2026, 10, 24, 10) });
  const server = new ApiServer({ clock, seed: 1 });
  startControlPlane({
    clock,
    seed: 1,
    client: (component) => server.client(component),
    recorder: (component) => server.recorder({ component }),
  });
  const kubelet = server.client('kubelet');
  const namespace = 'kube-node-lease';
  const silent = new Set<string>();
  const report = (name: string): void => {
    const node = kubelet.get('Node', '', name);
    if (node === undefined) throw new Error(`no ${name}`);
    const lastHeartbeatTime = formatTime(clock.nowMs());
    const conditions = [{ type: 'Ready', status: 'True', lastHeartbeatTime }];
    kubelet.updateStatus('Node', { ...node, status: { ...node.status, conditions } });
  };
  const renew = (name: string): void => {
    const lease = kubelet.get('Lease', namespace, name);
    if (lease === undefined) throw new Error(`no lease of ${name}`);
    const renewTime = formatMicroTime(clock.nowMs());
    kubelet.update('Lease', { ...lease, spec: { ...lease.spec, renewTime } });
  };
  const beat = (name: string): void => {
    if (!silent.has(name)) renew(name);
    clock.after(10_000, () => beat(name));
  };
  for (const name of names) {
    kubelet.create('Node', { apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: {} });
    kubelet.create('Lease', {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace },
      spec: {},
    });
    report(name);
    beat(name);
  }
  const run = (seconds: number): void => void clock.advanceTo(clock.nowMs() + seconds * 1000);
  const taints = (name: string) =>
    (kubelet.get('Node', '', name)?.spec.taints ?? []).map(
      ({ key = '', effect = '' }) => `${key}:${effect}`,
    );
  return { silent, report, renew, run, taints };
}

test('a node that falls silent gets the taints of one out of reach, first the one, then the other', () => {
  const { silent, run, taints } = cluster();
  run(60);
  silent.add('node-2');
  run(45);
  expect(taints('node-2')).toEqual([]);
  run(20);
  expect(taints('node-2').sort()).toEqual([
    'node.kubernetes.io/unreachable:NoExecute',
    'node.kubernetes.io/unreachable:NoSchedule',
  ]);
  expect(taints('node-1')).toEqual([]);
});

test('a node that is back loses its taints at the next look, however its signs of life are spread', () => {
  const { silent, report, renew, run, taints } = cluster();
  run(60);
  silent.add('node-2');
  run(70);
  expect(taints('node-2')).toHaveLength(2);
  silent.delete('node-2');
  renew('node-2');
  run(5.5);
  report('node-2');
  run(5.5);
  expect(taints('node-2')).toEqual([]);
});
