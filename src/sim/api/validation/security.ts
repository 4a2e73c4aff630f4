// Security contexts of Pods and containers (validatePodSpecSecurityContext, ValidateSecurityContext).
import type {
  AppArmorProfile,
  PodSecurityContext,
  PodSpec,
  SeccompProfile,
  SecurityContext,
  Sysctl,
} from '../generated/types.ts';
import {
  duplicate,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '../messages.ts';
import { byteLength, checkId } from '../names.ts';
import { goValue } from '../go-values/print.ts';
import { descendingPath } from './paths.ts';
import { oneOf, oneOfGiven } from './rules.ts';

const validateId = (id: number | undefined, field: string): readonly FieldError[] =>
  id === undefined ? [] : checkId(id).map((text) => invalid(field, id, text));

const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];

function validateSeccomp(
  profile: SeccompProfile | undefined,
  field: string,
): readonly FieldError[] {
  if (profile === undefined) return [];
  const { type, localhostProfile } = profile;
  const errors = type
    ? [...oneOf(`${field}.type`, type, profileTypes)]
    : [required(`${field}.type`, 'type is required when seccompProfile is set')];
  const path = `${field}.localhostProfile`;
  if (type !== 'Localhost') {
    const text = 'can only be set when seccomp type is Localhost';
    if (localhostProfile === undefined) return errors;
    return [...errors, invalid(path, goValue('core.SeccompProfile', profile), text)];
  }
  if (localhostProfile === undefined) {
    return [...errors, required(path, 'must be set when seccomp type is Localhost')];
  }
  return [...errors, ...descendingPath(path, localhostProfile)];
}

/** PATH_MAX without the zero at its end. */
const longestProfile = 4095;

function validateLocalProfile(profile: string | undefined, field: string): readonly FieldError[] {
  const missing = required(field, 'must be set when AppArmor type is Localhost');
  if (profile === undefined) return [missing];
  const trimmed = profile.trim();
  const errors: FieldError[] = [];
  if (trimmed !== profile) {
    errors.push(invalid(field, profile, 'must not be padded with whitespace'));
  } else if (trimmed === '') errors.push(missing);
  if (byteLength(profile) > longestProfile) errors.push(tooLong(field, longestProfile));
  return errors;
}

function validateAppArmor(
  profile: AppArmorProfile | undefined,
  field: string,
): readonly FieldError[] {
  if (profile === undefined) return [];
  const { type, localhostProfile } = profile;
  const path = `${field}.localhostProfile`;
  if (!type) return [required(`${field}.type`, 'type is required when appArmorProfile is set')];
  if (type === 'Localhost') return validateLocalProfile(localhostProfile, path);
  if (!profileTypes.includes(type)) return [notSupported(`${field}.type`, type, profileTypes)];
  const text = 'can only be set when AppArmor type is Localhost';
  return localhostProfile === undefined ? [] : [invalid(path, localhostProfile, text)];
}

/** @param hostUsers whether the Pod shares the node's user namespace */
export function validateContainerSecurity(
  context: SecurityContext | undefined,
  hostUsers: boolean,
  field: string,
): readonly FieldError[] {
  if (context === undefined) return [];
  const { runAsUser, runAsGroup, procMount, privileged, capabilities } = context;
  const errors = [
    ...validateId(runAsUser, `${field}.runAsUser`),
    ...validateId(runAsGroup, `${field}.runAsGroup`),
    ...oneOfGiven(`${field}.procMount`, procMount, ['Default', 'Unmasked']),
  ];
  if (hostUsers && procMount === 'Unmasked') {
    const text = '`hostUsers` must be false to use `Unmasked`';
    errors.push(invalid(`${field}.procMount`, procMount, text));
  }
  errors.push(...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`));
  if (context.allowPrivilegeEscalation === false) {
    const refuse = (what: string): void => {
      const text = `cannot set \`allowPrivilegeEscalation\` to false and ${what}`;
      errors.push(invalid(field, goValue('core.SecurityContext', context), text));
    };
    if (privileged === true) refuse('`privileged` to true');
    if (capabilities?.add?.includes('CAP_SYS_ADMIN') === true) {
      refuse('`capabilities.Add` CAP_SYS_ADMIN');
    }
  }
  return [...errors, ...validateAppArmor(context.appArmorProfile, `${field}.appArmorProfile`)];
}

const longestSysctl = 253;
const sysctlFormat = '^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$';

const isSysctl = (name: string): boolean =>
  name.length <= longestSysctl &&
  name.split(/[./]/).every((part) => /^[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/.test(part));

/** Sysctls that each Pod has for itself, unless it shares the node's network or IPC. */
function hostNamespace(name: string): 'hostNetwork' | 'hostIPC' | undefined {
  const dotted = name.replaceAll('/', '.');
  if (dotted.startsWith('net.')) return 'hostNetwork';
  const isIpc = /^kernel\.(shm|msg|sem)/.test(dotted) || dotted.startsWith('fs.mqueue.');
  return isIpc ? 'hostIPC' : undefined;
}

function validateSysctls(
  sysctls: readonly Sysctl[],
  spec: PodSpec,
  field: string,
): readonly FieldError[] {
  const names = new Set<string>();
  return sysctls.flatMap(({ name }, index) => {
    const at = `${field}[${index}].name`;
    const errors: FieldError[] = [];
    if (!name) errors.push(required(at));
    else if (!isSysctl(name)) {
      const text = `must have at most ${longestSysctl} characters and match regex ${sysctlFormat}`;
      errors.push(invalid(at, name, text));
    } else if (names.has(name)) errors.push(duplicate(at, name));
    names.add(name);
    const shared = hostNamespace(name ?? '');
    if (shared !== undefined && spec[shared] === true) {
      errors.push(invalid(at, name ?? '', `may not be specified when '${shared}' is true`));
    }
    return errors;
  });
}

/** @param field `spec.securityContext` */
export function validatePodSecurity(spec: PodSpec, field: string): readonly FieldError[] {
  const context: PodSecurityContext = spec.securityContext ?? {};
  const errors = [
    ...validateId(context.fsGroup, `${field}.fsGroup`),
    ...validateId(context.runAsUser, `${field}.runAsUser`),
    ...validateId(context.runAsGroup, `${field}.runAsGroup`),
    ...(context.supplementalGroups ?? []).flatMap((id, index) =>
      validateId(id, `${field}.supplementalGroups[${index}]`),
    ),
  ];
  if (spec.hostPID === true && spec.shareProcessNamespace === true) {
    const text = 'ShareProcessNamespace and HostPID cannot both be enabled';
    errors.push(invalid(`${field}.shareProcessNamespace`, true, text));
  }
  const change = context.fsGroupChangePolicy;
  return [
    ...errors,
    ...validateSysctls(context.sysctls ?? [], spec, `${field}.sysctls`),
    ...oneOfGiven(`${field}.fsGroupChangePolicy`, change, ['Always', 'OnRootMismatch']),
    ...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`),
    ...validateAppArmor(context.appArmorProfile, `${field}.appArmorProfile`),
    ...oneOfGiven(`${field}.supplementalGroupsPolicy`, context.supplementalGroupsPolicy, [
      'Merge',
      'Strict',
    ]),
    ...oneOfGiven(`${field}.seLinuxChangePolicy`, context.seLinuxChangePolicy, [
      'MountOption',
      'Recursive',
    ]),
  ];
}
