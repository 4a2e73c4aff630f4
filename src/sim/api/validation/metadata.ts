// Metadata of every object (apimachinery/pkg/api/validation/objectmeta.go).
import type { ObjectMeta } from '../generated/types.ts';
import { duplicate, forbidden, invalid, required, tooLong, type FieldError } from '../messages.ts';
import { byteLength, checkDns1123Label, checkLabelValue, checkQualifiedName } from '../names.ts';

export type NameRule = (text: string) => readonly string[];

/** All annotations of an object together. */
const mostAnnotationBytes = 256 * 1024;
const standardFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion'];

export interface MetadataRules {
  readonly namespaced: boolean;
  readonly nameRule: NameRule;
}

/** `generateName` is judged as if a suffix stood behind it, so that a hyphen at its end is fine. */
function judgePrefix(prefix: string, rule: NameRule): readonly string[] {
  return rule(prefix.endsWith('-') ? `${prefix.slice(0, -1)}a` : prefix);
}

export function validateLabels(
  labels: Readonly<Record<string, string>> | undefined,
  field: string,
): readonly FieldError[] {
  const entries = Object.entries(labels ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.flatMap(([key, value]) => [
    ...checkQualifiedName(key).map((text) => invalid(field, key, text)),
    ...checkLabelValue(value).map((text) => invalid(field, value, text)),
  ]);
}

export function validateAnnotations(
  annotations: Readonly<Record<string, string>> | undefined,
  field: string,
): readonly FieldError[] {
  const entries = Object.entries(annotations ?? {});
  const bytes = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return [
    ...entries.flatMap(([key]) =>
      checkQualifiedName(key.toLowerCase()).map((text) => invalid(field, key, text)),
    ),
    ...(bytes > mostAnnotationBytes ? [tooLong(field, mostAnnotationBytes)] : []),
  ];
}

function validateFinalizers(finalizers: readonly string[], field: string): readonly FieldError[] {
  return finalizers.flatMap((finalizer, index) => {
    const path = `${field}[${index}]`;
    const errors = checkQualifiedName(finalizer).map((text) => invalid(path, finalizer, text));
    if (errors.length > 0) return errors;
    const isKnown = finalizer.includes('/') || standardFinalizers.includes(finalizer);
    const text = 'name is neither a standard finalizer name nor is it fully qualified';
    return isKnown ? [] : [invalid(path, finalizer, text)];
  });
}

function validateOwners(owners: NonNullable<ObjectMeta['ownerReferences']>, field: string) {
  const errors: FieldError[] = [];
  let controllers = 0;
  for (const [index, owner] of owners.entries()) {
    const path = `${field}[${index}]`;
    if (!owner.apiVersion)
      errors.push(
        invalid(`${path}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty'),
      );
    if (!owner.kind) errors.push(invalid(`${path}.kind`, '', 'kind must not be empty'));
    if (!owner.name) errors.push(invalid(`${path}.name`, '', 'name must not be empty'));
    if (!owner.uid) errors.push(invalid(`${path}.uid`, '', 'uid must not be empty'));
    if (owner.controller === true) controllers += 1;
  }
  if (controllers > 1) {
    errors.push(invalid(field, { go: '' }, 'Only one reference can have Controller set to true.'));
  }
  return errors;
}

/** Checks metadata on creation; `metadata.name` is there already where it was generated. */
export function validateMetadata(
  meta: ObjectMeta | undefined,
  { namespaced, nameRule }: MetadataRules,
): readonly FieldError[] {
  const { name, generateName, namespace } = meta ?? {};
  const errors: FieldError[] = [];
  if (generateName) {
    const texts = judgePrefix(generateName, nameRule);
    errors.push(...texts.map((text) => invalid('metadata.generateName', generateName, text)));
  }
  if (!name) errors.push(required('metadata.name', 'name or generateName is required'));
  else errors.push(...nameRule(name).map((text) => invalid('metadata.name', name, text)));
  if (namespaced) {
    if (!namespace) errors.push(required('metadata.namespace'));
    else {
      const texts = checkDns1123Label(namespace);
      errors.push(...texts.map((text) => invalid('metadata.namespace', namespace, text)));
    }
  } else if (namespace) {
    errors.push(forbidden('metadata.namespace', 'not allowed on this type'));
  }
  return [
    ...errors,
    ...validateLabels(meta?.labels, 'metadata.labels'),
    ...validateAnnotations(meta?.annotations, 'metadata.annotations'),
    ...validateOwners(meta?.ownerReferences ?? [], 'metadata.ownerReferences'),
    ...validateFinalizers(meta?.finalizers ?? [], 'metadata.finalizers'),
  ];
}

/** What may not change about metadata once an object exists. */
export function validateMetadataUpdate(meta: ObjectMeta, old: ObjectMeta): readonly FieldError[] {
  const errors: FieldError[] = [];
  const fixed = ['name', 'namespace', 'uid', 'creationTimestamp'] as const;
  for (const field of fixed) {
    if (meta[field] === undefined || meta[field] === old[field]) continue;
    errors.push(invalid(`metadata.${field}`, String(meta[field]), 'field is immutable'));
  }
  if (old.deletionTimestamp !== undefined) {
    const before = old.finalizers ?? [];
    const added = (meta.finalizers ?? []).filter((one) => !before.includes(one));
    if (added.length > 0) {
      const list = `[]string{${added.map((one) => JSON.stringify(one)).join(', ')}}`;
      errors.push(
        forbidden(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`,
        ),
      );
    }
  }
  return [
    ...errors,
    ...validateLabels(meta.labels, 'metadata.labels'),
    ...validateAnnotations(meta.annotations, 'metadata.annotations'),
    ...validateFinalizers(meta.finalizers ?? [], 'metadata.finalizers'),
  ];
}

/** Names that must differ, each at `field[i].name`. */
export function duplicateNames(
  list: readonly { readonly name?: string | undefined }[],
  field: string,
  taken: Set<string> = new Set(),
): readonly FieldError[] {
  return list.flatMap(({ name }, index) => {
    if (!name) return [];
    if (taken.has(name)) return [duplicate(`${field}[${index}].name`, name)];
    taken.add(name);
    return [];
  });
}
