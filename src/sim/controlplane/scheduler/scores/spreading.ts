// PodTopologySpread as a preference: the Pod's own soft constraints, or the cluster's defaults for Pods of one owner.
import type { TopologySpreadConstraint } from '../../../api/generated/types.ts';
import type { FilterContext } from '../filters/filter.ts';
import { countedPods } from '../filters/topology-spread.ts';
import type { NodeInfo, SchedulablePod } from '../node-info.ts';
import { maxScore, type ScorePlugin } from './score.ts';

/** Labels by which the Pods of one owner are known; Services that select the Pod would count too. */
function defaultConstraints(
  pod: SchedulablePod,
  context: FilterContext,
): readonly TopologySpreadConstraint[] {
  const namespace = pod.metadata.namespace ?? '';
  const owner = (pod.metadata.ownerReferences ?? []).find(({ controller }) => controller === true);
  const selectors: Record<string, string>[] = [];
  const labels = pod.metadata.labels ?? {};
  for (const service of context.list('Service')) {
    const selector = Object.entries(service.spec.selector ?? {});
    if (service.metadata.namespace !== namespace || selector.length === 0) continue;
    if (selector.every(([key, value]) => labels[key] === value)) {
      selectors.push(Object.fromEntries(selector));
    }
  }
  if (owner?.kind === 'ReplicaSet' || owner?.kind === 'StatefulSet') {
    const found = context.get(owner.kind, namespace, owner.name);
    selectors.push({ ...found?.spec.selector.matchLabels });
  }
  if (selectors.length === 0) return [];
  const matchLabels = Object.assign({}, ...selectors) as Record<string, string>;
  const constraint = (topologyKey: string, maxSkew: number): TopologySpreadConstraint => ({
    topologyKey,
    maxSkew,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels },
  });
  return [constraint('kubernetes.io/hostname', 3), constraint('topology.kubernetes.io/zone', 5)];
}

/** ln(x) for x >= 1 by basic arithmetic alone, so that every engine gives the same bits. */
function naturalLog(x: number): number {
  const ratio = (x - 1) / (x + 1);
  let power = ratio;
  let sum = 0;
  for (let n = 1; n < 400; n += 2) {
    sum += power / n;
    power *= ratio * ratio;
  }
  return 2 * sum;
}

function scoreOf(
  pod: SchedulablePod,
  node: NodeInfo,
  constraint: TopologySpreadConstraint,
  nodes: readonly NodeInfo[],
): number {
  const domainOf = (one: NodeInfo) => one.node.metadata.labels?.[constraint.topologyKey];
  const domain = domainOf(node);
  if (domain === undefined) return 0;
  const domains = new Set(nodes.map(domainOf).filter((one) => one !== undefined));
  const inDomain = nodes.filter((one) => domainOf(one) === domain);
  const count = inDomain.reduce((sum, one) => sum + countedPods(pod, constraint, one), 0);
  return count * naturalLog(domains.size + 2) + (constraint.maxSkew - 1);
}

/** Fewer Pods of the kind are better (plugins/podtopologyspread/scoring.go). */
export const spreading: ScorePlugin = {
  weight: 2,
  scores(pod, nodes, context) {
    const own = (pod.spec.topologySpreadConstraints ?? []).filter(
      ({ whenUnsatisfiable }) => whenUnsatisfiable === 'ScheduleAnyway',
    );
    const hasConstraints = (pod.spec.topologySpreadConstraints ?? []).length > 0;
    const constraints = hasConstraints ? own : defaultConstraints(pod, context);
    if (constraints.length === 0) return nodes.map(() => 0);
    const raw = nodes.map((node) =>
      Math.round(constraints.reduce((sum, one) => sum + scoreOf(pod, node, one, context.nodes), 0)),
    );
    const most = Math.max(...raw);
    const least = Math.min(...raw);
    return raw.map((score) =>
      most === 0 ? maxScore : Math.floor((maxScore * (most + least - score)) / most),
    );
  },
};
