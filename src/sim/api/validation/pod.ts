// Pods as they are created, and what templates share with them (validatePodMetadataAndSpec, ValidatePodCreate).
import type { Container, ObjectMeta, Pod, PodSpec, SeccompProfile } from '../generated/types.ts';
import { forbidden, invalid, type FieldError } from '../messages.ts';
import { checkDns1123Subdomain } from '../names.ts';
import { validatePodImage } from './containers.ts';
import { validateMetadata } from './metadata.ts';
import { descendingPath } from './paths.ts';
import { validatePodSpec } from './pod-spec.ts';
import { sortedEntries } from './rules.ts';

export const mirrorAnnotation = 'kubernetes.io/config.mirror';
const costAnnotation = 'controller.kubernetes.io/pod-deletion-cost';
const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';
export const appArmorContainer = 'container.apparmor.security.beta.kubernetes.io/';

type Annotations = Readonly<Record<string, string>> | undefined;

const isInt32 = (text: string): boolean => {
  if (!/^(0|-[0-9]+|[1-9][0-9]*)$/.test(text) || text.length > 12) return false;
  const number = Number(text);
  return number >= -2_147_483_648 && number <= 2_147_483_647;
};

function validateSeccompAnnotation(profile: string, field: string): readonly FieldError[] {
  if (['runtime/default', 'docker/default', 'unconfined'].includes(profile)) return [];
  const prefix = 'localhost/';
  if (profile.startsWith(prefix)) return descendingPath(field, profile.slice(prefix.length));
  return [invalid(field, profile, 'must be a valid seccomp profile')];
}

/** Init containers, regular ones, ephemeral ones, each with its field. */
export function allContainers(
  spec: PodSpec | undefined,
  field: string,
): readonly (readonly [Container, string])[] {
  const lists = {
    initContainers: spec?.initContainers,
    containers: spec?.containers as readonly Container[] | undefined,
    ephemeralContainers: spec?.ephemeralContainers,
  };
  return Object.entries(lists).flatMap(([list, containers]) =>
    (containers ?? []).map((one, index) => [one, `${field}.${list}[${index}]`] as const),
  );
}

/** Annotations that mean something to Pods (ValidatePodSpecificAnnotations). */
export function validatePodAnnotations(
  annotations: Annotations,
  spec: PodSpec | undefined,
  field: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const mirror = annotations?.[mirrorAnnotation];
  if (mirror !== undefined && !spec?.nodeName) {
    const text = 'must set spec.nodeName if mirror pod annotation is set';
    errors.push(invalid(`${field}[${mirrorAnnotation}]`, mirror, text));
  }
  const cost = annotations?.[costAnnotation];
  if (cost !== undefined && !isInt32(cost)) {
    errors.push(invalid(`${field}[${costAnnotation}]`, cost, 'must be a 32bit integer'));
  }
  const names = allContainers(spec, '').map(([{ name }]) => name);
  for (const [key, value] of sortedEntries(annotations)) {
    if (key === seccompPod || key.startsWith(seccompContainer)) {
      errors.push(...validateSeccompAnnotation(value, `${field}.${key}`));
    }
    if (!key.startsWith(appArmorContainer)) continue;
    const at = `${field}[${key}]`;
    const container = key.slice(appArmorContainer.length);
    if (!names.includes(container)) errors.push(invalid(at, container, 'container not found'));
    if (!/^($|runtime\/default$|unconfined$|localhost\/)/.test(value)) {
      errors.push(invalid(at, value, `invalid AppArmor profile name: ${JSON.stringify(value)}`));
    }
  }
  return errors;
}

interface Profile {
  readonly type?: string | undefined;
  readonly localhostProfile?: string | undefined;
}

