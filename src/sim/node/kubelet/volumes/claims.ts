// From a claim to the folder behind it (desired_state_of_world_populator.go createVolumeSpec).
import type { PersistentVolume, Volume } from '../../../api/generated/types.ts';
import type { Stored } from '../../../api/objects.ts';
import type { Client } from '../../../apiserver/types.ts';
import { namespaceOf, type PodObject } from '../pod.ts';

export type ClaimResult =
  | { readonly ok: true; readonly volume: Stored<PersistentVolume> }
  | { readonly ok: false; readonly error: string };

/** The claim a volume names; a generic ephemeral volume's is made for the Pod under its name. */
export function claimOf(pod: PodObject, volume: Volume): string | undefined {
  if (volume.persistentVolumeClaim !== undefined) return volume.persistentVolumeClaim.claimName;
  return volume.ephemeral === undefined ? undefined : `${pod.metadata.name}-${volume.name}`;
}

/** The bound volume of a claim, or why there is none yet. */
export function boundVolume(client: Client, pod: PodObject, claimName: string): ClaimResult {
  const namespace = namespaceOf(pod);
  const fail = (why: string): ClaimResult => ({
    ok: false,
    error: `error processing PVC ${namespace}/${claimName}: ${why}`,
  });
  const claim = client.get('PersistentVolumeClaim', namespace, claimName);
  if (claim === undefined) {
    return fail(
      `failed to fetch PVC from API server: persistentvolumeclaims "${claimName}" not found`,
    );
  }
  if (claim.metadata.deletionTimestamp !== undefined) return fail('PVC is being deleted');
  const { volumeName } = claim.spec;
  if (claim.status.phase !== 'Bound' || volumeName === undefined || volumeName === '') {
    return fail('PVC is not bound');
  }
  const volume = client.get('PersistentVolume', '', volumeName);
  if (volume === undefined) {
    return fail(
      `failed to fetch PV ${volumeName} from API server: persistentvolumes "${volumeName}" not found`,
    );
  }
  return { ok: true, volume };
}
