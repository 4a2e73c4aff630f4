import { describe, expect, it } from 'vitest';
import type { KubeEvent } from '../../api/generated/types.ts';
import { pod, testServer } from '../testing.ts';

function withPod() {
  const test = testServer();
  const involved = test.create('pods', pod('web')).body;
  const events = (): readonly KubeEvent[] =>
    (test.request({ verb: 'list', resource: 'events' }).body as unknown as { items: KubeEvent[] })
      .items;
  const wait = (ms: number): void => {
    test.clock.advanceTo(test.clock.nowMs() + ms);
  };
  return { ...test, involved, events, wait };
}

const summary = ({ count, message }: KubeEvent): string => `${count ?? '-'} ${message ?? ''}`;

describe('a kubelet', () => {
  it('records an Event in the form of core/v1', () => {
    const { server, involved, events } = withPod();
    const recorder = server.recorder({ component: 'kubelet', host: 'node-1' });
    recorder.event(
      involved,
      'Normal',
      'Started',
      'Started container main',
      'spec.containers{main}',
    );
    const [event] = events();
    expect(event).toEqual({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        name: event?.metadata.name,
        namespace: 'default',
        uid: event?.metadata.uid,
        resourceVersion: event?.metadata.resourceVersion,
        creationTimestamp: '2023-11-14T22:13:20Z',
      },
      involvedObject: {
        apiVersion: 'v1',
        fieldPath: 'spec.containers{main}',
        kind: 'Pod',
        name: 'web',
        namespace: 'default',
        resourceVersion: involved.metadata?.resourceVersion,
        uid: involved.metadata?.uid,
      },
      reason: 'Started',
      message: 'Started container main',
      type: 'Normal',
      source: { component: 'kubelet', host: 'node-1' },
      firstTimestamp: '2023-11-14T22:13:20Z',
      lastTimestamp: '2023-11-14T22:13:20Z',
      count: 1,
      eventTime: null,
      reportingComponent: 'kubelet',
      reportingInstance: 'node-1',
    });
    expect(event?.metadata.name).toMatch(/^web\.[0-9a-f]{16}$/);
  });

  it('counts the same text up', () => {
    const { server, involved, events, wait } = withPod();
    const recorder = server.recorder({ component: 'kubelet', host: 'node-1' });
    for (let i = 0; i < 3; i += 1) {
      recorder.event(involved, 'Warning', 'BackOff', 'Back-off');
      wait(10_000);
    }
    const [event, ...others] = events();
    expect(others).toEqual([]);
    expect([event?.count, event?.firstTimestamp, event?.lastTimestamp]).toEqual([
      3,
      '2023-11-14T22:13:20Z',
      '2023-11-14T22:13:40Z',
    ]);
  });

  it('combines the tenth different text and those after it', () => {
    const { server, involved, events, wait } = withPod();
    const recorder = server.recorder({ component: 'kubelet', host: 'node-1' });
    for (let i = 1; i <= 12; i += 1) {
      recorder.event(involved, 'Warning', 'Unhealthy', `failed ${i}`);
      wait(1000);
    }
    const texts = events().map(summary);
    expect(texts).toHaveLength(10);
    expect(texts.at(-1)).toBe('3 (combined from similar events): failed 12');
  });

  it('drops what comes too often: 25 at once, then one in five minutes', () => {
    const { server, involved, events, wait } = withPod();
    const recorder = server.recorder({ component: 'kubelet', host: 'node-1' });
    for (let i = 0; i < 40; i += 1) recorder.event(involved, 'Warning', 'BackOff', 'again');
    expect(events().map(summary)).toEqual(['25 again']);
    wait(300_000);
    recorder.event(involved, 'Warning', 'BackOff', 'again');
    expect(events().map(summary)).toEqual(['41 again']);
  });

  it('loses Events an hour after they were last written, and no later than a minute after that', () => {
    const { server, involved, events, wait } = withPod();
    const recorder = server.recorder({ component: 'kubelet', host: 'node-1' });
    recorder.event(involved, 'Normal', 'Started', 'a');
    wait(1_800_000);
    recorder.event(involved, 'Normal', 'Started', 'a');
    wait(3_599_000);
    expect(events()).toHaveLength(1);
    wait(61_000);
    expect(events()).toEqual([]);
  });
});

describe('the scheduler', () => {
  it('records through events.k8s.io, and repeats as a series', () => {
    const { server, involved, events, wait } = withPod();
    const recorder = server.recorder({ component: 'default-scheduler' });
    const fail = (): void => {
      recorder.event(involved, 'Warning', 'FailedScheduling', '0/3 nodes are available');
    };
    fail();
    expect(events()[0]).toMatchObject({
      action: 'Scheduling',
      eventTime: '2023-11-14T22:13:20.000000Z',
      firstTimestamp: null,
      lastTimestamp: null,
      source: {},
      reportingComponent: 'default-scheduler',
    });
    expect(events()[0]?.series).toBeUndefined();
    wait(1000);
    fail();
    wait(1000);
    fail();
    expect(events()[0]?.series).toEqual({
      count: 2,
      lastObservedTime: '2023-11-14T22:13:21.000000Z',
    });
    wait(720_000);
    expect(events()[0]?.series).toEqual({
      count: 3,
      lastObservedTime: '2023-11-14T22:13:22.000000Z',
    });
  });
});

it('records nothing in a namespace that is going away', () => {
  const { server, create, request } = testServer();
  create('namespaces', { metadata: { name: 'dev' } });
  const involved = create('configmaps', { metadata: { name: 'c', namespace: 'dev' } }).body;
  request({ verb: 'delete', resource: 'namespaces', name: 'dev' });
  server.recorder({ component: 'x' }).event(involved, 'Normal', 'A', 'b');
  const list = request({ verb: 'list', resource: 'events', namespace: undefined });
  expect((list.body as unknown as { items: unknown[] }).items).toEqual([]);
});
