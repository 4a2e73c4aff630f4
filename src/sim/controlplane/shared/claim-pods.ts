// Which Pods belong to a controller: those it owns and whose labels fit, orphans that fit (adopted), and not those
// whose labels no longer fit (released). pkg/controller/controller_ref_manager.go
import { matchesLabelSelector } from '../../api/selector.ts';
import type { LabelSelector } from '../../api/generated/types.ts';
import type { KubeObject } from '../../api/objects.ts';
import type { Client } from '../../apiserver/types.ts';
import { controllerReference, type StoredPod } from './controller.ts';

export interface Owner extends KubeObject {
  readonly metadata: NonNullable<KubeObject['metadata']> & {
    readonly uid: string;
    readonly name: string;
  };
}

function withReferences(
  pod: StoredPod,
  ownerReferences: NonNullable<StoredPod['metadata']['ownerReferences']>,
): StoredPod {
  return { ...pod, metadata: { ...pod.metadata, ownerReferences } };
}

/** Lets go of owned Pods that no longer fit, and adopts orphans that do. Returns the Pods that belong to the owner now. */
export function claimPods(
  client: Client,
  owner: Owner,
  selector: LabelSelector,
): readonly StoredPod[] {
  const namespace = owner.metadata.namespace ?? '';
  const fits = (pod: StoredPod) => matchesLabelSelector(selector, pod.metadata.labels ?? {});
  const ownerIsLeaving = owner.metadata.deletionTimestamp !== undefined;
  const claimed: StoredPod[] = [];
  const owned = client.list('Pod', { by: { index: 'byOwner', key: owner.metadata.uid } });
  for (const pod of owned) {
    if (fits(pod)) {
      claimed.push(pod);
    } else if (!ownerIsLeaving && pod.metadata.deletionTimestamp === undefined) {
      const others = (pod.metadata.ownerReferences ?? []).filter(
        ({ uid }) => uid !== owner.metadata.uid,
      );
      client.update('Pod', withReferences(pod, others));
    }
  }
  if (ownerIsLeaving) return claimed;
  for (const pod of client.list('Pod', { by: { index: 'byOwner', key: `/${namespace}` } })) {
    if (!fits(pod)) continue;
    if (pod.metadata.deletionTimestamp !== undefined) continue;
    const references = [...(pod.metadata.ownerReferences ?? []), controllerReference(owner)];
    const adopted = client.update('Pod', withReferences(pod, references));
    if (adopted.ok) claimed.push(adopted.object);
  }
  return claimed;
}
