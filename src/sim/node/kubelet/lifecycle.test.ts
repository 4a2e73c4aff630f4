import { expect, test } from 'vitest';
import { container, Lab } from './testing/lab.ts';

test('a Pod that is done stays Running until its sandbox is gone, and then has Succeeded', () => {
  const lab = new Lab();
  lab.runtime.behaviours.set('run', { exitAfterMs: 1000 });
  const containers = [container('migrate', { command: ['run'] })];
  lab.create('once', { restartPolicy: 'OnFailure', containers });
  lab.run(6000);
  expect(lab.texts().filter((text) => text.startsWith('once'))).toEqual([
    'once Pending',
    'once Pending migrate=ContainerCreating',
    'once Running migrate=running+',
    'once Running migrate=Completed(0)',
    'once Succeeded migrate=Completed(0)',
  ]);
  expect(
    lab.pod('once')?.status.conditions?.map(({ type, status, reason }) => [type, status, reason]),
  ).toEqual([
    ['PodReadyToStartContainers', 'False', undefined],
    ['Initialized', 'True', 'PodCompleted'],
    ['Ready', 'False', 'PodCompleted'],
    ['ContainersReady', 'False', 'PodCompleted'],
    ['PodScheduled', 'True', undefined],
  ]);
});

test('init containers run one after the other, a sidecar counts when it has started, and ends last', () => {
  const lab = new Lab();
  lab.runtime.behaviours.set('run', { exitAfterMs: 2000 });
  lab.runtime.behaviours.set('slow', { onTerm: { afterMs: 3000, code: 0 } });
  lab.create('web', {
    initContainers: [
      container('setup', { command: ['run'] }),
      container('proxy', { restartPolicy: 'Always' }),
    ],
    containers: [container('shop', { command: ['slow'] })],
  });
  lab.run(8000);
  expect(lab.texts().filter((text) => !/^(Pulled|Created)/.test(text))).toEqual([
    'web Pending',
    'web Pending setup=PodInitializing proxy=PodInitializing shop=PodInitializing',
    'Started: Started container setup',
    'web Pending setup=running proxy=PodInitializing shop=PodInitializing',
    'web Pending setup=Completed(0)+ proxy=PodInitializing shop=PodInitializing',
    'Started: Started container proxy',
    'web Pending setup=Completed(0)+ proxy=running+ shop=PodInitializing',
    'Started: Started container shop',
    'web Running setup=Completed(0)+ proxy=running+ shop=running+',
  ]);
  lab.delete('web');
  const deletedMs = lab.now();
  lab.run(2500);
  const proxy = lab.runtime.created.find(({ config }) => config.name === 'proxy');
  expect(proxy?.state).toBe('running');
  lab.run(4000);
  expect(lab.pod('web')).toBe(undefined);
  expect((proxy?.finishedMs ?? 0) - lab.clock.nowMs() + lab.now()).toBeGreaterThan(
    deletedMs + 3000,
  );
});

test('when the work of a Pod is done its sidecar is stopped and does not decide how the Pod ends', () => {
  const lab = new Lab();
  lab.runtime.behaviours.set('run', { exitAfterMs: 3000, exitCode: 5 });
  lab.create('report', {
    restartPolicy: 'Never',
    initContainers: [container('shipper', { restartPolicy: 'Always' })],
    containers: [container('report', { command: ['run'] })],
  });
  lab.run(12_000);
  expect(lab.texts().slice(-5)).toEqual([
    'report Running shipper=running+ report=running+',
    'Killing: Stopping container shipper',
    'report Running shipper=running+ report=Error(5)',
    'report Running shipper=Completed(0) report=Error(5)',
    'report Failed shipper=Completed(0) report=Error(5)',
  ]);
});

