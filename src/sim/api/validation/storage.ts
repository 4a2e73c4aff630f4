// PersistentVolumes and claims (ValidatePersistentVolume, ValidatePersistentVolumeClaim).
import type { PersistentVolume, PersistentVolumeClaim } from '../generated/types.ts';
import { forbidden, invalid, notSupported, required, type FieldError } from '../messages.ts';
import { parseQuantity } from '../quantity.ts';
import { validateLabelSelector } from './placement.ts';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

function validateAccessModes(
  modes: readonly string[] | undefined,
  detail: string,
): readonly FieldError[] {
  if ((modes ?? []).length === 0) return [required('spec.accessModes', detail)];
  return (modes ?? [])
    .filter((mode) => !accessModes.includes(mode))
    .map((mode) => notSupported('spec.accessModes', mode, accessModes));
}

export function validateClaim({ spec }: PersistentVolumeClaim): readonly FieldError[] {
  const storage = spec?.resources?.requests?.['storage'];
  return [
    ...validateLabelSelector(spec?.selector, 'spec.selector'),
    ...validateAccessModes(spec?.accessModes, 'at least 1 access mode is required'),
    ...(storage === undefined
      ? [required('spec.resources[storage]')]
      : (parseQuantity(storage)?.nanos ?? 0n) <= 0n
        ? [invalid('spec.resources[storage]', storage, 'must be greater than zero')]
        : []),
  ];
}

export function validateVolume({ spec }: PersistentVolume): readonly FieldError[] {
  const capacity = spec?.capacity?.['storage'];
  const sources = ['hostPath', 'local', 'nfs', 'csi'].filter(
    (name) => (spec as Record<string, unknown> | undefined)?.[name] !== undefined,
  );
  const policies = ['Delete', 'Recycle', 'Retain'];
  const policy = spec?.persistentVolumeReclaimPolicy ?? '';
  return [
    ...validateAccessModes(spec?.accessModes, ''),
    ...(capacity === undefined ? [required('spec.capacity')] : []),
    ...(sources.length === 0 ? [required('spec', 'must specify a volume type')] : []),
    ...sources
      .slice(1)
      .map((name) => forbidden(`spec.${name}`, 'may not specify more than 1 volume type')),
    ...(spec?.local !== undefined && spec.nodeAffinity === undefined
      ? [required('spec.nodeAffinity', 'Local volume requires node affinity')]
      : []),
    ...(policies.includes(policy)
      ? []
      : [notSupported('spec.persistentVolumeReclaimPolicy', policy, policies)]),
  ];
}
