// PodTopologySpread with whenUnsatisfiable DoNotSchedule (plugins/podtopologyspread/filtering.go).
import type { TopologySpreadConstraint } from '../../../api/generated/types.ts';
import { matchesLabelSelector } from '../../../api/selector.ts';
import type { NodeInfo, SchedulablePod } from '../node-info.ts';
import { nodeAffinity, taintToleration } from './node-basics.ts';
import { rejected, type Filter, type FilterContext } from './filter.ts';

/** Pods of the Pod's namespace on a node that a constraint counts. */
export function countedPods(
  pod: SchedulablePod,
  constraint: TopologySpreadConstraint,
  node: NodeInfo,
): number {
  const { labelSelector, matchLabelKeys = [] } = constraint;
  if (labelSelector === undefined) return 0;
  const own = pod.metadata.labels ?? {};
  let count = 0;
  for (const placed of node.pods.values()) {
    if (placed.metadata.namespace !== pod.metadata.namespace) continue;
    if (placed.metadata.deletionTimestamp !== undefined) continue;
    const labels = placed.metadata.labels ?? {};
    const sameKeys = matchLabelKeys.every(
      (key) => own[key] === undefined || own[key] === labels[key],
    );
    if (sameKeys && matchesLabelSelector(labelSelector, labels)) count += 1;
  }
  return count;
}

/** Nodes whose Pods count: those the Pod could use, as far as the constraint's policies say. */
function isEligible(
  pod: SchedulablePod,
  constraint: TopologySpreadConstraint,
  node: NodeInfo,
  context: FilterContext,
): boolean {
  const { nodeAffinityPolicy = 'Honor', nodeTaintsPolicy = 'Ignore' } = constraint;
  if (nodeAffinityPolicy === 'Honor' && nodeAffinity(pod, node, context) !== undefined)
    return false;
  return nodeTaintsPolicy !== 'Honor' || taintToleration(pod, node, context) === undefined;
}

function countsByDomain(
  pod: SchedulablePod,
  constraint: TopologySpreadConstraint,
  context: FilterContext,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of context.nodes) {
    const domain = node.node.metadata.labels?.[constraint.topologyKey];
    if (domain === undefined || !isEligible(pod, constraint, node, context)) continue;
    counts.set(domain, (counts.get(domain) ?? 0) + countedPods(pod, constraint, node));
  }
  return counts;
}

const text = "node(s) didn't match pod topology spread constraints";

export const topologySpread: Filter = (pod, node, context) => {
  const hard = (pod.spec.topologySpreadConstraints ?? []).filter(
    ({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule',
  );
  for (const constraint of hard) {
    const domain = node.node.metadata.labels?.[constraint.topologyKey];
    if (domain === undefined) return rejected(`${text} (missing required label)`);
    const counts = countsByDomain(pod, constraint, context);
    const enoughDomains = counts.size >= (constraint.minDomains ?? 1);
    const least = enoughDomains ? Math.min(...counts.values()) : 0;
    const { labelSelector } = constraint;
    const countsItself =
      labelSelector !== undefined && matchesLabelSelector(labelSelector, pod.metadata.labels ?? {});
    const skew = (counts.get(domain) ?? 0) + (countsItself ? 1 : 0) - least;
    if (skew > constraint.maxSkew) return rejected(text, true);
  }
  return undefined;
};