test('a sidecar that ends is started again, whatever the restart policy of the Pod', () => {
  const lab = new Lab();
  lab.create('web', {
    restartPolicy: 'Never',
    initContainers: [container('proxy', { restartPolicy: 'Always' })],
    containers: [container('shop')],
  });
  lab.run(5000);
  lab.runtime.crash('proxy', 1);
  lab.run(3000);
  expect(lab.pod('web')?.status.initContainerStatuses?.[0]?.restartCount).toBe(1);
  expect(lab.pod('web')?.status.phase).toBe('Running');
});

test('a failed init container of a Pod that never restarts fails the Pod; the others never start', () => {
  const lab = new Lab();
  lab.runtime.behaviours.set('fail', { exitAfterMs: 500, exitCode: 3 });
  lab.create('web', {
    restartPolicy: 'Never',
    initContainers: [container('setup', { command: ['fail'] })],
    containers: [container('shop')],
  });
  lab.run(8000);
  const status = lab.pod('web')?.status;
  expect(status?.phase).toBe('Failed');
  expect(status?.initContainerStatuses?.[0]?.state?.terminated?.exitCode).toBe(3);
  expect(status?.containerStatuses?.[0]?.state).toEqual({ waiting: { reason: 'PodInitializing' } });
});

test('a process deaf to TERM gets KILL when the grace period is over', () => {
  const lab = new Lab();
  lab.runtime.behaviours.set('deaf', { onTerm: 'ignore' });
  const containers = [container('app', { command: ['deaf'] })];
  lab.create('deaf', { terminationGracePeriodSeconds: 5, containers });
  lab.run(5000);
  lab.delete('deaf');
  const deletedMs = lab.now();
  lab.run(1000);
  expect(lab.clock.labelled().map(({ label }) => label)).toEqual(['SIGKILL to deaf']);
  lab.run(7000);
  const failed = lab.diary.find(({ text }) => text.startsWith('deaf Failed'));
  expect(failed?.text).toBe('deaf Failed Terminating app=Error(137)');
  expect((failed?.ms ?? 0) - deletedMs).toBeGreaterThan(5000);
  expect((failed?.ms ?? 0) - deletedMs).toBeLessThan(5500);
  expect(lab.pod('deaf')).toBe(undefined);
});

test('a second delete with a shorter grace period cuts the first one short', () => {
  const lab = new Lab();
  lab.runtime.behaviours.set('deaf', { onTerm: 'ignore' });
  lab.create('deaf', { containers: [container('app', { command: ['deaf'] })] });
  lab.run(5000);
  lab.delete('deaf');
  lab.run(3000);
  lab.delete('deaf', 2);
  lab.run(5000);
  expect(lab.pod('deaf')).toBe(undefined);
});

test('a Pod deleted by force is gone at once; its container ends afterwards', () => {
  const lab = new Lab();
  lab.create('shop', { containers: [container('app')] });
  lab.run(5000);
  lab.delete('shop', 0);
  lab.run(1);
  expect(lab.pod('shop')).toBe(undefined);
  expect(lab.runtime.created.map(({ state }) => state)).toEqual(['running']);
  lab.run(5000);
  expect(lab.runtime.created).toEqual([]);
});

test('a Pod deleted while its volumes are being mounted ends as failed', () => {
  const lab = new Lab();
  lab.create('shop', { containers: [container('app')] });
  lab.run(100);
  lab.delete('shop');
  lab.run(4000);
  expect(lab.texts().slice(-2)).toEqual([
    'shop Failed Terminating app=ContainerStatusUnknown(137)',
    'shop deleted',
  ]);
});

test('an active deadline ends the Pod with its own reason', () => {
  const lab = new Lab();
  lab.create('shop', { activeDeadlineSeconds: 10, containers: [container('app')] });
  lab.run(20_000);
  const { phase, reason, message } = lab.pod('shop')?.status ?? {};
  expect([phase, reason, message]).toEqual([
    'Failed',
    'DeadlineExceeded',
    'Pod was active on the node longer than the specified deadline',
  ]);
});
