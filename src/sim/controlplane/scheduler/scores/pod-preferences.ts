// InterPodAffinity as a preference (plugins/interpodaffinity/scoring.go).
import type { PodAffinityTerm } from '../../../api/generated/types.ts';
import type { FilterContext } from '../filters/filter.ts';
import type { NodeInfo, SchedulablePod } from '../node-info.ts';
import { requiredAffinity, termMeans } from '../pod-affinity.ts';
import { spreadOut, type ScorePlugin } from './score.ts';

interface Wish {
  readonly term: PodAffinityTerm;
  readonly weight: number;
}

/** A required term of a placed Pod pulls others of its kind with this weight (hardPodAffinityWeight). */
const hardWeight = 1;

function wishesOf(pod: SchedulablePod): readonly Wish[] {
  const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {};
  const near = podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  const away = podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...near.map(({ podAffinityTerm, weight }) => ({ term: podAffinityTerm, weight })),
    ...away.map(({ podAffinityTerm, weight }) => ({ term: podAffinityTerm, weight: -weight })),
  ];
}

function pulls(
  pod: SchedulablePod,
  placed: SchedulablePod,
  context: FilterContext,
): readonly Wish[] {
  const own = wishesOf(pod).filter(({ term }) => termMeans(term, pod, placed, context));
  const theirs = [
    ...wishesOf(placed),
    ...requiredAffinity(placed).map((term) => ({ term, weight: hardWeight })),
  ].filter(({ term }) => termMeans(term, placed, pod, context));
  return [...own, ...theirs];
}

export const podPreferences: ScorePlugin = {
  weight: 2,
  scores(pod, nodes, context) {
    const byDomain = new Map<string, number>();
    const key = (node: NodeInfo, topologyKey: string): string | undefined => {
      const domain = node.node.metadata.labels?.[topologyKey];
      return domain === undefined ? undefined : `${topologyKey}=${domain}`;
    };
    const topologyKeys = new Set<string>();
    for (const node of context.nodes) {
      for (const placed of node.pods.values()) {
        for (const { term, weight } of pulls(pod, placed, context)) {
          const domain = key(node, term.topologyKey);
          if (domain === undefined) continue;
          topologyKeys.add(term.topologyKey);
          byDomain.set(domain, (byDomain.get(domain) ?? 0) + weight);
        }
      }
    }
    if (byDomain.size === 0) return nodes.map(() => 0);
    return spreadOut(
      nodes.map((node) =>
        [...topologyKeys].reduce(
          (sum, topologyKey) => sum + (byDomain.get(key(node, topologyKey) ?? '') ?? 0),
          0,
        ),
      ),
    );
  },
};
