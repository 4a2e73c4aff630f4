import { expect, test } from 'vitest';
import type { ContainerStatus } from '../../../api/generated/types.ts';
import { podOf } from '../testing/pods.ts';
import { containersReadyCondition, initializedCondition, readyCondition } from './conditions.ts';
import { finalStatus } from './final.ts';
import { podPhase } from './phase.ts';

type State = 'waiting' | 'running' | 'crashed' | number;

/** A status by its state; a number is the exit code of a container that has ended. */
function status(name: string, state: State, more: Partial<ContainerStatus> = {}): ContainerStatus {
  const last = { terminated: { exitCode: 1 } };
  return {
    name,
    image: '',
    imageID: '',
    ready: state === 'running',
    restartCount: 0,
    started: state === 'running',
    state:
      typeof state === 'number'
        ? { terminated: { exitCode: state } }
        : state === 'running'
          ? { running: {} }
          : { waiting: { reason: state === 'crashed' ? 'CrashLoopBackOff' : 'ContainerCreating' } },
    lastState: state === 'crashed' ? last : {},
    ...more,
  };
}

function named(names: string, more: object = {}): object[] {
  return names.split(' ').map((name) => ({ name, ...more }));
}

test('the phase follows from the containers and the restart policy', () => {
  const phase = (restartPolicy: string, a: State, b: State, isOver = false): string =>
    podPhase(
      podOf({ restartPolicy, containers: named('a b') }),
      [status('a', a), status('b', b)],
      isOver,
    );
  expect(phase('Always', 'waiting', 'waiting')).toBe('Pending');
  expect(phase('Always', 'running', 'waiting')).toBe('Pending');
  expect(phase('Always', 'running', 1)).toBe('Running');
  expect(phase('Always', 'crashed', 'crashed')).toBe('Running');
  expect(phase('Always', 0, 0)).toBe('Running');
  expect(phase('OnFailure', 0, 0)).toBe('Succeeded');
  expect(phase('OnFailure', 0, 1)).toBe('Running');
  expect(phase('Never', 0, 1)).toBe('Failed');
  expect(phase('Never', 0, 'running')).toBe('Running');
  expect(phase('Always', 0, 0, true)).toBe('Succeeded');
  expect(phase('Always', 0, 137, true)).toBe('Failed');
});

test('init containers keep a Pod pending; sidecars neither keep it alive nor decide its end', () => {
  const spec = {
    restartPolicy: 'Never',
    containers: named('a'),
    initContainers: [...named('setup'), ...named('proxy', { restartPolicy: 'Always' })],
  };
  const phase = (setup: State, proxy: State, a: State): string =>
    podPhase(podOf(spec), [status('setup', setup), status('proxy', proxy), status('a', a)], false);
  expect(phase('running', 'waiting', 'waiting')).toBe('Pending');
  expect(phase(3, 'waiting', 'waiting')).toBe('Failed');
  expect(phase(0, 'running', 'waiting')).toBe('Pending');
  expect(phase(0, 'running', 'running')).toBe('Running');
  expect(phase(0, 'running', 0)).toBe('Running');
  expect(phase(0, 137, 0)).toBe('Succeeded');
});

test('conditions name the containers they wait for', () => {
  const pod = podOf({
    containers: named('a b'),
    initContainers: [...named('setup'), ...named('proxy', { restartPolicy: 'Always' })],
  });
  const statuses = [
    status('setup', 'waiting', { ready: false }),
    status('proxy', 'waiting'),
    status('a', 'waiting'),
  ];
  expect(initializedCondition(pod, statuses, 'Pending')).toEqual({
    type: 'Initialized',
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: 'containers with incomplete status: [setup proxy]',
  });
  expect(containersReadyCondition(pod, statuses, 'Pending')).toEqual({
    type: 'ContainersReady',
    status: 'False',
    reason: 'ContainersNotReady',
    message: 'containers with unknown status: [b], containers with unready status: [proxy a]',
  });
  expect(containersReadyCondition(pod, statuses, 'Failed')).toEqual({
    type: 'ContainersReady',
    status: 'False',
    reason: 'PodFailed',
  });
});

test('a readiness gate holds Ready back until somebody says True', () => {
  const pod = podOf({ containers: named('a'), readinessGates: [{ conditionType: 'shop/listed' }] });
  const ready = { type: 'ContainersReady', status: 'True' };
  const gate = (given: string | undefined): unknown => {
    const conditions = given === undefined ? [] : [{ type: 'shop/listed', status: given }];
    const { status: found, message } = readyCondition(pod, conditions, ready);
    return [found, message];
  };
  expect(gate(undefined)).toEqual([
    'False',
    'corresponding condition of pod readiness gate "shop/listed" does not exist.',
  ]);
  expect(gate('False')).toEqual([
    'False',
    'the status of pod readiness gate "shop/listed" is not "True", but False',
  ]);
  expect(gate('True')).toEqual(['True', undefined]);
});

test('the last status gives every container that had its chance an end', () => {
  const pod = podOf({ containers: named('a'), initContainers: named('first second') });
  const lost = 'The container could not be located when the pod was terminated';
  const end = finalStatus(pod, {
    phase: 'Pending',
    containerStatuses: [status('a', 'waiting')],
    initContainerStatuses: [status('first', 'running'), status('second', 'waiting')],
  });
  expect(end.phase).toBe('Failed');
  expect(end.initContainerStatuses?.map(({ state }) => state?.terminated?.message)).toEqual([
    lost,
    undefined,
  ]);
  expect(end.containerStatuses?.[0]?.state?.terminated).toBe(undefined);
  const simple = podOf({ containers: named('a') });
  const gone = finalStatus(simple, {
    phase: 'Running',
    containerStatuses: [status('a', 'running')],
  });
  expect(gone.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(137);
});
