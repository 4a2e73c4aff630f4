import { expect, test } from 'vitest';
import { podOf, seenOf, type Sighting } from '../testing/pods.ts';
import { podActions, type PodActions, type ProbeVerdicts } from './actions.ts';

const calm: ProbeVerdicts = {
  liveness: () => undefined,
  startup: () => undefined,
  resizeNeedsRestart: () => false,
};

function named(name: string, more: object = {}): object {
  return { name, image: 'busybox:1.36', ...more };
}

function sidecar(name: string, more: object = {}): object {
  return named(name, { restartPolicy: 'Always', ...more });
}

/** What is done, in words: `+sandbox`, `killPod`, `+name` to start, `-name` to kill. */
function words(actions: PodActions): readonly string[] {
  const names = (list: readonly { readonly name: string }[]): string[] =>
    list.map(({ name }) => `+${name}`);
  return [
    ...(actions.killPod && !actions.createSandbox ? ['killPod'] : []),
    ...(actions.createSandbox ? ['+sandbox'] : []),
    ...actions.toKill.map(({ container }) => `-${container.container.name}`),
    ...names(actions.ephemeralToStart),
    ...names(actions.initToStart),
    ...names(actions.toStart),
  ];
}

function actionsFor(
  spec: object,
  containers: readonly Sighting[],
  options: { sandbox?: 'ready' | 'gone' | 'none'; verdicts?: Partial<ProbeVerdicts> } = {},
): readonly string[] {
  const seen = seenOf(containers, options.sandbox ?? 'ready');
  return words(podActions(podOf(spec), seen, { ...calm, ...options.verdicts }));
}

test('a new Pod gets a sandbox and its containers, or its first init container', () => {
  const containers = [named('a'), named('b')];
  expect(actionsFor({ containers }, [], { sandbox: 'none' })).toEqual(['+sandbox', '+a', '+b']);
  const initContainers = [named('i'), named('j')];
  expect(actionsFor({ containers, initContainers }, [], { sandbox: 'none' })).toEqual([
    '+sandbox',
    '+i',
  ]);
});

test('after the loss of its sandbox a Pod starts anew, unless it never restarts or is done', () => {
  const containers = [named('a'), named('b')];
  const ended: Sighting[] = [
    { name: 'a', state: 'exited', exitCode: 0 },
    { name: 'b', state: 'exited', exitCode: 1 },
  ];
  const gone = { sandbox: 'gone' } as const;
  expect(actionsFor({ containers, restartPolicy: 'Always' }, ended, gone)).toEqual([
    '+sandbox',
    '+a',
    '+b',
  ]);
  expect(actionsFor({ containers, restartPolicy: 'OnFailure' }, ended, gone)).toEqual([
    '+sandbox',
    '+b',
  ]);
  expect(actionsFor({ containers, restartPolicy: 'Never' }, ended, gone)).toEqual(['killPod']);
});

test('a container that ended is started again as the restart policy says', () => {
  const containers = [named('a'), named('b')];
  const seen = (exitCode: number): Sighting[] => [
    { name: 'a', state: 'exited', exitCode },
    { name: 'b', state: 'running' },
  ];
  const done = (restartPolicy: string, exitCode: number): readonly string[] =>
    actionsFor({ containers, restartPolicy }, seen(exitCode));
  expect(done('Always', 0)).toEqual(['+a']);
  expect(done('OnFailure', 0)).toEqual([]);
  expect(done('OnFailure', 1)).toEqual(['+a']);
  expect(done('Never', 1)).toEqual([]);
});

test('a Pod with nothing left to run is stopped, its sidecars too', () => {
  const spec = {
    restartPolicy: 'Never',
    containers: [named('a')],
    initContainers: [sidecar('proxy')],
  };
  const seen: Sighting[] = [
    { name: 'a', state: 'exited' },
    { name: 'proxy', kind: 'init', state: 'running' },
  ];
  expect(actionsFor(spec, seen)).toEqual(['killPod']);
});

