// Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs, CronJobs (pkg/apis/{apps,batch}/validation).
import type {
  DaemonSet,
  Deployment,
  LabelSelector,
  PodTemplateSpec,
  ReplicaSet,
  StatefulSet,
} from '../generated/types.ts';
import {
  forbidden,
  goIntOrString,
  goStringMap,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../messages.ts';
import { matchesLabelSelector } from '../selector.ts';
import { validateAnnotations, validateLabels } from './metadata.ts';
import { validateLabelSelector } from './placement.ts';
import { validatePodSpec } from './pod-spec.ts';

const notNegativeText = 'must be greater than or equal to 0';

export const notNegative = (value: number | undefined, field: string): readonly FieldError[] =>
  (value ?? 0) < 0 ? [invalid(field, value ?? 0, notNegativeText)] : [];

/** The template of Pods in a workload. */
export function validateTemplate(
  template: PodTemplateSpec | undefined,
  field: string,
): readonly FieldError[] {
  return [
    ...validateLabels(template?.metadata?.labels, `${field}.labels`),
    ...validateAnnotations(template?.metadata?.annotations, `${field}.annotations`),
    ...validatePodSpec(template?.spec, `${field}.spec`),
  ];
}

const isEmpty = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels ?? {}).length + (matchExpressions ?? []).length === 0;

function validateSelector(
  selector: LabelSelector | undefined,
  kindText: string,
): readonly FieldError[] {
  if (selector === undefined) return [required('spec.selector')];
  const errors = validateLabelSelector(selector, 'spec.selector');
  if (isEmpty(selector)) {
    return [
      ...errors,
      invalid(
        'spec.selector',
        { go: goSelector(selector) },
        `empty selector is invalid for ${kindText}`,
      ),
    ];
  }
  return errors;
}

/** A selector as Go's %#v writes it. */
export function goSelector({ matchLabels }: LabelSelector): string {
  return `v1.LabelSelector{MatchLabels:${goStringMap(matchLabels).go}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}`;
}

/** Selector and template must agree; workloads other than Jobs keep their Pods running. */
function validateSelectedTemplate(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const labels = template?.metadata?.labels;
  // A missing selector selects nothing, so no labels can fit it.
  const fits =
    selector !== undefined && !isEmpty(selector) && matchesLabelSelector(selector, labels ?? {});
  if (!fits && !(selector !== undefined && isEmpty(selector))) {
    errors.push(
      invalid(
        'spec.template.metadata.labels',
        goStringMap(labels),
        '`selector` does not match template `labels`',
      ),
    );
  }
  errors.push(...validateTemplate(template, 'spec.template'));
  const restart = template?.spec?.restartPolicy ?? '';
  const isKnown = ['OnFailure', 'Never'].includes(restart);
  if (isKnown) errors.push(notSupported('spec.template.spec.restartPolicy', restart, ['Always']));
  if (template?.spec?.activeDeadlineSeconds !== undefined) {
    errors.push(
      forbidden(
        'spec.template.spec.activeDeadlineSeconds',
        'activeDeadlineSeconds in ReplicaSet is not Supported',
      ),
    );
  }
  return errors;
}

type IntOrString = number | string;

const percentText =
  "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";

/** A number from 0, or a percentage. */
function validateShare(value: IntOrString | undefined, field: string): readonly FieldError[] {
  if (typeof value === 'string') {
    return /^\d{1,9}%$/.test(value) ? [] : [invalid(field, goIntOrString(value), percentText)];
  }
  return notNegative(value, field);
}

const isZero = (value: IntOrString | undefined): boolean => value === 0 || value === '0%';

const isOverAll = (value: IntOrString | undefined): boolean =>
  typeof value === 'string' && /^\d{1,9}%$/.test(value) && Number(value.slice(0, -1)) > 100;

function validateStrategy(
  strategy: NonNullable<Deployment['spec']>['strategy'],
): readonly FieldError[] {
  const field = 'spec.strategy';
  const { type = '', rollingUpdate } = strategy ?? {};
  if (type === 'Recreate') {
    return rollingUpdate === undefined
      ? []
      : [
          forbidden(
            `${field}.rollingUpdate`,
            "may not be specified when strategy `type` is 'Recreate'",
          ),
        ];
  }
  if (type !== 'RollingUpdate')
    return [notSupported(`${field}.type`, type, ['Recreate', 'RollingUpdate'])];
  const path = `${field}.rollingUpdate`;
  const maxUnavailable = rollingUpdate?.maxUnavailable as IntOrString | undefined;
  const maxSurge = rollingUpdate?.maxSurge as IntOrString | undefined;
  const errors = [
    ...validateShare(maxUnavailable, `${path}.maxUnavailable`),
    ...validateShare(maxSurge, `${path}.maxSurge`),
  ];
  if (isZero(maxUnavailable) && isZero(maxSurge)) {
    errors.push(
      invalid(
        `${path}.maxUnavailable`,
        goIntOrString(maxUnavailable ?? 0),
        'may not be 0 when `maxSurge` is 0',
      ),
    );
  }
  if (isOverAll(maxUnavailable)) {
    errors.push(
      invalid(
        `${path}.maxUnavailable`,
        goIntOrString(maxUnavailable ?? 0),
        'must not be greater than 100%',
      ),
    );
  }
  return errors;
}

