// PersistentVolumeClaims (ValidatePersistentVolumeClaim).
import type {
  PersistentVolumeClaim,
  PersistentVolumeClaimSpec,
  TypedObjectReference,
} from '../generated/types.ts';
import { goDiff } from '../go-values/diff.ts';
import { forbidden, invalid, notSupported, required, type FieldError } from '../messages.ts';
import { checkDns1123Label, checkDns1123Subdomain } from '../names.ts';
import { deepEqual } from '../patch/json.ts';
import { canonicalQuantity, compareQuantities } from '../quantity.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateAmount } from './resource-names.ts';
import { immutable, judgeGiven, oneOfGiven, present, subdomain } from './rules.ts';

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];
const alone = 'ReadWriteOncePod';

export function validateAccessModes(
  modes: readonly string[],
  field: string,
): readonly FieldError[] {
  const unknown = modes.filter((mode) => !accessModes.includes(mode));
  const others = modes.some((mode) => mode !== alone && accessModes.includes(mode));
  const text = 'may not use ReadWriteOncePod with other access modes';
  return [
    ...unknown.map((mode) => notSupported(field, mode, accessModes)),
    ...(modes.includes(alone) && others ? [forbidden(field, text)] : []),
  ];
}

export const validateVolumeMode = (mode: string | undefined, field: string) =>
  oneOfGiven(`${field}.volumeMode`, mode, ['Block', 'Filesystem']);

export function positive(amount: string, field: string): readonly FieldError[] {
  if (compareQuantities(amount, '0') > 0) return [];
  return [invalid(field, canonicalQuantity(amount), 'must be greater than zero')];
}

function validateStorage(amount: string | undefined, field: string): readonly FieldError[] {
  if (amount === undefined) return [required(field)];
  const errors = positive(amount, field);
  return errors.length > 0 ? errors : validateAmount('storage', amount, field);
}

function validateSource(
  { name, kind, apiGroup = '', namespace }: TypedObjectReference,
  field: string,
): readonly FieldError[] {
  const text = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
  return [
    ...present(`${field}.name`, name),
    ...present(`${field}.kind`, kind),
    ...(apiGroup === '' && kind !== 'PersistentVolumeClaim'
      ? [invalid(field, kind ?? '', text)]
      : []),
    ...judgeGiven(`${field}.apiGroup`, apiGroup, checkDns1123Subdomain),
    ...judgeGiven(`${field}.namespace`, namespace, checkDns1123Label),
  ];
}

function validateSources(spec: PersistentVolumeClaimSpec, field: string): readonly FieldError[] {
  const { dataSource, dataSourceRef } = spec;
  const errors = [
    ...(dataSource ? validateSource(dataSource, `${field}.dataSource`) : []),
    ...(dataSourceRef ? validateSource(dataSourceRef, `${field}.dataSourceRef`) : []),
  ];
  if (dataSource === undefined || dataSourceRef === undefined) return errors;
  const go = `${field}.dataSource`;
  if (dataSourceRef.namespace) {
    const text = 'may not be specified when dataSourceRef.namespace is specified';
    return [...errors, invalid(field, { go }, text)];
  }
  const isSame = (['apiGroup', 'kind', 'name'] as const).every(
    (name) => dataSource[name] === dataSourceRef[name],
  );
  return isSame ? errors : [...errors, invalid(field, { go }, 'must match dataSourceRef')];
}

/** Of a claim, or of the template of one. @param field ends in `spec` */
export function validateClaimSpec(
  given: PersistentVolumeClaimSpec | undefined,
  field: string,
): readonly FieldError[] {
  const spec = given ?? {};
  const { accessModes: modes = [], selector, resources } = spec;
  return [
    ...(modes.length === 0
      ? [required(`${field}.accessModes`, 'at least 1 access mode is required')]
      : []),
    ...validateLabelSelector(selector, `${field}.selector`),
    ...validateAccessModes(modes, `${field}.accessModes`),
    ...validateStorage(resources?.requests?.['storage'], `${field}.resources[storage]`),
    ...subdomain(`${field}.storageClassName`, spec.storageClassName),
    ...validateVolumeMode(spec.volumeMode, field),
    ...validateSources(spec, field),
  ];
}

export const validateClaim = ({ spec }: PersistentVolumeClaim): readonly FieldError[] =>
  validateClaimSpec(spec, 'spec');

const classAnnotation = 'volume.beta.kubernetes.io/storage-class';
type Claim = PersistentVolumeClaim;

const annotationOf = ({ metadata }: Claim): string | undefined =>
  metadata?.annotations?.[classAnnotation];

/** A claim that named its class in an annotation may name the same class in the field. */
function movesClassToField(claim: Claim, old: Claim): boolean {
  const [now, before] = [claim.spec?.storageClassName, old.spec?.storageClassName];
  const named = annotationOf(old);
  const kept = annotationOf(claim);
  if (named === undefined || before !== undefined || now !== named) return false;
  return kept === undefined || kept === named;
}

/** The new spec with everything that may change put back. */
function munged(claim: Claim, old: Claim, mayMove: boolean): PersistentVolumeClaimSpec {
  const [spec, before] = [claim.spec ?? {}, old.spec ?? {}];
  const named = annotationOf(old);
  const mayName =
    spec.storageClassName !== undefined &&
    before.storageClassName === undefined &&
    (named === undefined || named === spec.storageClassName);
  const storage = before.resources?.requests?.['storage'];
  const isBound = claim.status?.phase === 'Bound' && spec.resources?.requests !== undefined;
  return {
    ...spec,
    ...(before.volumeName ? {} : { volumeName: before.volumeName }),
    ...(mayMove || mayName ? { storageClassName: before.storageClassName } : {}),
    ...(isBound && storage !== undefined
      ? { resources: { ...spec.resources, requests: { ...spec.resources?.requests, storage } } }
      : {}),
  };
}

export function validateClaimUpdate(claim: Claim, old: Claim): readonly FieldError[] {
  const [spec, before] = [claim.spec ?? {}, old.spec ?? {}];
  const mayMove = movesClassToField(claim, old);
  const errors = [...validateClaim(claim)];
  const [named, kept] = [annotationOf(old) ?? '', annotationOf(claim) ?? ''];
  const at = `metadata.annotations.${classAnnotation}`;
  if (!mayMove) errors.push(...immutable(at, named === kept, () => kept));
  const rest = munged(claim, old, mayMove);
  if (!deepEqual(rest, before)) {
    const what = 'resources.requests and volumeAttributesClassName for bound claims';
    const diff = goDiff('core.PersistentVolumeClaimSpec', before, rest);
    const text = `spec is immutable after creation except ${what}\n${diff}`;
    errors.push(forbidden('spec', text));
  }
  const size = (one: PersistentVolumeClaimSpec): string =>
    one.resources?.requests?.['storage'] ?? '0';
  const capacity = old.status?.capacity?.['storage'] ?? '0';
  if (compareQuantities(size(spec), size(before)) < 0) {
    if (compareQuantities(size(spec), capacity) <= 0) {
      const text = 'field can not be less than status.capacity';
      errors.push(forbidden('spec.resources.requests.storage', text));
    }
  }
  const isSame = spec.volumeMode === before.volumeMode;
  return [...errors, ...immutable('volumeMode', isSame, () => spec.volumeMode ?? null)];
}
