import { expect, it } from 'vitest';
import type { PodSpec, ResourceRequirements } from '../../api/generated/types.ts';
import { computeQosClass } from './qos.ts';

const spec = (...resources: readonly ResourceRequirements[]): PodSpec => ({
  containers: resources.map((own, index) => ({ name: `c${index}`, resources: own })),
});
const both = { cpu: '1', memory: '1Gi' };

it('is BestEffort without requests and limits, zeros not counted', () => {
  expect(computeQosClass(spec({}, { requests: { cpu: '0' } }))).toBe('BestEffort');
});

it('is Guaranteed when everything is limited and requests are limits', () => {
  const same = { requests: { cpu: '1000m', memory: '1024Mi' }, limits: both };
  expect(computeQosClass(spec(same, same))).toBe('Guaranteed');
});

it('is Burstable in between', () => {
  expect(computeQosClass(spec({ requests: both, limits: both }, {}))).toBe('Burstable');
  expect(computeQosClass(spec({ requests: { cpu: '1', memory: '1' }, limits: both }))).toBe(
    'Burstable',
  );
  expect(computeQosClass(spec({ limits: { memory: '1' } }))).toBe('Burstable');
});

it('counts init containers and no ephemeral ones', () => {
  const limited = { requests: both, limits: both };
  const initContainers = [{ name: 'i', resources: {} }];
  expect(computeQosClass({ ...spec(limited), initContainers })).toBe('Burstable');
  const ephemeralContainers = [{ name: 'e', resources: {} }];
  expect(computeQosClass({ ...spec(limited), ephemeralContainers })).toBe('Guaranteed');
});
