// ResourceQuota: refuses what would exceed a quota, and counts what it lets in
// (apiserver/pkg/admission/plugin/resourcequota).
import type { Container, Pod, ResourceQuota, Status } from '../../../api/generated/types.ts';
import type { KubeObject } from '../../../api/objects.ts';
import { compareQuantities, subtractQuantities } from '../../../api/quantity.ts';
import type { Attributes, ServerContext } from '../../registry/context.ts';
import type { AnyStored } from '../../store/entry.ts';
import type { AdmissionPlugin } from '../plugin.ts';
import { forbid } from '../plugin.ts';
import type { Resources } from '../pod-resources.ts';
import { addResources } from '../pod-resources.ts';
import { isInScope } from './scopes.ts';
import { computeUsage, mask, usageOf } from './usage.ts';

/** Resources that a container must state once a quota limits them. */
const mustBeStated: ReadonlySet<string> = new Set([
  'cpu',
  'memory',
  'requests.cpu',
  'requests.memory',
  'limits.cpu',
  'limits.memory',
]);

export const resourceQuota: AdmissionPlugin = {
  name: 'ResourceQuota',

  validate(context, attributes) {
    const { namespace, options, object } = attributes;
    if (object === undefined || !isCounted(attributes)) return undefined;
    if (context.store.count('ResourceQuota') === 0) return undefined;
    const quotas = context.store.listSorted('ResourceQuota', namespace);
    const delta = addedUsage(context, attributes, object);
    const changed: AnyStored[] = [];
    for (const stored of quotas) {
      const result = charge(stored, delta, attributes, object);
      if (result.refused !== undefined) return result.refused;
      if (result.quota !== undefined) changed.push(result.quota);
    }
    if (!options.dryRun) for (const quota of changed) context.store.put('ResourceQuota', quota);
    return undefined;
  },
};

/** Everything new counts; of changes those of Services, claims and resized Pods can. */
function isCounted({ info, operation, subresource }: Attributes): boolean {
  if (operation === 'CREATE') return subresource === '';
  if (operation !== 'UPDATE') return false;
  if (info.modelled === 'Pod') return subresource === 'resize';
  const changing = info.modelled === 'Service' || info.modelled === 'PersistentVolumeClaim';
  return changing && subresource === '';
}

function addedUsage(
  context: ServerContext,
  { info, old }: Attributes,
  object: KubeObject,
): Resources {
  const nowMs = context.clock.nowMs();
  const usage: Record<string, string> = { ...usageOf(info.modelled, object, nowMs) };
  if (old !== undefined) {
    for (const [name, before] of Object.entries(usageOf(info.modelled, old, nowMs))) {
      usage[name] = subtractQuantities(usage[name] ?? '0', before);
    }
  }
  const added = Object.entries(usage).filter(([, amount]) => compareQuantities(amount, '0') !== 0);
  return Object.fromEntries(added);
}

function charge(
  stored: AnyStored,
  delta: Resources,
  attributes: Attributes,
  object: KubeObject,
): { readonly refused?: Status; readonly quota?: AnyStored } {
  const quota = stored as unknown as ResourceQuota;
  const { name } = stored.metadata;
  const hard: Resources = quota.status?.hard ?? {};
  const used: Resources = quota.status?.used ?? {};
  if (!isInScope(quota, attributes.info.modelled, object)) return {};
  if (attributes.info.modelled === 'Pod' && attributes.operation === 'CREATE') {
    const missing = unstated(object as Pod, hard);
    if (missing !== '') {
      return { refused: forbid(attributes, `failed quota: ${name}: must specify ${missing}`) };
    }
  }
  const requested = mask(delta, hard);
  const names = Object.keys(requested);
  if (names.length === 0) return {};
  const uncounted = names.filter((resource) => used[resource] === undefined);
  if (uncounted.length > 0) {
    const why = `status unknown for quota: ${name}, resources: ${uncounted.sort().join(',')}`;
    return { refused: forbid(attributes, why) };
  }
  const next = addResources(used, requested);
  const exceeded = names.filter(
    (resource) =>
      compareQuantities(requested[resource] ?? '0', '0') > 0 &&
      compareQuantities(next[resource] ?? '0', hard[resource] ?? '0') > 0,
  );
  if (exceeded.length > 0) {
    const list = (from: Resources): string =>
      [...exceeded]
        .sort()
        .map((resource) => `${resource}=${from[resource] ?? '0'}`)
        .join(',');
    const why = `exceeded quota: ${name}, requested: ${list(requested)}, used: ${list(used)}, limited: ${list(hard)}`;
    return { refused: forbid(attributes, why) };
  }
  return { quota: { ...stored, status: { ...quota.status, used: next } } };
}

/** `limits.memory for: a,b; requests.cpu for: b`, or '' when every container says what the quota needs to know. */
function unstated({ spec }: Pod, hard: Resources): string {
  const required = Object.keys(hard)
    .filter((name) => mustBeStated.has(name))
    .sort();
  if (required.length === 0) return '';
  const all: readonly Container[] = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  const parts: string[] = [];
  for (const resource of required) {
    const lacking = all
      .filter(({ resources }) => {
        const usage = computeUsage(resources?.requests ?? {}, resources?.limits ?? {});
        return usage[resource] === undefined;
      })
      .map(({ name }) => name);
    if (lacking.length > 0)
      parts.push(`${resource} for: ${[...new Set(lacking)].sort().join(',')}`);
  }
  return parts.join('; ');
}
