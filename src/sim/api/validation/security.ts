// Security contexts of Pods and containers (ValidateSecurityContext, ValidatePodSecurityContext).
import type { PodSecurityContext, SecurityContext } from '../generated/types.ts';
import { invalid, notSupported, required, type FieldError } from '../messages.ts';

const idText = 'must be between 0 and 2147483647, inclusive';
const isId = (id: number): boolean => id >= 0 && id <= 2_147_483_647;

const validateId = (id: number | undefined, field: string): readonly FieldError[] =>
  id === undefined || isId(id) ? [] : [invalid(field, id, idText)];

const seccompTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];

function validateSeccomp(
  profile: SecurityContext['seccompProfile'],
  field: string,
): readonly FieldError[] {
  if (profile === undefined) return [];
  if (!profile.type)
    return [required(`${field}.type`, 'type is required when seccompProfile is set')];
  if (!seccompTypes.includes(profile.type))
    return [notSupported(`${field}.type`, profile.type, seccompTypes)];
  const needsProfile = profile.type === 'Localhost' && !profile.localhostProfile;
  return needsProfile
    ? [required(`${field}.localhostProfile`, 'must be set when seccomp type is Localhost')]
    : [];
}

export function validateContainerSecurity(
  context: SecurityContext | undefined,
  field: string,
): readonly FieldError[] {
  if (context === undefined) return [];
  const errors = [
    ...validateId(context.runAsUser, `${field}.runAsUser`),
    ...validateId(context.runAsGroup, `${field}.runAsGroup`),
    ...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`),
  ];
  if (context.allowPrivilegeEscalation === false) {
    if (context.privileged === true) {
      errors.push(
        invalid(
          field,
          { go: 'core.SecurityContext{}' },
          'cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
        ),
      );
    }
    if (
      (context.capabilities?.add ?? []).some(
        (one) => one === 'CAP_SYS_ADMIN' || one === 'SYS_ADMIN',
      )
    ) {
      errors.push(
        invalid(
          field,
          { go: 'core.SecurityContext{}' },
          'cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
        ),
      );
    }
  }
  return errors;
}

export function validatePodSecurity(
  context: PodSecurityContext | undefined,
  field: string,
): readonly FieldError[] {
  if (context === undefined) return [];
  const change = context.fsGroupChangePolicy;
  const changes = ['Always', 'OnRootMismatch'];
  return [
    ...validateId(context.fsGroup, `${field}.fsGroup`),
    ...validateId(context.runAsUser, `${field}.runAsUser`),
    ...validateId(context.runAsGroup, `${field}.runAsGroup`),
    ...(context.supplementalGroups ?? []).flatMap((id, index) =>
      validateId(id, `${field}.supplementalGroups[${index}]`),
    ),
    ...(change === undefined || changes.includes(change)
      ? []
      : [notSupported(`${field}.fsGroupChangePolicy`, change, changes)]),
    ...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`),
  ];
}