/** An annotation of old and the field that took its place must say the same. */
function matchAnnotation(
  what: 'seccomp' | 'apparmor',
  annotation: string | undefined,
  profile: Profile | undefined,
  field: string,
): readonly FieldError[] {
  if (annotation === undefined || profile === undefined) return [];
  const mismatch = forbidden(`${field}.type`, `${what} type in annotation and field must match`);
  switch (profile.type) {
    case 'Unconfined':
      return annotation === 'unconfined' ? [] : [mismatch];
    case 'RuntimeDefault': {
      const isDocker = what === 'seccomp' && annotation === 'docker/default';
      return annotation === 'runtime/default' || isDocker ? [] : [mismatch];
    }
    case 'Localhost': {
      if (!annotation.startsWith('localhost/')) return [mismatch];
      if (annotation.slice('localhost/'.length) === profile.localhostProfile) return [];
      const text = `${what} profile in annotation and field must match`;
      return [forbidden(`${field}.localhostProfile`, text)];
    }
    default:
      return [];
  }
}

/** @param field of the spec */
export function validateProfileAnnotations(
  annotations: Annotations,
  spec: PodSpec | undefined,
  field: string,
): readonly FieldError[] {
  const ofPod = spec?.securityContext;
  const containers = allContainers(spec, field);
  const seccomp = (key: string, profile: SeccompProfile | undefined, at: string) =>
    matchAnnotation('seccomp', annotations?.[key], profile, `${at}.securityContext.seccompProfile`);
  return [
    ...seccomp(seccompPod, ofPod?.seccompProfile, field),
    ...containers.flatMap(([{ name, securityContext }, at]) =>
      seccomp(`${seccompContainer}${name}`, securityContext?.seccompProfile, at),
    ),
    ...containers.flatMap(([{ name, securityContext }, at]) =>
      spec?.os?.name === 'windows'
        ? []
        : matchAnnotation(
            'apparmor',
            annotations?.[`${appArmorContainer}${name}`],
            securityContext?.appArmorProfile ?? ofPod?.appArmorProfile,
            `${at}.securityContext.appArmorProfile`,
          ),
    ),
  ];
}

/** Tokens are made for a service account; a Pod without one cannot ask for them. */
function validateTokens(spec: PodSpec | undefined): readonly FieldError[] {
  if (spec?.serviceAccountName) return [];
  const text = 'must not be specified when serviceAccountName is not set';
  return (spec?.volumes ?? []).flatMap(({ projected }, index) =>
    (projected?.sources ?? []).flatMap(({ serviceAccountToken }, at) =>
      serviceAccountToken === undefined
        ? []
        : [forbidden(`spec.volumes[${index}].projected.sources[${at}].serviceAccountToken`, text)],
    ),
  );
}

const podRules = { namespaced: true, nameRule: checkDns1123Subdomain };

/** What a Pod must be at any time. */
export function validatePod({ metadata, spec }: Pod): readonly FieldError[] {
  const meta: ObjectMeta = metadata ?? {};
  const owner = { isPod: true, podName: meta.name ?? '' };
  const lists = [
    ['containers', spec?.containers],
    ['initContainers', spec?.initContainers],
  ] as const;
  return [
    ...validateMetadata(meta, podRules),
    ...validatePodAnnotations(meta.annotations, spec, 'metadata.annotations'),
    ...validatePodSpec(spec, 'spec', owner),
    ...validateTokens(spec),
    ...lists.flatMap(([list, containers]) =>
      (containers ?? []).flatMap((one, index) => validatePodImage(one, `spec.${list}[${index}]`)),
    ),
  ];
}

export function validatePodCreate(pod: Pod): readonly FieldError[] {
  const { metadata, spec } = pod;
  const errors = [...validatePod(pod)];
  if ((spec?.ephemeralContainers ?? []).length > 0) {
    errors.push(forbidden('spec.ephemeralContainers', 'cannot be set on create'));
  }
  if (spec?.nodeName && (spec.schedulingGates ?? []).length > 0) {
    const text = 'cannot be set until all schedulingGates have been cleared';
    errors.push(forbidden('spec.nodeName', text));
  }
  return [...errors, ...validateProfileAnnotations(metadata?.annotations, spec, 'spec')];
}
