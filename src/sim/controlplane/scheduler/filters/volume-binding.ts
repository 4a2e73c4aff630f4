// VolumeBinding: claims must be bound, and a bound volume must be reachable from the node (plugins/volumebinding).
import type { StoredOf } from '../../../api/objects.ts';
import { matchesNodeSelectorTerms } from '../node-affinity.ts';
import type { SchedulablePod } from '../node-info.ts';
import { rejected, type Filter, type FilterContext } from './filter.ts';

/** The names of the claims that a Pod mounts, those of ephemeral volumes included. */
export function claimNames(pod: SchedulablePod): readonly string[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    if (volume.persistentVolumeClaim) return [volume.persistentVolumeClaim.claimName];
    return volume.ephemeral ? [`${pod.metadata.name}-${volume.name}`] : [];
  });
}

/** A claim that waits for its Pod to be placed first (volumeBindingMode WaitForFirstConsumer). */
function waitsForConsumer(
  claim: StoredOf<'PersistentVolumeClaim'>,
  context: FilterContext,
): boolean {
  const { storageClassName = '' } = claim.spec;
  const storageClass = context.get('StorageClass', '', storageClassName);
  return storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
}

/** What keeps the Pod from every node, in the words of the PreFilter step; undefined when nothing does. */
export function unboundClaims(pod: SchedulablePod, context: FilterContext): string | undefined {
  for (const name of claimNames(pod)) {
    const claim = context.get('PersistentVolumeClaim', pod.metadata.namespace ?? '', name);
    if (claim === undefined) return `persistentvolumeclaim "${name}" not found`;
    if (claim.metadata.deletionTimestamp !== undefined) {
      return `persistentvolumeclaim "${name}" is being deleted`;
    }
    if (claim.status.phase === 'Lost') {
      return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName ?? ''}"`;
    }
    if (claim.spec.volumeName === undefined && !waitsForConsumer(claim, context)) {
      return 'pod has unbound immediate PersistentVolumeClaims';
    }
  }
  return undefined;
}

export const volumeBinding: Filter = (pod, { node }, context) => {
  for (const name of claimNames(pod)) {
    const claim = context.get('PersistentVolumeClaim', pod.metadata.namespace ?? '', name);
    const volume =
      claim?.spec.volumeName === undefined
        ? undefined
        : context.get('PersistentVolume', '', claim.spec.volumeName);
    const terms = volume?.spec.nodeAffinity?.required?.nodeSelectorTerms;
    if (terms !== undefined && !matchesNodeSelectorTerms(terms, node)) {
      return rejected("node(s) didn't match PersistentVolume's node affinity");
    }
  }
  return undefined;
};
