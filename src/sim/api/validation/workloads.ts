// Deployments, ReplicaSets and DaemonSets (pkg/apis/apps/validation).
import type { DaemonSet, Deployment, ReplicaSet } from '../generated/types.ts';
import { goValue } from '../go-values/print.ts';
import {
  forbidden,
  goIntOrString,
  goStringMap,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../messages.ts';
import { deepEqual } from '../patch/json.ts';
import { matchesLabelSelector } from '../selector.ts';
import { isEmptySelector, isUsableSelector, validateLabelSelector } from './label-selector.ts';
import { immutable, notNegative } from './rules.ts';
import {
  goSelector,
  notMoreThanAll,
  shareOf,
  validateReplicated,
  validateRunsForever,
  validateSelector,
  validateShare,
  validateTemplate,
  type IntOrString,
} from './template.ts';

type Strategy = NonNullable<Deployment['spec']>['strategy'];

function validateStrategy(strategy: Strategy): readonly FieldError[] {
  const field = 'spec.strategy';
  const { type = '', rollingUpdate } = strategy ?? {};
  const path = `${field}.rollingUpdate`;
  if (type === 'Recreate') {
    const text = "may not be specified when strategy `type` is 'Recreate'";
    return rollingUpdate === undefined ? [] : [forbidden(path, text)];
  }
  if (type !== 'RollingUpdate') {
    const shown = goValue('apps.DeploymentStrategy', strategy);
    return [notSupported(field, shown, ['Recreate', 'RollingUpdate'])];
  }
  if (rollingUpdate === undefined) {
    return [required(path, 'this should be defaulted and never be nil')];
  }
  const maxUnavailable = rollingUpdate.maxUnavailable as IntOrString | undefined;
  const maxSurge = rollingUpdate.maxSurge as IntOrString | undefined;
  const isStuck = shareOf(maxUnavailable) === 0 && shareOf(maxSurge) === 0;
  const shown = goIntOrString(maxUnavailable ?? 0);
  return [
    ...validateShare(maxUnavailable, `${path}.maxUnavailable`),
    ...validateShare(maxSurge, `${path}.maxSurge`),
    ...(isStuck
      ? [invalid(`${path}.maxUnavailable`, shown, 'may not be 0 when `maxSurge` is 0')]
      : []),
    ...notMoreThanAll(maxUnavailable, `${path}.maxUnavailable`),
  ];
}

export function validateDeployment({ spec }: Deployment): readonly FieldError[] {
  const { minReadySeconds = 0, progressDeadlineSeconds: deadline } = spec ?? {};
  const text = 'must be greater than minReadySeconds';
  return [
    ...notNegative(spec?.replicas, 'spec.replicas'),
    ...validateSelector(spec?.selector, 'deployment'),
    ...validateReplicated(spec?.selector, spec?.template),
    ...validateStrategy(spec?.strategy),
    ...notNegative(minReadySeconds, 'spec.minReadySeconds'),
    ...notNegative(spec?.revisionHistoryLimit, 'spec.revisionHistoryLimit'),
    ...notNegative(deadline, 'spec.progressDeadlineSeconds'),
    ...(deadline !== undefined && deadline <= minReadySeconds
      ? [invalid('spec.progressDeadlineSeconds', deadline, text)]
      : []),
  ];
}

export function validateReplicaSet({ spec }: ReplicaSet): readonly FieldError[] {
  return [
    ...notNegative(spec?.replicas, 'spec.replicas'),
    ...notNegative(spec?.minReadySeconds, 'spec.minReadySeconds'),
    // The server's own text names the other kind.
    ...validateSelector(spec?.selector, 'deployment'),
    ...validateReplicated(spec?.selector, spec?.template),
  ];
}

/** Deployments, ReplicaSets and DaemonSets keep their selector. */
export function validateSelectorKept<T extends Deployment | ReplicaSet | DaemonSet>(
  object: T,
  old: T,
): readonly FieldError[] {
  const selector = object.spec?.selector;
  const isSame = deepEqual(selector, old.spec?.selector);
  return immutable('spec.selector', isSame, () => goSelector(selector));
}

function validateDaemonUpdate(strategy: NonNullable<DaemonSet['spec']>['updateStrategy']) {
  const field = 'spec.updateStrategy';
  const { type = '', rollingUpdate } = strategy ?? {};
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') {
    const shown = goValue('apps.DaemonSetUpdateStrategy', strategy);
    return [notSupported(field, shown, ['RollingUpdate', 'OnDelete'])];
  }
  const path = `${field}.rollingUpdate`;
  if (rollingUpdate === undefined) return [required(path)];
  const maxUnavailable = rollingUpdate.maxUnavailable as IntOrString | undefined;
  const maxSurge = rollingUpdate.maxSurge as IntOrString | undefined;
  const errors = [
    ...validateShare(maxUnavailable, `${path}.maxUnavailable`),
    ...validateShare(maxSurge, `${path}.maxSurge`),
    ...notMoreThanAll(maxUnavailable, `${path}.maxUnavailable`),
    ...notMoreThanAll(maxSurge, `${path}.maxSurge`),
  ];
  const [unavailable, surge] = [shareOf(maxUnavailable), shareOf(maxSurge)];
  if (unavailable !== 0 && surge !== 0) {
    const text = 'may not be set when maxUnavailable is non-zero';
    errors.push(invalid(`${path}.maxSurge`, goIntOrString(maxSurge ?? 0), text));
  }
  if (unavailable === 0 && surge === 0) {
    errors.push(required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
  }
  return errors;
}

export function validateDaemonSet({ spec }: DaemonSet): readonly FieldError[] {
  const { selector, template } = spec ?? {};
  const labels = template?.metadata?.labels;
  const errors = [...validateLabelSelector(selector, 'spec.selector')];
  const isUsable = selector === undefined || isUsableSelector(selector);
  const fits = selector !== undefined && matchesLabelSelector(selector, labels ?? {});
  if (isUsable && !fits) {
    const text = '`selector` does not match template `labels`';
    errors.push(invalid('spec.template.metadata.labels', goStringMap(labels), text));
  }
  if (selector !== undefined && isEmptySelector(selector)) {
    const text = 'empty selector is invalid for daemonset';
    errors.push(invalid('spec.selector', goSelector(selector), text));
  }
  return [
    ...errors,
    ...validateTemplate(template, 'spec.template'),
    ...validateRunsForever(template, 'DaemonSet'),
    ...notNegative(spec?.minReadySeconds, 'spec.minReadySeconds'),
    ...validateDaemonUpdate(spec?.updateStrategy),
    ...notNegative(spec?.revisionHistoryLimit, 'spec.revisionHistoryLimit'),
  ];
}
