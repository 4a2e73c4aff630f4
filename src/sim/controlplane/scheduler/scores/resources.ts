// NodeResourcesFit (LeastAllocated) and NodeResourcesBalancedAllocation over cpu and memory.
import type { NodeInfo, SchedulablePod } from '../node-info.ts';
import { nonZeroRequests, podRequests } from '../resources.ts';
import { maxScore, type ScorePlugin } from './score.ts';

interface Use {
  readonly used: number;
  readonly capacity: number;
}

function useWith(pod: SchedulablePod, node: NodeInfo): readonly Use[] {
  const wanted = nonZeroRequests(pod.spec);
  return [
    { used: node.assumedCpuMilli + wanted.cpuMilli, capacity: node.allocatable.get('cpu') ?? 0 },
    {
      used: node.assumedMemoryBytes + wanted.memoryBytes,
      capacity: node.allocatable.get('memory') ?? 0,
    },
  ];
}

/** Free share of each resource, averaged (plugins/noderesources/least_allocated.go). */
export const leastAllocated: ScorePlugin = {
  weight: 1,
  scores: (pod, nodes) =>
    nodes.map((node) => {
      const shares = useWith(pod, node).map(({ used, capacity }) =>
        capacity === 0 || used > capacity
          ? 0
          : Math.floor(((capacity - used) * maxScore) / capacity),
      );
      return Math.floor(shares.reduce((sum, share) => sum + share, 0) / shares.length);
    }),
};

/** How even cpu and memory would be used (plugins/noderesources/balanced_allocation.go); best-effort Pods are left out. */
export const balancedAllocation: ScorePlugin = {
  weight: 1,
  scores(pod, nodes) {
    const requests = podRequests(pod.spec);
    if ((requests.get('cpu') ?? 0) === 0 && (requests.get('memory') ?? 0) === 0) {
      return nodes.map(() => 0);
    }
    return nodes.map((node) => {
      const fractions = ['cpu', 'memory'].map((name) => {
        const used = (node.requested.get(name) ?? 0) + (requests.get(name) ?? 0);
        return Math.min(1, used / (node.allocatable.get(name) ?? 1));
      });
      const [cpu = 0, memory = 0] = fractions;
      return Math.floor((1 - Math.abs(cpu - memory) / 2) * maxScore);
    });
  },
};
