// The score plugins of the default profile, and the choice among the best nodes.
import type { Random } from '../../../runtime/random.ts';
import type { FilterContext } from '../filters/filter.ts';
import type { NodeInfo, SchedulablePod } from '../node-info.ts';
import { podPreferences } from './pod-preferences.ts';
import { imageLocality, preferNoSchedule, preferredNodes } from './preferences.ts';
import { balancedAllocation, leastAllocated } from './resources.ts';
import { spreading } from './spreading.ts';

const plugins = [
  preferNoSchedule,
  preferredNodes,
  spreading,
  podPreferences,
  leastAllocated,
  balancedAllocation,
  imageLocality,
];

/** The node with the highest weighted score; among equals chance decides (schedule_one.go, selectHost). */
export function bestNode(
  pod: SchedulablePod,
  nodes: readonly NodeInfo[],
  context: FilterContext,
  random: Random,
): NodeInfo | undefined {
  if (nodes.length <= 1) return nodes[0];
  const totals = nodes.map(() => 0);
  for (const { weight, scores } of plugins) {
    for (const [index, score] of scores(pod, nodes, context).entries()) {
      totals[index] = (totals[index] ?? 0) + weight * score;
    }
  }
  const most = Math.max(...totals);
  const best = nodes.filter((_, index) => totals[index] === most);
  return best[random.below(best.length)];
}
