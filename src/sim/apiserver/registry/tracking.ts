// Who wrote what: fills in `metadata.managedFields` on the way into the store.
import type { Kind, KubeObject } from '../../api/objects.ts';
import { formatTime } from '../../runtime/time.ts';
import { managersAfterUpdate } from '../managed-fields/managers.ts';
import type { AnyStored } from '../store/entry.ts';
import type { ServerContext, WriteOptions } from './context.ts';
import { withMeta } from './metadata.ts';
import { withTemplateGeneration } from './strategy.ts';

/** The name under which a component's or person's writes appear when the request gives none. */
export function managerOf(user: string): string {
  if (user === 'kubelet' || user.startsWith('kubelet/')) return 'kubelet';
  if (user.endsWith('scheduler')) return 'kube-scheduler';
  if (user === 'kube-apiserver' || user === 'kube-proxy') return user;
  return user === 'kubernetes-admin' ? 'kubectl' : 'kube-controller-manager';
}

/** The managers of a new object, before admission adds what belongs to nobody. */
export function trackNew<T extends KubeObject>(
  context: ServerContext,
  kind: Kind,
  object: T,
  options: WriteOptions,
): T {
  if (options.isTracked === true) return object;
  if (!context.tracksManagers) return withMeta(object, { managedFields: undefined });
  // The real server converts through a form that has this annotation already.
  const seen = kind === 'DaemonSet' ? withTemplateGeneration(object, 0) : object;
  const managedFields = managersAfterUpdate(kind, undefined, seen, {
    manager: options.manager,
    operation: 'Update',
    subresource: '',
    now: formatTime(context.clock.nowMs()),
  });
  return withMeta(object, { managedFields });
}

/** The managers after a change; call only when something changed. */
export function trackChange(
  context: ServerContext,
  kind: Kind,
  { object, old, subresource }: { object: AnyStored; old: AnyStored; subresource: string },
  options: WriteOptions,
): AnyStored {
  if (options.isTracked === true) return object;
  const before = old.metadata.managedFields;
  if (!context.tracksManagers) return withMeta(object, { managedFields: before });
  const managedFields = managersAfterUpdate(kind, old, object, {
    manager: options.manager,
    operation: 'Update',
    subresource,
    now: subresource === 'scale' ? '' : formatTime(context.clock.nowMs()),
  });
  return withMeta(object, {
    managedFields: managedFields.length === 0 ? undefined : managedFields,
  });
}
