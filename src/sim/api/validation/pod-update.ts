// What may change about a Pod that is there (ValidatePodUpdate, ValidatePodEphemeralContainersUpdate, ValidatePodResize).
import type { Container, NodeSelectorTerm, Pod, PodSpec, Toleration } from '../generated/types.ts';
import { goDiff } from '../go-values/diff.ts';
import { goValue } from '../go-values/print.ts';
import { internalPodSpec, type JsonObject } from '../go-values/types.ts';
import { forbidden, goStringMap, invalid, quoted, required, type FieldError } from '../messages.ts';
import { deepEqual } from '../patch/json.ts';
import { validatePodImage } from './containers.ts';
import { validateMetadataUpdate } from './metadata.ts';
import { appArmorContainer, mirrorAnnotation, validatePod, validatePodAnnotations } from './pod.ts';
import { sortedEntries } from './rules.ts';
import { validateTolerations } from './tolerations.ts';

const mostInt32 = 2_147_483_647;
const mutable = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

/** Annotations by which the server knows static Pods and profiles stay as they are. */
function validateAnnotationUpdates(pod: Pod, old: Pod): readonly FieldError[] {
  const now = pod.metadata?.annotations ?? {};
  const before = old.metadata?.annotations ?? {};
  const kept = (key: string): string | undefined =>
    key === mirrorAnnotation
      ? 'mirror pod annotation'
      : key.startsWith(appArmorContainer)
        ? 'AppArmor annotations'
        : undefined;
  const at = (key: string): string => `metadata.annotations[${key}]`;
  const changed = sortedEntries(before).flatMap(([key, value]) => {
    const what = now[key] === value ? undefined : kept(key);
    return what === undefined ? [] : [forbidden(at(key), `may not remove or update ${what}`)];
  });
  const added = sortedEntries(now).flatMap(([key]) => {
    const what = before[key] === undefined ? kept(key) : undefined;
    return what === undefined ? [] : [forbidden(at(key), `may not add ${what}`)];
  });
  return [...changed, ...added, ...validatePodAnnotations(now, pod.spec, 'metadata.annotations')];
}

function validateImages(containers: readonly Container[], field: string): readonly FieldError[] {
  return containers.flatMap((one, index) => [
    ...(one.image ? [] : [required(`${field}[${index}].image`)]),
    ...validatePodImage(one, `${field}[${index}]`),
  ]);
}

/** @returns undefined when nothing more can be said, because containers came or went. */
function validateLists(spec: PodSpec, old: PodSpec, errors: FieldError[]): boolean {
  for (const list of ['containers', 'initContainers'] as const) {
    const now = spec[list] ?? [];
    if (now.length !== (old[list] ?? []).length) {
      errors.push(forbidden(`spec.${list}`, 'pod updates may not add or remove containers'));
      return false;
    }
    errors.push(...validateImages(now, `spec.${list}`));
  }
  return true;
}

/** @returns whether the rest is judged too */
function validateDeadline(spec: PodSpec, old: PodSpec, errors: FieldError[]): boolean {
  const field = 'spec.activeDeadlineSeconds';
  const [now, before] = [spec.activeDeadlineSeconds, old.activeDeadlineSeconds];
  if (now === undefined) {
    const text = 'must not update from a positive integer to nil value';
    if (before !== undefined) errors.push(invalid(field, null, text));
    return true;
  }
  if (now < 0 || now > mostInt32) {
    errors.push(invalid(field, now, `must be between 0 and ${mostInt32}, inclusive`));
    return false;
  }
  if (before === undefined || now <= before) return true;
  errors.push(invalid(field, now, 'must be less than or equal to previous value'));
  return false;
}

const withoutSeconds = (toleration: Toleration): Toleration => ({
  ...toleration,
  tolerationSeconds: undefined,
});

function validateAddedTolerations(spec: PodSpec, old: PodSpec): readonly FieldError[] {
  const field = 'spec.tolerations';
  const now = spec.tolerations ?? [];
  const isKept = (one: Toleration): boolean =>
    now.some((other) => deepEqual(withoutSeconds(one), withoutSeconds(other)));
  if (!(old.tolerations ?? []).every(isKept)) {
    return [
      forbidden(field, 'existing toleration can not be modified except its tolerationSeconds'),
    ];
  }
  return validateTolerations(now, field);
}

function validateGates(spec: PodSpec, old: PodSpec): readonly FieldError[] {
  const before = new Set((old.schedulingGates ?? []).map(({ name }) => name));
  return (spec.schedulingGates ?? []).flatMap(({ name }, index) => {
    const text = `only deletion is allowed, but found new scheduling gate '${name}'`;
    return before.has(name) ? [] : [forbidden(`spec.schedulingGates[${index}].name`, text)];
  });
}

/** The new spec with the old values of whatever may change: what still differs may not. */
function withOldImages(
  containers: readonly Container[] | undefined,
  old: PodSpec['initContainers'],
) {
  return containers?.map((one, index) => ({ ...one, image: old?.[index]?.image }));
}

function munged(spec: PodSpec, old: PodSpec): PodSpec {
  const { activeDeadlineSeconds, schedulingGates, tolerations } = old;
  const grace = old.terminationGracePeriodSeconds ?? 0;
  const isShortened = grace < 0 && spec.terminationGracePeriodSeconds === 1;
  return {
    ...spec,
    containers: withOldImages(spec.containers, old.containers) ?? [],
    initContainers: withOldImages(spec.initContainers, old.initContainers),
    activeDeadlineSeconds,
    schedulingGates,
    tolerations,
    ...(isShortened ? { terminationGracePeriodSeconds: grace } : {}),
  };
}

