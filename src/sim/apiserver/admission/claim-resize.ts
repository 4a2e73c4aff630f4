// PersistentVolumeClaimResize: a claim grows only when it is bound and its class lets it
// (plugin/pkg/admission/storage/persistentvolume/resize).
import type { PersistentVolumeClaim, StorageClass } from '../../api/generated/types.ts';
import { compareQuantities } from '../../api/quantity.ts';
import type { AdmissionPlugin } from './plugin.ts';
import { forbid } from './plugin.ts';

const requested = ({ spec }: PersistentVolumeClaim): string =>
  spec?.resources?.requests?.storage ?? '0';

export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',

  validate({ store }, attributes) {
    const { info, operation, subresource, object, old } = attributes;
    if (info.modelled !== 'PersistentVolumeClaim' || operation !== 'UPDATE') return undefined;
    if (subresource !== '' || object === undefined || old === undefined) return undefined;
    const [next, before] = [object as PersistentVolumeClaim, old as PersistentVolumeClaim];
    if (compareQuantities(requested(next), requested(before)) <= 0) return undefined;
    if (before.status?.phase !== 'Bound') {
      return forbid(attributes, 'Only bound persistent volume claims can be expanded');
    }
    const name = next.spec?.storageClassName ?? '';
    const found = store.get('StorageClass', '', name) as unknown as StorageClass | undefined;
    if (found?.allowVolumeExpansion === true) return undefined;
    return forbid(
      attributes,
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    );
  },
};
