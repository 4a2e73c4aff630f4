import { expect, test } from 'vitest';
import { container, Lab } from '../testing/lab.ts';
import { podOf } from '../testing/pods.ts';
import { podRequests } from './requests.ts';

const resources = {
  requests: { cpu: '50m', memory: '32Mi' },
  limits: { cpu: '100m', memory: '64Mi' },
};

function resized(lab: Lab, cpu: string, memory: string): void {
  const next = { requests: { cpu, memory: '32Mi' }, limits: { cpu, memory } };
  const body = { spec: { containers: [{ name: 'shop', resources: next }] } };
  lab.request('patch', 'pods', 'shop', body, 'resize');
}

function shop(lab: Lab): void {
  const resizePolicy = [
    { resourceName: 'cpu', restartPolicy: 'NotRequired' },
    { resourceName: 'memory', restartPolicy: 'RestartContainer' },
  ];
  lab.create('shop', { containers: [container('shop', { resources, resizePolicy })] });
  lab.run(5000);
}

test('more CPU is given to the running container; the status tells promise, progress and outcome', () => {
  const lab = new Lab();
  shop(lab);
  // Between two of the kubelet's looks at its containers.
  lab.run(500);
  resized(lab, '150m', '64Mi');
  lab.run(100);
  const told = (): unknown => {
    const { containerStatuses, conditions } = lab.pod('shop')?.status ?? {};
    const one = containerStatuses?.[0];
    const about = conditions?.filter(({ type }) => type.startsWith('PodResize')) ?? [];
    return [
      one?.allocatedResources?.['cpu'],
      one?.resources?.limits?.['cpu'],
      ...about.map(({ type }) => type),
    ];
  };
  expect(told()).toEqual(['150m', '100m', 'PodResizeInProgress']);
  lab.run(2000);
  expect(told()).toEqual(['150m', '150m']);
  expect(lab.pod('shop')?.status.containerStatuses?.[0]?.restartCount).toBe(0);
});

test('where the policy says so, a resize restarts the container', () => {
  const lab = new Lab();
  shop(lab);
  resized(lab, '100m', '96Mi');
  lab.run(4000);
  expect(lab.texts()).toContain('Killing: Container shop resize requires restart');
  const one = lab.pod('shop')?.status.containerStatuses?.[0];
  expect([one?.restartCount, one?.resources?.limits?.['memory']]).toEqual([1, '96Mi']);
});

test('what the node never has is infeasible, what it has not now is deferred', () => {
  const lab = new Lab();
  shop(lab);
  lab.create('other', {
    containers: [container('other', { resources: { requests: { cpu: '1500m' } } })],
  });
  lab.run(5000);
  const pending = (): unknown => {
    const found = lab
      .pod('shop')
      ?.status.conditions?.find(({ type }) => type === 'PodResizePending');
    return [found?.reason, found?.message];
  };
  resized(lab, '100', '64Mi');
  lab.run(2000);
  expect(pending()).toEqual([
    'Infeasible',
    "Node didn't have enough capacity: cpu, requested: 100000, capacity: 2000",
  ]);
  resized(lab, '1', '64Mi');
  lab.run(2000);
  expect(pending()).toEqual([
    'Deferred',
    "Node didn't have enough resource: cpu, requested: 1000, used: 1500, capacity: 2000",
  ]);
  lab.delete('other');
  lab.run(95_000);
  expect(pending()).toEqual([undefined, undefined]);
  expect(lab.pod('shop')?.status.containerStatuses?.[0]?.allocatedResources?.['cpu']).toBe('1');
});

test('a Pod asks for what runs together, or for its largest init step', () => {
  const one = (name: string, cpu: string, more: object = {}): object => ({
    name,
    resources: { requests: { cpu } },
    ...more,
  });
  const always = { restartPolicy: 'Always' };
  const containers = [one('a', '100m'), one('b', '200m')];
  expect(podRequests(podOf({ containers }))).toEqual({ cpu: '300m' });
  expect(
    podRequests(podOf({ containers, initContainers: [one('s', '50m', always), one('i', '1')] })),
  ).toEqual({ cpu: '1050m' });
  expect(
    podRequests(podOf({ containers, initContainers: [one('i', '200m'), one('s', '50m', always)] })),
  ).toEqual({ cpu: '350m' });
});