const onlyAdds = (now: readonly unknown[] = [], old: readonly unknown[] = []): boolean =>
  now.length >= old.length && deepEqual(now.slice(0, old.length), old);

function hasOnlyAdditions(now: NodeSelectorTerm, old: NodeSelectorTerm): boolean {
  const size = (term: NodeSelectorTerm): number =>
    (term.matchExpressions ?? []).length + (term.matchFields ?? []).length;
  if (size(old) === 0 && size(now) > 0) return false;
  return (
    onlyAdds(now.matchExpressions, old.matchExpressions) &&
    onlyAdds(now.matchFields, old.matchFields)
  );
}

const needed = 'requiredDuringSchedulingIgnoredDuringExecution';

function validateNarrowedAffinity(spec: PodSpec, old: PodSpec): readonly FieldError[] {
  const field = `spec.affinity.nodeAffinity.${needed}.nodeSelectorTerms`;
  const before = old.affinity?.nodeAffinity?.[needed]?.nodeSelectorTerms;
  if (before === undefined) return [];
  const now = spec.affinity?.nodeAffinity?.[needed]?.nodeSelectorTerms;
  if (before.length > 0 && before.length !== (now ?? []).length) {
    const text = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed';
    return [invalid(field, goValue('[]core.NodeSelectorTerm', now), text)];
  }
  const text = 'only additions are allowed (no mutations or deletions)';
  return before.flatMap((term, index) => {
    const next = now?.[index] ?? {};
    if (hasOnlyAdditions(next, term)) return [];
    return [invalid(`${field}[${index}]`, goValue('core.NodeSelectorTerm', next), text)];
  });
}

/** A Pod that waits for its gates may be narrowed down to fewer nodes. */
function gatedChanges(spec: PodSpec, old: PodSpec, errors: FieldError[]): PodSpec {
  let next = spec;
  if (!deepEqual(spec.nodeSelector ?? {}, old.nodeSelector ?? {})) {
    const isKept = Object.entries(old.nodeSelector ?? {}).every(
      ([key, value]) => spec.nodeSelector?.[key] === value,
    );
    const text = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)';
    if (!isKept) errors.push(invalid('spec.nodeSelector', goStringMap(spec.nodeSelector), text));
    next = { ...next, nodeSelector: old.nodeSelector };
  }
  const [now, before] = [spec.affinity?.nodeAffinity, old.affinity?.nodeAffinity];
  if (deepEqual(now, before)) return next;
  errors.push(...validateNarrowedAffinity(spec, old));
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {};
  const isBare = podAffinity === undefined && podAntiAffinity === undefined;
  if (old.affinity === undefined && isBare) return { ...next, affinity: undefined };
  return { ...next, affinity: { ...spec.affinity, nodeAffinity: before } };
}

const diffOf = (old: PodSpec, spec: PodSpec): string =>
  goDiff(
    'core.PodSpec',
    internalPodSpec(old as unknown as JsonObject),
    internalPodSpec(spec as unknown as JsonObject),
  );

export function validatePodUpdate(pod: Pod, oldPod: Pod): readonly FieldError[] {
  const spec = pod.spec ?? { containers: [] };
  const old = oldPod.spec ?? { containers: [] };
  const errors = [
    ...validateMetadataUpdate(pod.metadata ?? {}, oldPod.metadata ?? {}),
    ...validatePod(pod),
    ...validateAnnotationUpdates(pod, oldPod),
  ];
  if (!validateLists(spec, old, errors) || !validateDeadline(spec, old, errors)) return errors;
  errors.push(...validateAddedTolerations(spec, old), ...validateGates(spec, old));
  if (deepEqual(spec, old)) return errors;
  const isGated = (old.schedulingGates ?? []).length > 0;
  const rest = isGated ? gatedChanges(munged(spec, old), old, errors) : munged(spec, old);
  if (deepEqual(rest, old)) return errors;
  const text = `pod updates may not change fields other than ${mutable}\n${diffOf(old, rest)}`;
  return [...errors, forbidden('spec', text)];
}

/** Of the subresource `ephemeralcontainers`: what is there can neither change nor go. */
export function validateEphemeralUpdate(pod: Pod, oldPod: Pod): readonly FieldError[] {
  if (oldPod.metadata?.annotations?.[mirrorAnnotation] !== undefined) {
    return [forbidden('', 'static pods do not support ephemeral containers')];
  }
  const now = new Map((pod.spec?.ephemeralContainers ?? []).map((one) => [one.name, one]));
  const kept = (oldPod.spec?.ephemeralContainers ?? []).flatMap((before) => {
    const after = now.get(before.name);
    const what = `existing ephemeral containers ${quoted(before.name)}`;
    const refuse = (text: string) => [forbidden('spec.ephemeralContainers', `${what} ${text}`)];
    if (after === undefined) return refuse('may not be removed\n');
    if (deepEqual(after, before)) return [];
    return refuse(`may not be changed\n${goDiff('core.EphemeralContainer', before, after)}`);
  });
  return [
    ...validateMetadataUpdate(pod.metadata ?? {}, oldPod.metadata ?? {}),
    ...validatePod(pod),
    ...validateAnnotationUpdates(pod, oldPod),
    ...kept,
  ];
}
