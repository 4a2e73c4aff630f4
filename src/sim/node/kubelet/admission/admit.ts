// Whether the node takes a Pod it was given (pkg/kubelet/lifecycle/predicate.go).
import type { NodeSelectorTerm, Toleration } from '../../../api/generated/types.ts';
import { matchesSelector, requirementsOf, type Requirement } from '../../../api/selector.ts';
import { milliValue, value } from '../../../api/quantity.ts';
import type { StoredOf } from '../../../api/objects.ts';
import type { KubeletContext } from '../context.ts';
import { allocatable } from '../node/capacity.ts';
import { isTerminalPhase, type PodObject } from '../pod.ts';
import { podRequests } from '../resize/requests.ts';

export interface Refusal {
  readonly reason: string;
  readonly message: string;
}

/**
 * Undefined when the Pod may run here beside the others.
 * @param pressure the node's conditions that tell of something short: MemoryPressure, DiskPressure
 */
export function admit(
  context: KubeletContext,
  pod: PodObject,
  others: readonly PodObject[],
  pressure: readonly string[],
): Refusal | undefined {
  const node = context.api.client.get('Node', '', context.node.name);
  const running = others.filter(({ status }) => !isTerminalPhase(status.phase));
  const refused = pressed(pod, pressure) ?? lackingResource(context, pod, running);
  if (refused !== undefined) return refused;
  if (node === undefined) return undefined;
  const predicate = (name: string, why: string): Refusal => ({
    reason: name,
    message: `Predicate ${name} failed: ${why}`,
  });
  if (!matchesNode(pod, node)) {
    return predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  }
  if (hasPortConflict(pod, running)) {
    return predicate('NodePorts', "node(s) didn't have free ports for the requested pod ports");
  }
  if (!toleratesNode(pod, node)) {
    return predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate");
  }
  return undefined;
}

/**
 * A node that evicts takes no further Pods, or with memory short only such as have asked for some.
 */
function pressed(pod: PodObject, pressure: readonly string[]): Refusal | undefined {
  if (pressure.length === 0) return undefined;
  const isOnlyMemory = pressure.every((type) => type === 'MemoryPressure');
  const taint = { key: 'node.kubernetes.io/memory-pressure', effect: 'NoSchedule' };
  const mayRun =
    pod.status.qosClass !== 'BestEffort' ||
    (pod.spec.tolerations ?? []).some((toleration) => tolerates(toleration, taint));
  if (isOnlyMemory && mayRun) return undefined;
  const message = `The node had condition: [${pressure.join(' ')}]. `;
  return { reason: 'Evicted', message };
}

/** The first resource of which the node has too little left for a Pod beside others. */
export function lackingResource(
  context: KubeletContext,
  pod: PodObject,
  running: readonly PodObject[],
): Refusal | undefined {
  const all = allocatable(context.node);
  const lack = (name: string, requested: number, used: number, capacity: number): Refusal => ({
    reason: `OutOf${name}`,
    message: `Node didn't have enough resource: ${name}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
  });
  if (running.length + 1 > context.node.maxPods) {
    return lack('pods', 1, running.length, context.node.maxPods);
  }
  const wanted = podRequests(pod);
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    const amount = (text: string | undefined): number =>
      text === undefined ? 0 : name === 'cpu' ? milliValue(text) : value(text);
    const requested = amount(wanted[name]);
    if (requested === 0) continue;
    const used = running.reduce((sum, one) => sum + amount(podRequests(one)[name]), 0);
    const capacity = amount(all[name]);
    if (used + requested > capacity) return lack(name, requested, used, capacity);
  }
  return undefined;
}

function matchesNode(pod: PodObject, node: StoredOf<'Node'>): boolean {
  const labels = node.metadata.labels ?? {};
  for (const [key, wanted] of Object.entries(pod.spec.nodeSelector ?? {})) {
    if (labels[key] !== wanted) return false;
  }
  const required = pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (required === undefined) return true;
  return required.nodeSelectorTerms.some((term) => matchesTerm(term, node));
}

function matchesTerm(term: NodeSelectorTerm, node: StoredOf<'Node'>): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length === 0 && matchFields.length === 0) return false;
  const requirements = (list: readonly unknown[]): readonly Requirement[] =>
    requirementsOf({ matchExpressions: list as never });
  return (
    matchesSelector(requirements(matchExpressions), node.metadata.labels ?? {}) &&
    matchesSelector(requirements(matchFields), { 'metadata.name': node.metadata.name })
  );
}

function hostPorts(pod: PodObject): readonly string[] {
  return pod.spec.containers.flatMap(({ ports = [] }) =>
    ports
      .filter(({ hostPort }) => hostPort !== undefined && hostPort > 0)
      .map(({ hostPort, protocol = 'TCP' }) => `${protocol}/${hostPort}`),
  );
}

function hasPortConflict(pod: PodObject, running: readonly PodObject[]): boolean {
  const wanted = new Set(hostPorts(pod));
  return wanted.size > 0 && running.some((one) => hostPorts(one).some((port) => wanted.has(port)));
}

/** Only taints that would evict the Pod at once count here. */
function toleratesNode(pod: PodObject, node: StoredOf<'Node'>): boolean {
  const taints = (node.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
  const tolerations = pod.spec.tolerations ?? [];
  return taints.every((taint) => tolerations.some((one) => tolerates(one, taint)));
}

function tolerates(
  toleration: Toleration,
  taint: { readonly key: string; readonly value?: string | undefined; readonly effect: string },
): boolean {
  const { key = '', operator = 'Equal', effect = '' } = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  if (operator === 'Exists') return true;
  return key !== '' && (toleration.value ?? '') === (taint.value ?? '');
}
