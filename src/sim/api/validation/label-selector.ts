// Label selectors in specs (apimachinery/pkg/apis/meta/v1/validation ValidateLabelSelector).
import type { LabelSelector, LabelSelectorRequirement } from '../generated/types.ts';
import { forbidden, invalid, required, type FieldError } from '../messages.ts';
import { checkLabelValue } from '../names.ts';
import { validateLabels } from './metadata.ts';
import { judge, qualifiedName } from './rules.ts';

function validateRequirement(
  { key, operator, values = [] }: LabelSelectorRequirement,
  field: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const at = `${field}.values`;
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) {
      errors.push(required(at, "must be specified when `operator` is 'In' or 'NotIn'"));
    }
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0) {
      const text = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      errors.push(forbidden(at, text));
    }
  } else {
    errors.push(invalid(`${field}.operator`, operator ?? '', 'not a valid selector operator'));
  }
  return [
    ...errors,
    ...qualifiedName(`${field}.key`, key),
    ...values.flatMap((value, index) => judge(`${at}[${index}]`, value, checkLabelValue)),
  ];
}

export function validateLabelSelector(
  selector: LabelSelector | undefined,
  field: string,
): readonly FieldError[] {
  return [
    ...validateLabels(selector?.matchLabels, `${field}.matchLabels`),
    ...(selector?.matchExpressions ?? []).flatMap((requirement, index) =>
      validateRequirement(requirement, `${field}.matchExpressions[${index}]`),
    ),
  ];
}

export const isEmptySelector = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels ?? {}).length + (matchExpressions ?? []).length === 0;

/** Whether a selector can be made of it at all (metav1.LabelSelectorAsSelector). */
export const isUsableSelector = (selector: LabelSelector): boolean =>
  validateLabelSelector(selector, '').length === 0;
