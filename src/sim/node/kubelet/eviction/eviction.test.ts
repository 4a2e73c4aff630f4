import { expect, test } from 'vitest';
import { container, Lab } from '../testing/lab.ts';
import { podOf } from '../testing/pods.ts';
import { inUnits } from './limits.ts';
import { rank } from './ranking.ts';

const gib = 1024 ** 3;

test('Pods over their request go first, then the less important, then the furthest over', () => {
  const usage = (name: string, gibs: number, request: string | undefined, priority = 0) => ({
    pod: podOf(
      {
        priority,
        containers: [
          { name, resources: request === undefined ? {} : { requests: { memory: request } } },
        ],
      },
      {},
      { name },
    ),
    bytes: gibs * gib,
  });
  const ranked = rank(
    [
      usage('within', 3, '4Gi'),
      usage('important', 2, undefined, 1000),
      usage('over', 2, '1Gi'),
      usage('far', 2, undefined),
    ],
    'memory',
  );
  expect(ranked.map(({ pod }) => pod.metadata.name)).toEqual([
    'far',
    'over',
    'important',
    'within',
  ]);
});

test('bytes are written with the largest unit that leaves a whole number', () => {
  expect([0, 1, 1024, 1536, 4 * 1024 ** 2, gib].map(inUnits)).toEqual([
    '0',
    '1',
    '1Ki',
    '1536',
    '4Mi',
    '1Gi',
  ]);
});

test('a node short of memory says so and evicts, and takes no best-effort Pods meanwhile', () => {
  const lab = new Lab();
  lab.runtime.behaviours.set('hog', { onTerm: { afterMs: 0, code: 143 } });
  lab.create('hog', { containers: [container('hog', { command: ['hog'] })] });
  lab.run(5000);
  let used = 4 * gib - 50 * 1024 ** 2;
  lab.runtime.nodeUsage = () => ({ memoryBytes: used, diskBytes: 0 });
  lab.runtime.usage = () => ({ cpuMilli: 0, memoryBytes: 3 * gib, diskBytes: 0 });
  lab.run(12_000);
  const message =
    'The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi. Container hog was using 3Gi, request is 0, has larger consumption of memory. ';
  const { phase, reason, message: told, conditions = [] } = lab.pod('hog')?.status ?? {};
  expect([phase, reason, told]).toEqual(['Failed', 'Evicted', message]);
  const disruption = conditions.find(({ type }) => type === 'DisruptionTarget');
  expect(disruption).toMatchObject({
    type: 'DisruptionTarget',
    reason: 'TerminationByKubelet',
    message,
  });
  const pressure = (): string | undefined =>
    lab.server
      .client('observer')
      .get('Node', '', 'node-1')
      ?.status.conditions?.find(({ type }) => type === 'MemoryPressure')?.status;
  expect(pressure()).toBe('True');
  used = gib;
  lab.create('late', { containers: [container('late')] });
  lab.run(3000);
  expect(lab.pod('late')?.status.message).toBe(
    'Pod was rejected: The node had condition: [MemoryPressure]. ',
  );
  lab.run(320_000);
  expect(pressure()).toBe('False');
});
