// NodeResourcesFit: requests against what is left of the node (pkg/scheduler/framework/plugins/noderesources/fit.go).
import { podRequests } from '../resources.ts';
import type { Filter } from './filter.ts';

/** Resources in the order in which the real plugin names them. */
const namedFirst = ['cpu', 'memory', 'ephemeral-storage'];

export const resourcesFit: Filter = (pod, info) => {
  const reasons: string[] = [];
  const podLimit = info.allocatable.get('pods') ?? 0;
  if (info.pods.size + 1 > podLimit) reasons.push('Too many pods');
  const requests = podRequests(pod.spec);
  const names = [
    ...namedFirst,
    ...[...requests.keys()].filter((name) => !namedFirst.includes(name)).sort(),
  ];
  for (const name of names) {
    const wanted = requests.get(name) ?? 0;
    if (wanted === 0) continue;
    const free = (info.allocatable.get(name) ?? 0) - (info.requested.get(name) ?? 0);
    if (wanted > free) reasons.push(`Insufficient ${name}`);
  }
  return reasons.length === 0 ? undefined : { reasons, preemptionHelps: true };
};
