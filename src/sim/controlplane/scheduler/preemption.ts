// Preemption: which Pods of lower priority would have to leave so that a Pod fits (plugins/defaultpreemption).
import { matchesLabelSelector } from '../../api/selector.ts';
import { filterNode } from './filters/all.ts';
import type { FilterContext, Rejection } from './filters/filter.ts';
import { preemptionText } from './fit-error.ts';
import type { NodeInfo, SchedulablePod } from './node-info.ts';

export type PreemptionOutcome =
  | { readonly node: NodeInfo; readonly victims: readonly SchedulablePod[] }
  /** Why nobody is taken away, as FailedScheduling says it. */
  | { readonly text: string };

const priorityOf = (pod: SchedulablePod): number => pod.spec.priority ?? 0;

/** More important first: higher priority, then the one that started earlier. */
function moreImportant(a: SchedulablePod, b: SchedulablePod): number {
  if (priorityOf(a) !== priorityOf(b)) return priorityOf(b) - priorityOf(a);
  const started = (pod: SchedulablePod) => pod.status.startTime ?? pod.metadata.creationTimestamp;
  return started(a) < started(b) ? -1 : 1;
}

/** Pods whose eviction a disruption budget would forbid. */
function violatesBudget(pod: SchedulablePod, context: FilterContext): boolean {
  return context
    .list('PodDisruptionBudget')
    .some(
      (budget) =>
        budget.metadata.namespace === pod.metadata.namespace &&
        budget.spec.selector !== undefined &&
        matchesLabelSelector(budget.spec.selector, pod.metadata.labels ?? {}) &&
        budget.status.disruptionsAllowed <= 0,
    );
}

interface Candidate {
  readonly node: NodeInfo;
  readonly victims: readonly SchedulablePod[];
  readonly violations: number;
}

/** The fewest victims on one node: take all lower ones away, then give back as many as still fit, budgets first. */
function candidateOn(
  pod: SchedulablePod,
  node: NodeInfo,
  context: FilterContext,
): Candidate | undefined {
  const trial = node.copy();
  const nodes = context.nodes.map((one) => (one === node ? trial : one));
  const trialContext: FilterContext = {
    nodes,
    get: (...query) => context.get(...query),
    list: (kind) => context.list(kind),
  };
  const lower = [...node.pods.values()].filter((one) => priorityOf(one) < priorityOf(pod));
  for (const one of lower) trial.removePod(one.metadata.uid);
  if (lower.length === 0 || filterNode(pod, trial, trialContext) !== undefined) return undefined;
  const protectedOnes = lower.filter((one) => violatesBudget(one, context)).sort(moreImportant);
  const others = lower.filter((one) => !protectedOnes.includes(one)).sort(moreImportant);
  const victims: SchedulablePod[] = [];
  let violations = 0;
  for (const one of [...protectedOnes, ...others]) {
    trial.addPod(one);
    if (filterNode(pod, trial, trialContext) === undefined) continue;
    trial.removePod(one.metadata.uid);
    victims.push(one);
    if (protectedOnes.includes(one)) violations += 1;
  }
  return { node, victims: victims.sort(moreImportant), violations };
}

/** Fewest broken budgets, lowest highest victim, smallest sum of priorities, fewest victims. */
function better(a: Candidate, b: Candidate): boolean {
  const ranks = (one: Candidate): readonly number[] => [
    one.violations,
    Math.max(...one.victims.map(priorityOf)),
    one.victims.reduce((sum, victim) => sum + priorityOf(victim) + 2 ** 31, 0),
    one.victims.length,
  ];
  const left = ranks(a);
  const right = ranks(b);
  const at = left.findIndex((rank, index) => rank !== right[index]);
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}

/**
 * Looks for a node on which a Pod of lower priority can make room.
 * @param rejections why each node was rejected by the filters, in the order of `context.nodes`
 */
export function preempt(
  pod: SchedulablePod,
  rejections: ReadonlyMap<NodeInfo, Rejection>,
  context: FilterContext,
): PreemptionOutcome {
  if (pod.spec.preemptionPolicy === 'Never') {
    return { text: 'preemption: not eligible due to preemptionPolicy=Never.' };
  }
  const nominated = context.nodes.find(
    ({ node }) => node.metadata.name === pod.status.nominatedNodeName,
  );
  const roomIsComing = [...(nominated?.pods.values() ?? [])].some(
    (one) => one.metadata.deletionTimestamp !== undefined && priorityOf(one) < priorityOf(pod),
  );
  if (roomIsComing) {
    return { text: 'preemption: not eligible due to a terminating pod on the nominated node.' };
  }
  const helpful = [...rejections].filter(([, { preemptionHelps }]) => preemptionHelps);
  let best: Candidate | undefined;
  for (const [node] of helpful) {
    const candidate = candidateOn(pod, node, context);
    if (candidate !== undefined && (best === undefined || better(candidate, best)))
      best = candidate;
  }
  if (best !== undefined) return { node: best.node, victims: best.victims };
  const unhelpful = rejections.size - helpful.length;
  return { text: preemptionText(context.nodes.length, unhelpful, helpful.length) };
}