test('init containers go one by one; a sidecar lets the next one start when it has started', () => {
  const spec = {
    containers: [named('a')],
    initContainers: [
      named('first'),
      sidecar('proxy', { startupProbe: { exec: { command: ['x'] } } }),
      named('last'),
    ],
  };
  const first: Sighting = { name: 'first', kind: 'init', state: 'exited' };
  const proxy: Sighting = { name: 'proxy', kind: 'init', state: 'running' };
  const last: Sighting = { name: 'last', kind: 'init', state: 'running' };
  expect(actionsFor(spec, [{ ...first, state: 'running' }])).toEqual([]);
  expect(actionsFor(spec, [first])).toEqual(['+proxy']);
  expect(actionsFor(spec, [proxy, first])).toEqual([]);
  const started = { verdicts: { startup: () => true } };
  expect(actionsFor(spec, [proxy, first], started)).toEqual(['+last']);
  expect(actionsFor(spec, [last, proxy, first], started)).toEqual([]);
  expect(actionsFor(spec, [{ ...last, state: 'exited' }, proxy, first], started)).toEqual(['+a']);
});

test('a failed init container is tried again, or ends the Pod; an earlier sidecar that died comes back', () => {
  const initContainers = [sidecar('proxy'), named('setup')];
  const failed: Sighting[] = [
    { name: 'setup', kind: 'init', state: 'exited', exitCode: 1 },
    { name: 'proxy', kind: 'init', state: 'exited', exitCode: 1 },
  ];
  const spec = { containers: [named('a')], initContainers };
  expect(actionsFor({ ...spec, restartPolicy: 'Always' }, failed)).toEqual(['+proxy', '+setup']);
  expect(actionsFor({ ...spec, restartPolicy: 'Never' }, failed)).toEqual(['killPod']);
});

test('after the start of the Pod init containers are not run again, dead sidecars are', () => {
  const spec = {
    containers: [named('a')],
    initContainers: [named('setup'), sidecar('proxy')],
  };
  const seen: Sighting[] = [
    { name: 'a', state: 'running' },
    { name: 'proxy', kind: 'init', state: 'exited', exitCode: 0 },
  ];
  expect(actionsFor(spec, seen)).toEqual(['+proxy']);
});

test('probes and a changed image kill a running container, in words that say what follows', () => {
  const kill = (
    spec: object,
    sighting: Partial<Sighting>,
    verdicts: Partial<ProbeVerdicts> = {},
  ): readonly string[] => {
    const other: Sighting = { name: 'b', state: 'running' };
    const seen = seenOf([{ name: 'a', state: 'running', ...sighting }, other]);
    const pod = podOf({ containers: [named('a'), named('b')], ...spec });
    const actions = podActions(pod, seen, { ...calm, ...verdicts });
    return [...actions.toKill.map(({ message }) => message), ...words(actions).slice(1)];
  };
  expect(kill({}, { image: 'busybox:1.35' })).toEqual([
    'Container a definition changed, will be restarted',
    '+a',
  ]);
  expect(kill({}, {}, { liveness: (id) => id !== 'id-a' })).toEqual([
    'Container a failed liveness probe, will be restarted',
    '+a',
  ]);
  expect(kill({ restartPolicy: 'Never' }, {}, { startup: (id) => id !== 'id-a' })).toEqual([
    'Container a failed startup probe',
  ]);
  expect(kill({}, {}, { resizeNeedsRestart: ({ name }) => name === 'a' })).toEqual([
    'Container a resize requires restart',
    '+a',
  ]);
});

test('an ephemeral container is started once, even while init containers run', () => {
  const spec = {
    containers: [named('a')],
    initContainers: [named('setup')],
    ephemeralContainers: [named('guest')],
  };
  const setup: Sighting = { name: 'setup', kind: 'init', state: 'running' };
  expect(actionsFor(spec, [setup])).toEqual(['+guest']);
  const guest: Sighting = { name: 'guest', kind: 'ephemeral', state: 'exited', exitCode: 1 };
  expect(actionsFor(spec, [guest, setup])).toEqual([]);
});
