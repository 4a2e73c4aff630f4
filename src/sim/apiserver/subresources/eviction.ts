// pods/NAME/eviction: deletes a Pod when its PodDisruptionBudget allows it
// (pkg/registry/core/pod/storage/eviction.go).
import type { Pod, PodCondition, PodDisruptionBudget } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import type { Status } from '../../api/generated/types.ts';
import { matchesLabelSelector } from '../../api/selector.ts';
import { formatTime } from '../../runtime/time.ts';
import { resourceOf } from '../../api/kinds.ts';
import type { ServerContext, WriteOptions } from '../registry/context.ts';
import { deleteObject } from '../registry/delete.ts';
import type { StoredResource } from '../registry/context.ts';
import { badRequest, failure, internalError, notFound, success } from '../status.ts';
import { parseDeleteOptions } from '../requests/delete-options.ts';
import type { Result } from '../types.ts';

/** More disrupted Pods than this wait for the budget's controller (MaxDisruptedPodSize). */
const maxDisruptedPods = 2000;

/** POST of an Eviction. @returns Status Success, or why the Pod stays: 429 when a budget says so. */
export function evictPod(
  context: ServerContext,
  target: { readonly namespace: string; readonly name: string },
  body: unknown,
  options: WriteOptions,
): Result<KubeObject> {
  const { namespace, name } = target;
  const info = resourceOf('Pod') as StoredResource;
  const eviction = (typeof body === 'object' && body !== null ? body : {}) as KubeObject;
  if ((eviction.metadata?.name ?? name) !== name) {
    return { ok: false, status: badRequest('name in URL does not match name in Eviction object') };
  }
  const stored = context.store.get('Pod', namespace, name);
  if (stored === undefined) return { ok: false, status: notFound(info, name) };
  const parsed = parseDeleteOptions(eviction.deleteOptions);
  if (!parsed.ok) return parsed;
  const style = { ...options, dryRun: options.dryRun || parsed.dryRun };
  const pod = stored as unknown as Pod;
  if (!canIgnoreBudget(pod)) {
    const refused = spendBudget(context, pod, namespace);
    if (refused !== undefined) return { ok: false, status: refused };
  }
  if (!style.dryRun) addDisruptionCondition(context, namespace, name);
  const deleted = deleteObject(context, info, target, parsed.options, style);
  if (!deleted.ok) return deleted;
  return { ok: true, object: { ...success(), code: 201 } as unknown as KubeObject };
}

/** Pods that have ended, wait for a node, or go already, disrupt nothing. */
function canIgnoreBudget({ metadata, status }: Pod): boolean {
  const phase = status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed' || phase === 'Pending') return true;
  return metadata?.deletionTimestamp !== undefined;
}

function isReady(pod: Pod): boolean {
  return (pod.status?.conditions ?? []).some(
    ({ type, status }) => type === 'Ready' && status === 'True',
  );
}

function spendBudget(context: ServerContext, pod: Pod, namespace: string): Status | undefined {
  const budgets = (
    context.store.listSorted('PodDisruptionBudget', namespace) as unknown as PodDisruptionBudget[]
  ).filter(({ spec }) => {
    const { selector } = spec ?? {};
    return selector !== undefined && matchesLabelSelector(selector, pod.metadata?.labels ?? {});
  });
  const [budget, ...others] = budgets;
  if (budget === undefined) return undefined;
  if (others.length > 0) {
    return internalError(
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    );
  }
  if (!isReady(pod) && allowsUnready(budget)) return undefined;
  return decrement(context, budget, pod);
}

/** UnhealthyPodEvictionPolicy: AlwaysAllow, or a budget whose healthy Pods suffice. */
function allowsUnready({ spec, status }: PodDisruptionBudget): boolean {
  if (spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

function decrement(
  context: ServerContext,
  budget: PodDisruptionBudget,
  pod: Pod,
): Status | undefined {
  const { status } = budget;
  const name = budget.metadata?.name ?? '';
  if ((status?.observedGeneration ?? 0) < (budget.metadata?.generation ?? 0)) {
    return tooManyRequests(
      "Cannot evict pod as it would violate the pod's disruption budget.",
      `The disruption budget ${name} is still being processed by the server.`,
      10,
    );
  }
  const allowed = status?.disruptionsAllowed ?? 0;
  const disrupted = status?.disruptedPods ?? {};
  if (allowed < 0 || Object.keys(disrupted).length > maxDisruptedPods) {
    return tooManyRequests(
      "Cannot evict pod as it would violate the pod's disruption budget.",
      '',
      0,
    );
  }
  if (allowed === 0) {
    return tooManyRequests(
      "Cannot evict pod as it would violate the pod's disruption budget.",
      `The disruption budget ${name} needs ${status?.desiredHealthy ?? 0} healthy pods and has ${status?.currentHealthy ?? 0} currently`,
      0,
    );
  }
  const podName = pod.metadata?.name ?? '';
  const next = {
    ...budget,
    status: {
      ...status,
      disruptionsAllowed: allowed - 1,
      disruptedPods: { ...disrupted, [podName]: formatTime(context.clock.nowMs()) },
    },
  };
  context.store.put('PodDisruptionBudget', next as never);
  return undefined;
}

/** 429 with the cause that `kubectl drain` waits on. */
function tooManyRequests(message: string, why: string, retryAfterSeconds: number): Status {
  return failure(429, 'TooManyRequests', message, {
    causes: [{ reason: 'DisruptionBudget', message: why }],
    ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}),
  });
}

function addDisruptionCondition(context: ServerContext, namespace: string, name: string): void {
  const stored = context.store.get('Pod', namespace, name);
  if (stored === undefined) return;
  const pod = stored as unknown as Pod;
  const conditions = pod.status?.conditions ?? [];
  if (conditions.some(({ type, status }) => type === 'DisruptionTarget' && status === 'True'))
    return;
  const condition = {
    lastProbeTime: null,
    lastTransitionTime: formatTime(context.clock.nowMs()),
    message: 'Eviction API: evicting',
    reason: 'EvictionByEvictionAPI',
    status: 'True',
    type: 'DisruptionTarget',
  } as unknown as PodCondition;
  const others = conditions.filter(({ type }) => type !== 'DisruptionTarget');
  const status = { ...(stored.status as object), conditions: [...others, condition] };
  context.store.put('Pod', { ...stored, status });
}
