// What a resize of a Pod may not do, with the class of service that it would have.
import type { Pod } from '../../api/generated/types.ts';
import type { FieldError } from '../../api/messages.ts';
import { validatePodResize } from '../../api/validation/pod-resize.ts';
import { computeQosClass } from '../registry/qos.ts';
import type { AnyStored } from '../store/entry.ts';

/** Why the new resources cannot be taken over; empty when they can. */
export function validateResize(object: AnyStored, old: AnyStored): readonly FieldError[] {
  const [pod, before] = [object, old] as unknown as readonly [Pod, Pod];
  const changesClass = computeQosClass(pod.spec) !== (before.status?.qosClass ?? '');
  return validatePodResize(pod, before, changesClass);
}
