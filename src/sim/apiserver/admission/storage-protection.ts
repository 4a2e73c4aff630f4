// StorageObjectInUseProtection: volumes and claims stay until nobody uses them.
import type { Kind } from '../../api/objects.ts';
import { withMeta } from '../registry/metadata.ts';
import type { AdmissionPlugin } from './plugin.ts';

const finalizers: Partial<Record<Kind, string>> = {
  PersistentVolumeClaim: 'kubernetes.io/pvc-protection',
  PersistentVolume: 'kubernetes.io/pv-protection',
};

export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',

  admit(_, { info, operation }, object) {
    const finalizer = finalizers[info.modelled];
    if (finalizer === undefined || operation !== 'CREATE') return { ok: true, object };
    const present = object.metadata?.finalizers ?? [];
    if (present.includes(finalizer)) return { ok: true, object };
    return { ok: true, object: withMeta(object, { finalizers: [...present, finalizer] }) };
  },
};
