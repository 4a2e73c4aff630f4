import { expect, test } from 'vitest';
import { container, Lab } from './testing/lab.ts';

test('a Pod with two containers and an emptyDir starts, runs, and ends in order when it is deleted', () => {
  const lab = new Lab();
  const logs = { name: 'logs', mountPath: '/logs' };
  lab.create('shop', {
    containers: [
      container('web', { image: 'nginx:1.27', volumeMounts: [logs] }),
      container('shipper', { volumeMounts: [{ ...logs, readOnly: true }] }),
    ],
    volumes: [{ name: 'logs', emptyDir: {} }],
  });
  lab.run(5000);
  lab.delete('shop');
  lab.run(5000);
  expect(lab.texts()).toEqual([
    'shop Pending',
    'shop Pending shipper=ContainerCreating web=ContainerCreating',
    'Pulled: Container image "nginx:1.27" already present on machine',
    'Created: Created container: web',
    'Started: Started container web',
    'Pulled: Container image "busybox:1.36" already present on machine',
    'Created: Created container: shipper',
    'Started: Started container shipper',
    'shop Running shipper=running+ web=running+',
    'shop Running Terminating shipper=running+ web=running+',
    'Killing: Stopping container shipper',
    'Killing: Stopping container web',
    'shop Succeeded Terminating shipper=Completed(0) web=Completed(0)',
    'shop deleted',
  ]);
});

test('a container that keeps failing is restarted at once, then after 10, 20 and 40 seconds', () => {
  const lab = new Lab();
  lab.runtime.behaviours.set('fail', { exitAfterMs: 500, exitCode: 1 });
  lab.create('shop', { containers: [container('app', { command: ['fail'] })] });
  lab.run(110_000);
  const starts = lab.diary.filter(({ text }) => text.startsWith('Started'));
  const gaps = starts.slice(1).map(({ ms }, index) => ms - (starts[index]?.ms ?? 0));
  const least = [0, 10_000, 20_000, 40_000];
  expect(gaps.length).toBe(4);
  gaps.forEach((gap, index) => {
    expect(gap).toBeGreaterThanOrEqual(least[index] ?? 0);
    expect(gap).toBeLessThan((least[index] ?? 0) + 17_000);
  });
  const { uid } = lab.pod('shop')?.metadata ?? { uid: '' };
  expect(lab.texts()).toContain(
    `BackOff: Back-off restarting failed container app in pod shop_default(${uid})`,
  );
  lab.run(15_000);
  expect(lab.pod('shop')?.status.containerStatuses?.[0]?.state).toEqual({
    waiting: {
      reason: 'CrashLoopBackOff',
      message: `back-off 1m20s restarting failed container=app pod=shop_default(${uid})`,
    },
  });
});
