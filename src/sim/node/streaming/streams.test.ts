import { expect, test } from 'vitest';
import type { Status } from '../../api/generated/types.ts';
import type { StreamSink } from '../../apiserver/streaming.ts';
import { container, Lab } from '../kubelet/testing/lab.ts';

interface Told extends StreamSink {
  readonly texts: string[];
  readonly closed: Status[];
}

function sink(): Told {
  const texts: string[] = [];
  const closed: Status[] = [];
  return {
    texts,
    closed,
    onStdout: (text) => texts.push(text),
    onStderr: (text) => texts.push(`! ${text}`),
    onClose: (status) => closed.push(status),
  };
}

/** The refusal of a stream, or what it ended with, in words. */
function words(result: { readonly ok: boolean; readonly status?: Status }, told: Told): unknown {
  const status = result.ok ? told.closed[0] : result.status;
  return [status?.code, status?.message];
}

test('a container that does not run has no exec, and a log only where there was one', () => {
  const lab = new Lab();
  lab.create('web', { containers: [container('shop', { image: 'nginx:9.99' })] });
  lab.runtime.pullErrors.set('docker.io/library/nginx:9.99', 'no');
  lab.run(3000);
  const { streams } = lab.kubelet;
  const exec = sink();
  expect(words(streams.exec('default', 'web', { container: 'shop' }, exec), exec)).toEqual([
    500,
    'Internal error occurred: unable to upgrade connection: container not found ("shop")',
  ]);
  const logs = sink();
  expect(words(streams.logs('default', 'web', { container: 'shop' }, logs), logs)).toEqual([
    400,
    'container "shop" in pod "web" is waiting to start: image can\'t be pulled',
  ]);
  const nobody = sink();
  expect(words(streams.logs('default', 'nobody', { container: 'a' }, nobody), nobody)).toEqual([
    404,
    'pod "nobody" not found',
  ]);
});

test('an exec ends with the exit code of its command', () => {
  const lab = new Lab();
  lab.create('web', { containers: [container('shop')] });
  lab.run(3000);
  lab.runtime.exec_ = () => ({ code: 42, output: 'out\n' });
  const told = sink();
  lab.kubelet.streams.exec('default', 'web', { container: 'shop', command: ['x'] }, told);
  lab.run(1);
  expect(told.texts).toEqual(['out\n']);
  expect(told.closed[0]).toMatchObject({
    status: 'Failure',
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: '42' }] },
  });
});

test('nobody answers on a node whose kubelet is stopped, and less on one that is gone', () => {
  const lab = new Lab();
  lab.create('web', { containers: [container('shop')] });
  lab.run(3000);
  const { streams } = lab.kubelet;
  const address = 'dial tcp 10.250.0.11:10250';
  lab.kubelet.stop();
  const refused = sink();
  expect(words(streams.logs('default', 'web', { container: 'shop' }, refused), refused)).toEqual([
    500,
    `Get "https://10.250.0.11:10250/containerLogs/default/web/shop": ${address}: connect: connection refused`,
  ]);
  lab.kubelet.powerOff();
  const lost = sink();
  const options = { container: 'shop', command: ['true'] };
  const result = streams.exec('default', 'web', options, lost);
  expect(result.ok).toBe(true);
  lab.run(3000);
  expect(words(result, lost)).toEqual([
    500,
    `Internal error occurred: error sending request: Post "https://10.250.0.11:10250/exec/default/web/shop?command=true&error=1&output=1": ${address}: connect: no route to host`,
  ]);
});

test('who attaches to a container that reads on is let go at the end of their input', () => {
  const lab = new Lab();
  lab.create('web', { containers: [container('shop', { stdin: true })] });
  lab.run(3000);
  const told = sink();
  const options = { container: 'shop', stdin: true };
  const result = lab.kubelet.streams.attach('default', 'web', options, told);
  if (result.ok) result.handle.closeStdin();
  expect(told.closed.map(({ status }) => status)).toEqual(['Success']);
});
