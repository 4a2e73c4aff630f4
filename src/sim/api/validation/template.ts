// Templates of Pods and the selectors that go with them (ValidatePodTemplateSpec and its users in apps).
import type { LabelSelector, PodTemplateSpec } from '../generated/types.ts';
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
import { checkPercent } from '../names.ts';
import { matchesLabelSelector } from '../selector.ts';
import { isEmptySelector, isUsableSelector, validateLabelSelector } from './label-selector.ts';
import { validateAnnotations, validateLabels } from './metadata.ts';
import { validatePodAnnotations, validateProfileAnnotations } from './pod.ts';
import { validatePodSpec } from './pod-spec.ts';
import { notNegative } from './rules.ts';

export function validateTemplate(
  template: PodTemplateSpec | undefined,
  field: string,
): readonly FieldError[] {
  const { metadata, spec } = template ?? {};
  const annotations = metadata?.annotations;
  return [
    ...validateLabels(metadata?.labels, `${field}.labels`),
    ...validateAnnotations(annotations, `${field}.annotations`),
    ...validatePodAnnotations(annotations, spec, `${field}.annotations`),
    ...validatePodSpec(spec, `${field}.spec`, { isPod: false, podName: '' }),
    ...validateProfileAnnotations(annotations, spec, `${field}.spec`),
    ...((spec?.ephemeralContainers ?? []).length > 0
      ? [
          forbidden(
            `${field}.spec.ephemeralContainers`,
            'ephemeral containers not allowed in pod template',
          ),
        ]
      : []),
  ];
}

export const goSelector = (selector: LabelSelector | undefined) =>
  goValue('v1.LabelSelector', selector ?? {});

/** A selector that must be there and select something. @param kindText as the error names the kind */
export function validateSelector(
  selector: LabelSelector | undefined,
  kindText: string,
): readonly FieldError[] {
  if (selector === undefined) return [required('spec.selector')];
  const errors = validateLabelSelector(selector, 'spec.selector');
  if (!isEmptySelector(selector)) return errors;
  const text = `empty selector is invalid for ${kindText}`;
  return [...errors, invalid('spec.selector', goSelector(selector), text)];
}

/** @param selector nothing fits a missing one */
export function validateSelected(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
): readonly FieldError[] {
  const labels = template?.metadata?.labels;
  if (selector !== undefined && isEmptySelector(selector)) return [];
  if (selector !== undefined && matchesLabelSelector(selector, labels ?? {})) return [];
  const text = '`selector` does not match template `labels`';
  return [invalid('spec.template.metadata.labels', goStringMap(labels), text)];
}

/** Workloads other than Jobs keep their Pods running. @param kindText as the error names the kind */
export function validateRunsForever(
  template: PodTemplateSpec | undefined,
  kindText: string,
): readonly FieldError[] {
  const field = 'spec.template.spec';
  const { restartPolicy = '', activeDeadlineSeconds } = template?.spec ?? {};
  const text = `activeDeadlineSeconds in ${kindText} is not Supported`;
  return [
    ...(restartPolicy === 'Always'
      ? []
      : [notSupported(`${field}.restartPolicy`, restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [forbidden(`${field}.activeDeadlineSeconds`, text)]),
  ];
}

/** Selector and template of Deployments and ReplicaSets. */
export function validateReplicated(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
): readonly FieldError[] {
  if (selector !== undefined && !isUsableSelector(selector)) {
    return [invalid('spec.selector', goSelector(selector), 'invalid label selector')];
  }
  return [
    ...validateSelected(selector, template),
    ...validateTemplate(template, 'spec.template'),
    ...validateRunsForever(template, 'ReplicaSet'),
  ];
}

export type IntOrString = number | string;

/** A number from 0, or a percentage. */
export function validateShare(
  value: IntOrString | undefined,
  field: string,
): readonly FieldError[] {
  if (typeof value !== 'string') return notNegative(value, field);
  return checkPercent(value).map((text) => invalid(field, goIntOrString(value), text));
}

/** The number in it; 0 where it is none. */
export function shareOf(value: IntOrString | undefined): number {
  if (typeof value !== 'string') return value ?? 0;
  if (/^[0-9]+%$/.test(value)) return Number(value.slice(0, -1));
  return /^[+-]?[0-9]+$/.test(value) ? Number(value) : 0;
}

export function notMoreThanAll(
  value: IntOrString | undefined,
  field: string,
): readonly FieldError[] {
  const isOver = typeof value === 'string' && value.endsWith('%') && shareOf(value) > 100;
  return isOver ? [invalid(field, goIntOrString(value), 'must not be greater than 100%')] : [];
}
