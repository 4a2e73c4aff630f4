// PodDisruptionBudgets, PriorityClasses and Leases (pkg/apis/{policy,scheduling,coordination}/validation).
import type { Lease, PodDisruptionBudget, PriorityClass } from '../generated/types.ts';
import { goValue } from '../go-values/print.ts';
import { forbidden, invalid, type FieldError } from '../messages.ts';
import { checkQualifiedName } from '../names.ts';
import { validateLabelSelector } from './label-selector.ts';
import { immutable, judge, notNegative, oneOf, oneOfGiven } from './rules.ts';
import { notMoreThanAll, validateShare, type IntOrString } from './template.ts';

export function validateBudget({ spec }: PodDisruptionBudget): readonly FieldError[] {
  const errors: FieldError[] = [];
  const minAvailable = spec?.minAvailable as IntOrString | undefined;
  const maxUnavailable = spec?.maxUnavailable as IntOrString | undefined;
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    const text = 'minAvailable and maxUnavailable cannot be both set';
    errors.push(invalid('spec', goValue('policy.PodDisruptionBudgetSpec', spec), text));
  }
  for (const [name, share] of Object.entries({ minAvailable, maxUnavailable })) {
    errors.push(...validateShare(share, `spec.${name}`), ...notMoreThanAll(share, `spec.${name}`));
  }
  const policies = ['AlwaysAllow', 'IfHealthyBudget'];
  return [
    ...errors,
    ...validateLabelSelector(spec?.selector, 'spec.selector'),
    ...oneOfGiven('spec.unhealthyPodEvictionPolicy', spec?.unhealthyPodEvictionPolicy, policies),
  ];
}

/** The two classes that the server itself makes. */
const systemClasses: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
]);
const mostForUsers = 1_000_000_000;

/** What keeps a class from being one of the server's own (IsKnownSystemPriorityClass). */
function whyNotSystem({ metadata, value, globalDefault }: PriorityClass): string | undefined {
  const name = metadata?.name ?? '';
  const known = systemClasses.get(name);
  if (known === undefined) return `${name} is not a known system priority class`;
  if (known !== value) return `value of ${name} PriorityClass must be ${known}`;
  return globalDefault === true
    ? `globalDefault of ${name} PriorityClass must be false`
    : undefined;
}

export function validatePriorityClass(object: PriorityClass): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (object.metadata?.name?.startsWith('system-') === true) {
    const why = whyNotSystem(object);
    const text = `priority class names with 'system-' prefix are reserved for system use only. error: ${why ?? ''}`;
    if (why !== undefined) errors.push(forbidden('metadata.name', text));
  } else if (object.value > mostForUsers) {
    const text = `maximum allowed value of a user defined priority is ${mostForUsers}`;
    errors.push(forbidden('value', text));
  }
  const policies = ['Never', 'PreemptLowerPriority'];
  return [...errors, ...oneOfGiven('preemptionPolicy', object.preemptionPolicy, policies)];
}

export function validatePriorityClassUpdate(now: PriorityClass, old: PriorityClass) {
  const isSame = now.preemptionPolicy === old.preemptionPolicy;
  return [
    ...(now.value === old.value ? [] : [forbidden('value', 'may not be changed in an update.')]),
    ...immutable('preemptionPolicy', isSame, () => now.preemptionPolicy ?? null),
  ];
}

export function validateLease({ spec = {} }: Lease): readonly FieldError[] {
  const { leaseDurationSeconds: duration, strategy, preferredHolder } = spec;
  const field = 'spec.strategy.strategy';
  return [
    ...(duration !== undefined && duration <= 0
      ? [invalid('spec.leaseDurationSeconds', duration, 'must be greater than 0')]
      : []),
    ...notNegative(spec.leaseTransitions, 'spec.leaseTransitions'),
    ...(strategy === undefined
      ? []
      : strategy.includes('/')
        ? judge(field, strategy, checkQualifiedName)
        : oneOf(field, strategy, ['OldestEmulationVersion'])),
    ...(preferredHolder && !strategy
      ? [forbidden('spec.preferredHolder', 'may only be specified if `strategy` is defined')]
      : []),
  ];
}