export function validateDeployment({ spec }: Deployment): readonly FieldError[] {
  const errors = [
    ...notNegative(spec?.replicas, 'spec.replicas'),
    ...validateSelector(spec?.selector, 'deployment'),
    ...validateSelectedTemplate(spec?.selector, spec?.template),
    ...validateStrategy(spec?.strategy),
    ...notNegative(spec?.minReadySeconds, 'spec.minReadySeconds'),
    ...notNegative(spec?.revisionHistoryLimit, 'spec.revisionHistoryLimit'),
    ...notNegative(spec?.progressDeadlineSeconds, 'spec.progressDeadlineSeconds'),
  ];
  const deadline = spec?.progressDeadlineSeconds;
  if (deadline !== undefined && deadline <= (spec?.minReadySeconds ?? 0)) {
    errors.push(
      invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds'),
    );
  }
  return errors;
}

export function validateReplicaSet({ spec }: ReplicaSet): readonly FieldError[] {
  return [
    ...notNegative(spec?.replicas, 'spec.replicas'),
    ...notNegative(spec?.minReadySeconds, 'spec.minReadySeconds'),
    ...validateSelector(spec?.selector, 'deployment'),
    ...validateSelectedTemplate(spec?.selector, spec?.template),
  ];
}

export function validateStatefulSet({ spec }: StatefulSet): readonly FieldError[] {
  const errors: FieldError[] = [];
  const policies = ['OrderedReady', 'Parallel'];
  const policy = spec?.podManagementPolicy ?? '';
  if (!policies.includes(policy)) {
    const text = `must be '${policies.join("' or '")}'`;
    errors.push(invalid('spec.podManagementPolicy', policy, text));
  }
  const strategy = spec?.updateStrategy?.type ?? '';
  if (!['RollingUpdate', 'OnDelete'].includes(strategy)) {
    errors.push(
      invalid('spec.updateStrategy', { go: strategy }, "must be 'RollingUpdate' or 'OnDelete'"),
    );
  }
  const partition = spec?.updateStrategy?.rollingUpdate?.partition;
  errors.push(...notNegative(partition, 'spec.updateStrategy.rollingUpdate.partition'));
  return [
    ...errors,
    ...notNegative(spec?.replicas, 'spec.replicas'),
    ...notNegative(spec?.minReadySeconds, 'spec.minReadySeconds'),
    ...validateSelector(spec?.selector, 'statefulset'),
    ...validateSelectedTemplate(spec?.selector, spec?.template),
  ];
}

export function validateDaemonSet({ spec }: DaemonSet): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { type = '', rollingUpdate } = spec?.updateStrategy ?? {};
  if (!['OnDelete', 'RollingUpdate'].includes(type)) {
    errors.push(notSupported('spec.updateStrategy.type', type, ['OnDelete', 'RollingUpdate']));
  } else if (type === 'RollingUpdate') {
    const path = 'spec.updateStrategy.rollingUpdate';
    const maxUnavailable = rollingUpdate?.maxUnavailable as IntOrString | undefined;
    const maxSurge = rollingUpdate?.maxSurge as IntOrString | undefined;
    errors.push(
      ...validateShare(maxUnavailable, `${path}.maxUnavailable`),
      ...validateShare(maxSurge, `${path}.maxSurge`),
    );
    if (!isZero(maxUnavailable) && !isZero(maxSurge) && maxSurge !== undefined) {
      errors.push(
        invalid(
          `${path}.maxSurge`,
          goIntOrString(maxSurge),
          'may not be set when maxUnavailable is non-zero',
        ),
      );
    } else if (isZero(maxUnavailable) && (isZero(maxSurge) || maxSurge === undefined)) {
      errors.push(required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0'));
    }
  }
  return [
    ...validateSelector(spec?.selector, 'daemonset'),
    ...validateSelectedTemplate(spec?.selector, spec?.template),
    ...notNegative(spec?.minReadySeconds, 'spec.minReadySeconds'),
    ...errors,
    ...notNegative(spec?.revisionHistoryLimit, 'spec.revisionHistoryLimit'),
  ];
}
