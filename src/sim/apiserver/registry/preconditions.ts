// What an update says about the state that it starts from.
import type { Status } from '../../api/generated/types.ts';
import { invalid, invalidStatus } from '../../api/messages.ts';
import type { KubeObject } from '../../api/objects.ts';
import { conflict, modified } from '../status.ts';
import type { AnyStored } from '../store/entry.ts';
import type { StoredResource } from './context.ts';
import { isUnconditionalUpdateAllowed } from './strategy.ts';

/** The refusal of an update whose uid or resourceVersion is not that of the stored object. */
export function checkPreconditions(
  info: StoredResource,
  given: KubeObject,
  old: AnyStored,
): Status | undefined {
  const { name, uid, resourceVersion: current } = old.metadata;
  const asked = given.metadata?.resourceVersion ?? '';
  const askedUid = given.metadata?.uid ?? '';
  if (askedUid !== '' && askedUid !== uid) {
    return conflict(
      info,
      name,
      `Precondition failed: UID in precondition: ${askedUid}, UID in object meta: ${uid}`,
    );
  }
  if (asked !== '' && asked !== '0') return asked === current ? undefined : modified(info, name);
  if (isUnconditionalUpdateAllowed(info.modelled)) return undefined;
  return invalidStatus(info.kind, info.group, name, [
    invalid('metadata.resourceVersion', { go: '0x0' }, 'must be specified for an update'),
  ]);
}
