// The operating system a Pod says it is for, and what that excludes (validateOS, validateLinux, validateWindows).
import type {
  Container,
  PodSecurityContext,
  PodSpec,
  SecurityContext,
} from '../generated/types.ts';
import { forbidden, notSupported, required, type FieldError } from '../messages.ts';

const windowsText = 'cannot be set for a windows pod';

/** In the order in which the server looks. */
const refusedInPod: readonly (keyof PodSecurityContext)[] = ['appArmorProfile', 'seLinuxOptions'];
const refusedInSpec: readonly (keyof PodSpec)[] = ['hostUsers', 'hostPID', 'hostIPC'];
const refusedNext: readonly (keyof PodSecurityContext)[] = [
  'seccompProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'sysctls',
];
const refusedLast: readonly (keyof PodSecurityContext)[] = [
  'runAsUser',
  'runAsGroup',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'seLinuxChangePolicy',
];
const refusedInContainer: readonly (keyof SecurityContext)[] = [
  'appArmorProfile',
  'seLinuxOptions',
  'seccompProfile',
  'capabilities',
  'readOnlyRootFilesystem',
  'privileged',
  'allowPrivilegeEscalation',
  'procMount',
  'runAsUser',
  'runAsGroup',
];

function refuse<T extends object>(
  object: T | undefined,
  names: readonly (keyof T & string)[],
  field: string,
  text: string,
): readonly FieldError[] {
  const given = names.filter((name) => object?.[name] !== undefined);
  return given.map((name) => forbidden(`${field}.${name}`, text));
}

/** Init containers first, then the regular ones, then ephemeral ones (podshelper.VisitContainersWithPath). */
function inContainers(
  spec: PodSpec,
  names: readonly (keyof SecurityContext)[],
  field: string,
  text: string,
): readonly FieldError[] {
  const lists = {
    initContainers: spec.initContainers,
    containers: spec.containers as readonly Container[] | undefined,
    ephemeralContainers: spec.ephemeralContainers,
  };
  return Object.entries(lists).flatMap(([list, containers]) =>
    (containers ?? []).flatMap(({ securityContext }, index) =>
      refuse(securityContext, names, `${field}.${list}[${index}].securityContext`, text),
    ),
  );
}

function validateLinux(spec: PodSpec, field: string): readonly FieldError[] {
  const text = 'windows options cannot be set for a linux pod';
  return [
    ...refuse(spec.securityContext, ['windowsOptions'], `${field}.securityContext`, text),
    ...inContainers(spec, ['windowsOptions'], field, text),
  ];
}

function validateWindows(spec: PodSpec, field: string): readonly FieldError[] {
  const { securityContext: context } = spec;
  const path = `${field}.securityContext`;
  const isOn = (name: keyof PodSpec): boolean => name === 'hostUsers' || spec[name] === true;
  return [
    ...refuse(context, refusedInPod, path, windowsText),
    ...refuse(spec, refusedInSpec.filter(isOn), field, windowsText),
    ...refuse(context, refusedNext, path, windowsText),
    ...refuse(spec, ['shareProcessNamespace'], field, windowsText),
    ...refuse(context, refusedLast, path, windowsText),
    ...inContainers(spec, refusedInContainer, field, windowsText),
  ];
}

export function validateOs(spec: PodSpec, field: string): readonly FieldError[] {
  if (spec.os === undefined) return [];
  const { name } = spec.os;
  if (!name) return [required(`${field}.os.name`, 'cannot be empty')];
  if (name === 'linux') return validateLinux(spec, field);
  if (name === 'windows') return validateWindows(spec, field);
  return [notSupported(`${field}.os`, name, ['linux', 'windows'])];
}
