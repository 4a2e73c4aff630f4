// Metadata of every object (apimachinery/pkg/api/validation/objectmeta.go and what pkg/apis/core adds).
import type { ObjectMeta, OwnerReference } from '../generated/types.ts';
import { goValue } from '../go-values/print.ts';
import {
  forbidden,
  goStringList,
  invalid,
  required,
  tooLong,
  type FieldError,
} from '../messages.ts';
import {
  byteLength,
  checkDns1123Label,
  checkLabelValue,
  checkQualifiedName,
  maskTrailingHyphen,
} from '../names.ts';
import { immutable, judge, sortedEntries, type Check } from './rules.ts';

export type NameRule = Check;

/** All annotations of an object together. */
const mostAnnotationBytes = 256 * 1024;
const standardFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion'];

export interface MetadataRules {
  readonly namespaced: boolean;
  readonly nameRule: NameRule;
}

export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined,
  field: string,
): readonly FieldError[] {
  return sortedEntries(labels).flatMap(([key, value]) => [
    ...judge(field, key, checkQualifiedName),
    ...judge(field, value, checkLabelValue),
  ]);
}

export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  field: string,
): readonly FieldError[] {
  const entries = sortedEntries(annotations);
  const bytes = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return [
    ...entries.flatMap(([key]) =>
      checkQualifiedName(key.toLowerCase()).map((text) => invalid(field, key, text)),
    ),
    ...(bytes > mostAnnotationBytes ? [tooLong(field, mostAnnotationBytes)] : []),
  ];
}

function validateOwner(owner: OwnerReference, field: string): readonly FieldError[] {
  const { apiVersion = '', kind = '', name = '', uid = '' } = owner;
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const errors: FieldError[] = [];
  if (!version)
    errors.push(invalid(`${field}.apiVersion`, apiVersion, 'version must not be empty'));
  if (kind === '') errors.push(invalid(`${field}.kind`, kind, 'kind must not be empty'));
  if (name === '') errors.push(invalid(`${field}.name`, name, 'name must not be empty'));
  if (uid === '') errors.push(invalid(`${field}.uid`, uid, 'uid must not be empty'));
  if (group === '' && version === 'v1' && kind === 'Event') {
    const text = '/v1, Kind=Event is disallowed from being an owner';
    errors.push(invalid(field, goValue('v1.OwnerReference', owner), text));
  }
  return errors;
}

function validateOwners(owners: readonly OwnerReference[], field: string): readonly FieldError[] {
  let first: string | undefined;
  return owners.flatMap((owner) => {
    const errors = [...validateOwner(owner, field)];
    if (owner.controller !== true) return errors;
    const name = `${owner.kind ?? ''}/${owner.name ?? ''}`;
    if (first !== undefined) {
      const text = `Only one reference can have Controller set to true. Found "true" in references for ${first} and ${name}`;
      errors.push(invalid(field, goValue('[]v1.OwnerReference', owners), text));
    }
    first ??= name;
    return errors;
  });
}

function validateFinalizers(finalizers: readonly string[], field: string): readonly FieldError[] {
  const errors = finalizers.flatMap((finalizer) => judge(field, finalizer, checkQualifiedName));
  if (!finalizers.includes('orphan') || !finalizers.includes('foregroundDeletion')) return errors;
  const text = 'finalizer orphan and foregroundDeletion cannot be both set';
  return [...errors, invalid(field, goStringList(finalizers), text)];
}

/** Finalizers without a domain are Kubernetes' own. */
function validateFinalizerDomains(
  finalizers: readonly string[],
  field: string,
): readonly FieldError[] {
  const text = 'name is neither a standard finalizer name nor is it fully qualified';
  return finalizers.flatMap((finalizer, index) =>
    finalizer.includes('/') || standardFinalizers.includes(finalizer)
      ? []
      : [invalid(`${field}[${index}]`, finalizer, text)],
  );
}

function validateNamespace(namespace: string | undefined, namespaced: boolean) {
  const field = 'metadata.namespace';
  if (!namespaced) return namespace ? [forbidden(field, 'not allowed on this type')] : [];
  return namespace ? judge(field, namespace, checkDns1123Label) : [required(field)];
}

/** Checks metadata on creation; `metadata.name` is there already where it was generated. */
export function validateMetadata(
  meta: ObjectMeta | undefined,
  { namespaced, nameRule }: MetadataRules,
): readonly FieldError[] {
  const { name, generateName, namespace, finalizers = [] } = meta ?? {};
  const prefix = generateName ?? '';
  return [
    ...(prefix === ''
      ? []
      : nameRule(maskTrailingHyphen(prefix)).map((text) =>
          invalid('metadata.generateName', prefix, text),
        )),
    ...(name
      ? judge('metadata.name', name, nameRule)
      : [required('metadata.name', 'name or generateName is required')]),
    ...validateNamespace(namespace, namespaced),
    ...validateLabels(meta?.labels, 'metadata.labels'),
    ...validateAnnotations(meta?.annotations, 'metadata.annotations'),
    ...validateOwners(meta?.ownerReferences ?? [], 'metadata.ownerReferences'),
    ...validateFinalizers(finalizers, 'metadata.finalizers'),
    ...validateFinalizerDomains(finalizers, 'metadata.finalizers'),
  ];
}

/** What may not change about metadata once an object exists. */
export function validateMetadataUpdate(meta: ObjectMeta, old: ObjectMeta): readonly FieldError[] {
  const errors: FieldError[] = [];
  const finalizers = meta.finalizers ?? [];
  if (old.deletionTimestamp !== undefined) {
    const added = finalizers.filter((one) => old.finalizers?.includes(one) !== true).sort();
    if (added.length > 0) {
      const text = `no new finalizers can be added if the object is being deleted, found new finalizers ${goStringList(added).go}`;
      errors.push(forbidden('metadata.finalizers', text));
    }
  }
  for (const name of ['name', 'namespace', 'uid'] as const) {
    const value = meta[name] ?? '';
    const isSame = value === (old[name] ?? '');
    errors.push(...immutable(`metadata.${name}`, isSame, () => value));
  }
  return [
    ...errors,
    ...validateLabels(meta.labels, 'metadata.labels'),
    ...validateAnnotations(meta.annotations, 'metadata.annotations'),
    ...validateOwners(meta.ownerReferences ?? [], 'metadata.ownerReferences'),
    ...validateFinalizerDomains(finalizers, 'metadata.finalizers'),
  ];
}
