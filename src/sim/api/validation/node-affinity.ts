// Which nodes a Pod or a volume may be on (ValidateNodeSelector, validateNodeAffinity).
import type {
  NodeAffinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
} from '../generated/types.ts';
import { forbidden, invalid, required, type FieldError } from '../messages.ts';
import { checkDns1123Subdomain, checkLabelValue } from '../names.ts';
import { judge, qualifiedName } from './rules.ts';

const badOperator = 'not a valid selector operator';

function validateOperator(
  { operator, values = [] }: NodeSelectorRequirement,
  field: string,
): readonly FieldError[] {
  const at = `${field}.values`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      return values.length > 0
        ? []
        : [required(at, "must be specified when `operator` is 'In' or 'NotIn'")];
    case 'Exists':
    case 'DoesNotExist':
      return values.length === 0
        ? []
        : [forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    case 'Gt':
    case 'Lt':
      return values.length === 1
        ? []
        : [required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(`${field}.operator`, operator ?? '', badOperator)];
  }
}

function validateLabelsOfNode(
  requirement: NodeSelectorRequirement,
  isPreference: boolean,
  field: string,
): readonly FieldError[] {
  const values = isPreference ? [] : (requirement.values ?? []);
  return [
    ...validateOperator(requirement, field),
    ...qualifiedName(`${field}.key`, requirement.key),
    ...values.flatMap((value, index) => judge(`${field}.values[${index}]`, value, checkLabelValue)),
  ];
}

function validateFieldOfNode(
  { key, operator, values = [] }: NodeSelectorRequirement,
  field: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length !== 1) {
      const text =
        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
      errors.push(required(`${field}.values`, text));
    }
  } else errors.push(invalid(`${field}.operator`, operator ?? '', badOperator));
  if (key !== 'metadata.name') {
    return [...errors, invalid(`${field}.key`, key ?? '', 'not a valid field selector key')];
  }
  const names = values.flatMap((value, index) =>
    judge(`${field}.values[${index}]`, value, checkDns1123Subdomain),
  );
  return [...errors, ...names];
}

function validateTerm(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  isPreference: boolean,
  field: string,
): readonly FieldError[] {
  return [
    ...matchExpressions.flatMap((requirement, index) =>
      validateLabelsOfNode(requirement, isPreference, `${field}.matchExpressions[${index}]`),
    ),
    ...matchFields.flatMap((requirement, index) =>
      validateFieldOfNode(requirement, `${field}.matchFields[${index}]`),
    ),
  ];
}

export function validateNodeSelector(
  { nodeSelectorTerms = [] }: NodeSelector,
  field: string,
): readonly FieldError[] {
  const at = `${field}.nodeSelectorTerms`;
  if (nodeSelectorTerms.length === 0) {
    return [required(at, 'must have at least one node selector term')];
  }
  return nodeSelectorTerms.flatMap((term, index) => validateTerm(term, false, `${at}[${index}]`));
}

export function validateWeight(weight: number | undefined, field: string): readonly FieldError[] {
  const value = weight ?? 0;
  if (value >= 1 && value <= 100) return [];
  return [invalid(`${field}.weight`, value, 'must be in the range 1-100')];
}

export function validateNodeAffinity(affinity: NodeAffinity, field: string): readonly FieldError[] {
  const needed = affinity.requiredDuringSchedulingIgnoredDuringExecution;
  const preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...(needed === undefined
      ? []
      : validateNodeSelector(needed, `${field}.requiredDuringSchedulingIgnoredDuringExecution`)),
    ...preferred.flatMap(({ weight, preference }, index) => {
      const at = `${field}.preferredDuringSchedulingIgnoredDuringExecution[${index}]`;
      return [
        ...validateWeight(weight, at),
        ...validateTerm(preference ?? {}, true, `${at}.preference`),
      ];
    }),
  ];
}
