// The binding subresource of Pods (pkg/registry/core/pod/storage, BindingREST): the one way a Pod gets its node.
import type { Pod, PodCondition } from '../../api/generated/types.ts';
import { formatTime } from '../../runtime/time.ts';
import { resourceOf } from '../../api/kinds.ts';
import { conflict, notFound } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import type { Result } from '../types.ts';
import type { ServerContext } from './context.ts';

/** Assigns a Pod to a node and says so in condition PodScheduled. */
export function bindPod(
  context: ServerContext,
  target: { readonly namespace: string; readonly name: string },
  nodeName: string,
): Result<AnyStored> {
  const info = resourceOf('Pod');
  const { namespace, name } = target;
  const stored = context.store.get('Pod', namespace, name);
  if (stored === undefined) return { ok: false, status: notFound(info, name) };
  const pod = stored as unknown as Pod;
  const refuse = (why: string): Result<AnyStored> => ({
    ok: false,
    status: conflict({ group: '', plural: 'pods/binding' }, name, why),
  });
  if (stored.metadata.deletionTimestamp !== undefined) {
    return refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  }
  if ((pod.spec?.nodeName ?? '') !== '') {
    return refuse(`pod ${name} is already assigned to node "${pod.spec?.nodeName ?? ''}"`);
  }
  if ((pod.spec?.schedulingGates ?? []).length > 0) {
    return refuse(`pod ${name} has non-empty .spec.schedulingGates`);
  }
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'PodScheduled');
  const scheduled = {
    lastProbeTime: null,
    lastTransitionTime: formatTime(context.clock.nowMs()),
    status: 'True',
    type: 'PodScheduled',
  } as unknown as PodCondition;
  const next = {
    ...stored,
    spec: { ...(stored.spec as object), nodeName },
    status: { ...(stored.status as object), conditions: [...others, scheduled] },
  };
  return { ok: true, object: context.store.put('Pod', next) };
}
