import { expect, it } from 'vitest';
import type { Status } from '../../api/generated/types.ts';
import type { KubeletStreams, StreamResult } from '../streaming.ts';
import { pod, testServer } from '../testing.ts';

function withNode() {
  const test = testServer();
  test.create('nodes', {
    metadata: { name: 'node-2' },
    status: { addresses: [{ type: 'InternalIP', address: '10.250.0.12' }] },
  });
  const two = [
    { name: 'a', image: 'i' },
    { name: 'b', image: 'i' },
  ];
  test.create('pods', pod('solo'));
  test.create('pods', pod('two', { containers: two, initContainers: [{ name: 'i', image: 'i' }] }));
  test.create('pods', pod('unplaced'));
  const scheduler = test.server.client('kube-scheduler');
  scheduler.bind('default', 'solo', 'node-2');
  scheduler.bind('default', 'two', 'node-2');
  const closed: Status[] = [];
  const sink = {
    onStdout: (): void => undefined,
    onStderr: (): void => undefined,
    onClose: (status: Status): void => {
      closed.push(status);
    },
  };
  return { ...test, closed, sink };
}

const text = (result: StreamResult<unknown>): string =>
  result.ok ? 'open' : (result.status.message ?? '');

it('checks Pod, container and node before it asks a kubelet', () => {
  const { server, sink } = withNode();
  const logs = (name: string, container?: string) =>
    text(server.logs('default', name, { container }, sink));
  const exec = (name: string, container?: string) =>
    text(server.exec('default', name, { container, command: ['ls'] }, sink));
  expect(logs('nope')).toBe('pods "nope" not found');
  expect(logs('two')).toBe(
    'a container name must be specified for pod two, choose one of: [i a b]',
  );
  expect(logs('two', 'zz')).toBe('container zz is not valid for pod two');
  expect(exec('unplaced')).toBe('pod unplaced does not have a host assigned');
  expect(text(server.portForward('default', 'unplaced', 80, sink))).toBe(
    'pod unplaced does not have a host assigned',
  );
  expect(text(server.logs('default', 'solo', { tailLines: -1 }, sink))).toBe(
    'PodLogOptions "solo" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
  );
});

it('has no logs of a Pod without a node', () => {
  const { server, sink, clock, closed } = withNode();
  expect(text(server.logs('default', 'unplaced', {}, sink))).toBe('open');
  clock.advanceTo(clock.nowMs());
  expect(closed.map(({ status }) => status)).toEqual(['Success']);
});

it('says that a stopped kubelet refuses the connection', () => {
  const { server, sink } = withNode();
  server.registerKubelet('node-2', 'stopped');
  expect(text(server.logs('default', 'solo', {}, sink))).toBe(
    'Get "https://10.250.0.12:10250/containerLogs/default/solo/main": dial tcp 10.250.0.12:10250: connect: connection refused',
  );
  const options = { command: ['true'], stdout: true, stderr: true };
  expect(text(server.exec('default', 'solo', options, sink))).toBe(
    'Internal error occurred: error sending request: Post "https://10.250.0.12:10250/exec/default/solo/main?command=true&error=1&output=1": dial tcp 10.250.0.12:10250: connect: connection refused',
  );
});

it('says after a while that a node without power does not answer', () => {
  const { server, sink, clock, closed } = withNode();
  server.registerKubelet('node-2', 'unreachable');
  expect(text(server.logs('default', 'solo', {}, sink))).toBe('open');
  clock.advanceTo(clock.nowMs() + 29_999);
  expect(closed).toEqual([]);
  clock.advanceTo(clock.nowMs() + 1);
  expect(closed.map(({ message }) => message)).toEqual([
    'Get "https://10.250.0.12:10250/containerLogs/default/solo/main": dial tcp 10.250.0.12:10250: i/o timeout',
  ]);
});

it('hands the stream to the kubelet with the container it chose', () => {
  const { server, sink } = withNode();
  const asked: unknown[] = [];
  const refused = { ok: false, status: { message: 'busy' } } as const;
  const note = (...given: unknown[]): typeof refused => {
    asked.push(given.slice(0, 3));
    return refused;
  };
  const kubelet: KubeletStreams = { logs: note, exec: note, attach: note, portForward: note };
  server.registerKubelet('node-2', kubelet);
  expect(text(server.attach('default', 'solo', { stdin: true }, sink))).toBe('busy');
  server.portForward('default', 'solo', 80, sink);
  expect(asked).toEqual([
    ['default', 'solo', { stdin: true, container: 'main' }],
    ['default', 'solo', 80],
  ]);
});
