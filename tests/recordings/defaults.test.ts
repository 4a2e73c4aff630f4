import { expect, it } from 'vitest';
import { applyDefaults } from '../../src/sim/api/defaults/defaults.ts';
import type { Kind } from '../../src/sim/api/objects.ts';
import { recordedObjects } from './recorded-objects.ts';

it('finds nothing left to default in any object that a real server has stored', () => {
  const seen = new Map<string, number>();
  for (const { scenario, object } of recordedObjects()) {
    const kind = object.kind as Kind;
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    const defaulted = applyDefaults(kind, object);
    expect({ scenario, kind, object: defaulted }).toEqual({ scenario, kind, object });
  }
  expect([...seen.keys()].sort()).toEqual(
    expect.arrayContaining([
      'DaemonSet',
      'Deployment',
      'Job',
      'Node',
      'Pod',
      'ReplicaSet',
      'Service',
    ]),
  );
});
