// DefaultStorageClass: a claim that names no class gets the default one, if there is one.
import type { PersistentVolumeClaim, StorageClass } from '../../api/generated/types.ts';
import type { ServerContext } from '../registry/context.ts';
import type { AdmissionPlugin } from './plugin.ts';

const classAnnotation = 'volume.beta.kubernetes.io/storage-class';
const defaultAnnotation = 'storageclass.kubernetes.io/is-default-class';

export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',

  admit(context, { info, operation }, object) {
    if (info.modelled !== 'PersistentVolumeClaim' || operation !== 'CREATE') {
      return { ok: true, object };
    }
    const spec = (object as PersistentVolumeClaim).spec ?? {};
    const isNamed =
      spec.storageClassName !== undefined || object.metadata?.annotations?.[classAnnotation];
    const name = isNamed ? undefined : defaultClass(context);
    if (name === undefined) return { ok: true, object };
    return { ok: true, object: { ...object, spec: { ...spec, storageClassName: name } } };
  },
};

/** Of several default classes the newest counts, and of equally old ones the first by name. */
function defaultClass({ store }: ServerContext): string | undefined {
  const classes = (store.listSorted('StorageClass') as unknown as readonly StorageClass[]).filter(
    ({ metadata }) => metadata?.annotations?.[defaultAnnotation] === 'true',
  );
  let newest: StorageClass | undefined;
  for (const candidate of classes) {
    const created = candidate.metadata?.creationTimestamp ?? '';
    if (newest === undefined || created > (newest.metadata?.creationTimestamp ?? '')) {
      newest = candidate;
    }
  }
  return newest?.metadata?.name;
}
