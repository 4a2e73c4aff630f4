// InterPodAffinity: Pods that want to be near, or away from, other Pods (plugins/interpodaffinity/filtering.go).
import type { PodAffinityTerm } from '../../../api/generated/types.ts';
import type { NodeInfo, SchedulablePod } from '../node-info.ts';
import { requiredAffinity, requiredAntiAffinity, termMeans } from '../pod-affinity.ts';
import { rejected, type Filter, type FilterContext } from './filter.ts';

const domainOf = (node: NodeInfo, key: string): string | undefined =>
  node.node.metadata.labels?.[key];

/** Whether a Pod that the test names stands in the same topology domain as the node. */
function inDomain(
  node: NodeInfo,
  topologyKey: string,
  context: FilterContext,
  test: (pod: SchedulablePod) => boolean,
): boolean {
  const domain = domainOf(node, topologyKey);
  if (domain === undefined) return false;
  return context.nodes.some(
    (other) => domainOf(other, topologyKey) === domain && [...other.pods.values()].some(test),
  );
}

/** The first Pod of a group that wants to be near its own kind is let in anywhere with the label. */
function isFirstOfItsKind(
  pod: SchedulablePod,
  terms: readonly PodAffinityTerm[],
  node: NodeInfo,
  context: FilterContext,
): boolean {
  const meansItself = terms.every((term) => termMeans(term, pod, pod, context));
  const hasLabels = terms.every(({ topologyKey }) => domainOf(node, topologyKey) !== undefined);
  const nobodyYet = !context.nodes.some((other) =>
    [...other.pods.values()].some((placed) =>
      terms.every((term) => termMeans(term, pod, placed, context)),
    ),
  );
  return meansItself && hasLabels && nobodyYet;
}

export const interPodAffinity: Filter = (pod, node, context) => {
  const near = requiredAffinity(pod);
  const allNear = near.every((term) =>
    inDomain(node, term.topologyKey, context, (placed) =>
      near.every((each) => termMeans(each, pod, placed, context)),
    ),
  );
  if (near.length > 0 && !allNear && !isFirstOfItsKind(pod, near, node, context)) {
    return rejected("node(s) didn't match pod affinity rules");
  }
  const away = requiredAntiAffinity(pod);
  const anyAway = away.some((term) =>
    inDomain(node, term.topologyKey, context, (placed) => termMeans(term, pod, placed, context)),
  );
  if (anyAway) return rejected("node(s) didn't match pod anti-affinity rules", true);
  const isUnwelcome = context.nodes.some((other) =>
    [...other.pods.values()].some((placed) =>
      requiredAntiAffinity(placed).some((term) => {
        const domain = domainOf(other, term.topologyKey);
        return (
          domain !== undefined &&
          domain === domainOf(node, term.topologyKey) &&
          termMeans(term, placed, pod, context)
        );
      }),
    ),
  );
  if (isUnwelcome)
    return rejected("node(s) didn't satisfy existing pods anti-affinity rules", true);
  return undefined;
};
