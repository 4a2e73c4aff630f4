import { expect, test } from 'vitest';
import { container, Lab } from '../testing/lab.ts';

test('readiness decides over Ready, each failure is an Event, and nothing is restarted', () => {
  const lab = new Lab();
  let isReady = false;
  lab.runtime.exec_ = () => ({ code: isReady ? 0 : 1, output: isReady ? '' : 'not yet\n' });
  const readinessProbe = { exec: { command: ['check'] }, periodSeconds: 2, failureThreshold: 2 };
  lab.create('web', { containers: [container('web', { readinessProbe })] });
  lab.run(6000);
  expect(lab.pod('web')?.status.containerStatuses?.[0]?.ready).toBe(false);
  expect(lab.texts()).toContain('Unhealthy: Readiness probe failed: not yet\n');
  isReady = true;
  lab.run(2500);
  expect(lab.pod('web')?.status.containerStatuses?.[0]?.ready).toBe(true);
  isReady = false;
  lab.run(2500);
  expect(lab.pod('web')?.status.containerStatuses?.[0]?.ready).toBe(true);
  lab.run(2500);
  expect(lab.pod('web')?.status.containerStatuses?.[0]?.ready).toBe(false);
  expect(lab.pod('web')?.status.containerStatuses?.[0]?.restartCount).toBe(0);
});

test('a failing liveness probe restarts the container after its threshold', () => {
  const lab = new Lab();
  let isAlive = true;
  lab.runtime.exec_ = () => ({ code: isAlive ? 0 : 1, output: '' });
  const livenessProbe = { exec: { command: ['check'] }, periodSeconds: 3, failureThreshold: 2 };
  lab.create('shop', { containers: [container('shop', { livenessProbe })] });
  lab.run(10_000);
  isAlive = false;
  lab.run(8000);
  const from = lab.texts().findIndex((text) => text.startsWith('Unhealthy'));
  expect(lab.texts(from).slice(0, 4)).toEqual([
    'Unhealthy: Liveness probe failed: ',
    'Unhealthy: Liveness probe failed: ',
    'Killing: Container shop failed liveness probe, will be restarted',
    'Pulled: Container image "busybox:1.36" already present on machine',
  ]);
});

test('no other probe is made before the startup probe has succeeded', () => {
  const lab = new Lab();
  const asked: string[] = [];
  lab.runtime.exec_ = (_container, [word = '']) => {
    asked.push(word);
    return { code: word === 'started' && asked.length < 3 ? 1 : 0, output: '' };
  };
  lab.create('slow', {
    containers: [
      container('shop', {
        startupProbe: { exec: { command: ['started'] }, periodSeconds: 2, failureThreshold: 10 },
        readinessProbe: { exec: { command: ['ready'] }, periodSeconds: 2 },
        livenessProbe: { exec: { command: ['alive'] }, periodSeconds: 2 },
      }),
    ],
  });
  lab.run(7000);
  expect(asked.slice(0, 3)).toEqual(['started', 'started', 'started']);
  lab.run(5000);
  expect(new Set(asked.slice(3))).toEqual(new Set(['ready', 'alive']));
  expect(lab.pod('slow')?.status.containerStatuses?.[0]?.ready).toBe(true);
});

test('http and tcp probes tell what the server said', () => {
  const lab = new Lab();
  lab.runtime.http = () => ({ status: 503, body: '' });
  lab.runtime.tcp = () => 'dial tcp 10.244.1.3:6379: connect: connection refused';
  lab.create('web', {
    containers: [
      container('web', { readinessProbe: { httpGet: { path: '/', port: 80 }, periodSeconds: 2 } }),
      container('redis', { readinessProbe: { tcpSocket: { port: 6379 }, periodSeconds: 2 } }),
    ],
  });
  lab.run(4000);
  expect(lab.texts()).toContain(
    'Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503',
  );
  expect(lab.texts()).toContain(
    'Unhealthy: Readiness probe failed: dial tcp 10.244.1.3:6379: connect: connection refused',
  );
});

test('a healthy container that nothing stirs is not probed', () => {
  const lab = new Lab();
  let asked = 0;
  let stir: (() => void) | undefined;
  lab.runtime.exec_ = () => {
    asked += 1;
    return { code: 0, output: '' };
  };
  lab.runtime.whenStirred = (_sandbox, listener) => {
    stir = listener;
    return () => undefined;
  };
  lab.runtime.stepsOf = () => asked;
  const livenessProbe = { exec: { command: ['cat', '/tmp/healthy'] }, periodSeconds: 2 };
  lab.create('idle', { containers: [container('shop', { livenessProbe })] });
  lab.run(8000);
  const before = asked;
  lab.run(60_000);
  expect(asked).toBe(before);
  stir?.();
  lab.run(2500);
  expect(asked).toBe(before + 1);
});
