// How much of a quota an object uses (pkg/quota/v1/evaluator/core). Also what the quota controller counts with.
import type { PersistentVolumeClaim, Pod, Service } from '../../../api/generated/types.ts';
import { groupResource, resourceOf } from '../../../api/kinds.ts';
import type { Kind, KubeObject } from '../../../api/objects.ts';
import { parseTime } from '../../../runtime/time.ts';
import type { Resources } from '../pod-resources.ts';
import { podResources } from '../pod-resources.ts';

/** Kinds whose objects are counted under their plural alone too. */
const plainCounts: ReadonlySet<Kind> = new Set<Kind>([
  'ConfigMap',
  'Secret',
  'Service',
  'PersistentVolumeClaim',
  'ResourceQuota',
]);

const standard = ['cpu', 'memory', 'ephemeral-storage'];

/**
 * The usage of one object by the names of a quota's `hard`: `count/pods`, `requests.cpu`, `services.nodeports` ...
 * @param nowMs a Pod that has ended, or whose grace period is over, uses nothing but its count
 */
export function usageOf(kind: Kind, object: KubeObject, nowMs: number): Resources {
  const resource = resourceOf(kind);
  const usage: Record<string, string> = { [`count/${groupResource(resource)}`]: '1' };
  if (plainCounts.has(kind)) usage[resource.plural] = '1';
  if (kind === 'Pod')
    return { ...usage, ...(isActive(object as Pod, nowMs) && podUsage(object as Pod)) };
  if (kind === 'Service') return { ...usage, ...serviceUsage(object as Service) };
  if (kind === 'PersistentVolumeClaim') {
    return { ...usage, ...claimUsage(object as PersistentVolumeClaim) };
  }
  return usage;
}

function isActive({ metadata, status }: Pod, nowMs: number): boolean {
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return false;
  const dueMs = parseTime(metadata?.deletionTimestamp ?? '');
  const graceMs = (metadata?.deletionGracePeriodSeconds ?? 0) * 1000;
  return dueMs === undefined || nowMs <= dueMs + graceMs;
}

function podUsage({ spec = { containers: [] } }: Pod): Resources {
  const computed = computeUsage(podResources(spec, 'requests'), podResources(spec, 'limits'));
  return { pods: '1', ...computed };
}

/** Requests under their own name and under `requests.`, limits under `limits.`. */
export function computeUsage(requests: Resources, limits: Resources): Resources {
  const usage: Record<string, string> = {};
  for (const [name, quantity] of Object.entries(requests)) {
    usage[`requests.${name}`] = quantity;
    if (standard.includes(name) || name.startsWith('hugepages-')) usage[name] = quantity;
  }
  for (const [name, quantity] of Object.entries(limits)) {
    if (standard.includes(name)) usage[`limits.${name}`] = quantity;
  }
  return usage;
}

function serviceUsage({ spec }: Service): Resources {
  const ports = String(spec?.ports?.length ?? 0);
  if (spec?.type === 'NodePort') return { 'services.nodeports': ports };
  if (spec?.type !== 'LoadBalancer') return {};
  const allocated = (spec.ports ?? []).filter(({ nodePort }) => (nodePort ?? 0) !== 0).length;
  const nodePorts = spec.allocateLoadBalancerNodePorts === false ? String(allocated) : ports;
  return { 'services.nodeports': nodePorts, 'services.loadbalancers': '1' };
}

function claimUsage({ spec }: PersistentVolumeClaim): Resources {
  const storage = spec?.resources?.requests?.storage;
  const ofClass = `${spec?.storageClassName ?? ''}.storageclass.storage.k8s.io`;
  const hasClass = (spec?.storageClassName ?? '') !== '';
  return {
    ...(hasClass ? { [`${ofClass}/persistentvolumeclaims`]: '1' } : {}),
    ...(storage === undefined ? {} : { 'requests.storage': storage }),
    ...(storage === undefined || !hasClass ? {} : { [`${ofClass}/requests.storage`]: storage }),
  };
}

/** The part of some resources that another set names. */
export function mask(resources: Resources, names: Resources): Resources {
  const kept = Object.entries(resources).filter(([name]) => names[name] !== undefined);
  return Object.fromEntries(kept);
}
