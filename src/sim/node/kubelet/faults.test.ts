import { expect, test } from 'vitest';
import { container, Lab } from './testing/lab.ts';

test('after a reboot the same Pods get new sandboxes, init containers run again, restart counts rise', () => {
  const lab = new Lab();
  lab.runtime.behaviours.set('run', { exitAfterMs: 300 });
  lab.create('solo', {
    initContainers: [container('setup', { command: ['run'] })],
    containers: [container('app')],
  });
  lab.create('never', { restartPolicy: 'Never', containers: [container('app')] });
  lab.run(5000);
  const ip = lab.pod('solo')?.status.podIP;
  const from = lab.diary.length;
  lab.kubelet.powerOff();
  lab.run(20_000);
  expect(lab.texts(from)).toEqual([]);
  lab.kubelet.powerOn();
  lab.run(40_000);
  expect(lab.texts(from).filter((text) => !/^(Pulled|Created|Started)/.test(text))).toEqual([
    'solo Running setup=Completed(0)+ app=Unknown(255)',
    'never Running app=Unknown(255)',
    'SandboxChanged: Pod sandbox changed, it will be killed and re-created.',
    'solo Running setup=Completed(0)+*1 app=Unknown(255)',
    'solo Running setup=Completed(0)+*1 app=running+*1',
    'never Failed app=Unknown(255)',
  ]);
  expect(lab.pod('solo')?.status.podIP).not.toBe(ip);
});

test('while the kubelet is stopped containers run on; afterwards it takes up what has happened', () => {
  const lab = new Lab();
  lab.create('mortal', { containers: [container('mortal')] });
  lab.create('leaver', { containers: [container('leaver')] });
  lab.run(5000);
  lab.kubelet.stop();
  const from = lab.diary.length;
  lab.delete('leaver');
  lab.run(5000);
  lab.runtime.crash('mortal', 7);
  lab.run(20_000);
  expect(lab.texts(from)).toEqual(['leaver Running Terminating leaver=running+']);
  lab.kubelet.start();
  lab.run(5000);
  expect(lab.pod('mortal')?.status.containerStatuses?.[0]?.restartCount).toBe(1);
  expect(lab.pod('leaver')).toBe(undefined);
});

test('what is left of a Pod that was deleted meanwhile is ended when the kubelet is back', () => {
  const lab = new Lab();
  lab.create('web', { containers: [container('web')] });
  lab.run(5000);
  lab.kubelet.stop();
  lab.delete('web', 0);
  lab.run(5000);
  expect(lab.runtime.created.map(({ state }) => state)).toEqual(['running']);
  lab.kubelet.start();
  lab.run(5000);
  expect(lab.runtime.created).toEqual([]);
});

test('without its cable the node renews no Lease and tells nothing; Events come when it is back', () => {
  const lab = new Lab();
  lab.create('web', { containers: [container('web')] });
  lab.run(5000);
  const renewed = (): string | undefined =>
    lab.server.client('observer').get('Lease', 'kube-node-lease', 'node-1')?.spec.renewTime;
  lab.kubelet.setCable(false);
  const before = renewed();
  const from = lab.diary.length;
  lab.runtime.crash('web', 1);
  lab.run(30_000);
  expect(renewed()).toBe(before);
  expect(lab.texts(from)).toEqual([]);
  lab.kubelet.setCable(true);
  lab.run(11_000);
  expect(renewed()).not.toBe(before);
  expect(lab.pod('web')?.status.containerStatuses?.[0]?.restartCount).toBe(1);
  expect(lab.texts(from)).toContain('Started: Started container web');
});

test('a condition that others share with the kubelet stays when they have set it', () => {
  const lab = new Lab();
  lab.create('web', { containers: [container('web')] });
  lab.run(5000);
  const pod = lab.pod('web');
  const disruption = { type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' };
  lab.server.client('kube-scheduler').updateStatus('Pod', {
    ...pod,
    status: { ...pod?.status, conditions: [...(pod?.status.conditions ?? []), disruption] },
  } as never);
  lab.delete('web');
  lab.run(300);
  const found = lab.pod('web')?.status.conditions?.find(({ type }) => type === 'DisruptionTarget');
  expect(found?.reason).toBe('PreemptionByScheduler');
});

test('a status that somebody else overwrote is put right within ten seconds', () => {
  const lab = new Lab();
  lab.create('web', { containers: [container('web')] });
  lab.run(5000);
  const pod = lab.pod('web');
  const conditions = pod?.status.conditions?.map((one) =>
    one.type === 'Ready' ? { ...one, status: 'False' } : one,
  );
  lab.server.client('node-controller').updateStatus('Pod', {
    ...pod,
    status: { ...pod?.status, conditions },
  } as never);
  lab.run(10_500);
  expect(lab.pod('web')?.status.conditions?.find(({ type }) => type === 'Ready')?.status).toBe(
    'True',
  );
});

test('a node that hosts idle Pods for an hour asks for few callbacks', () => {
  const lab = new Lab();
  for (let index = 0; index < 20; index += 1) {
    lab.create(`idle-${index}`, { containers: [container('a'), container('b')] });
  }
  lab.run(60_000);
  const callbacks = lab.clock.advanceTo(lab.clock.nowMs() + 3_600_000);
  expect(callbacks).toBeLessThan(800);
});
