// When a Job counts as failed or done (validatePodFailurePolicy, validateSuccessPolicy).
import type {
  JobSpec,
  PodFailurePolicy,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
  SuccessPolicyRule,
} from '../generated/types.ts';
import { goValue } from '../go-values/print.ts';
import {
  duplicate,
  invalid,
  invalidUntold,
  notSupported,
  quoted,
  required,
  tooLong,
  tooMany,
  type FieldError,
} from '../messages.ts';
import { byteLength } from '../names.ts';
import { notNegative, qualifiedName } from './rules.ts';

const mostRules = 20;

/** A value that must be one of a few; a missing one is told which. */
function choice(
  field: string,
  value: string | undefined,
  supported: readonly string[],
): readonly FieldError[] {
  if (!value) return [required(field, `valid values: [${supported.map(quoted).join(' ')}]`)];
  return supported.includes(value) ? [] : [notSupported(field, value, supported)];
}

const goNumbers = (values: readonly number[] | undefined) => ({
  go: values === undefined ? '[]int32(nil)' : `[]int32{${values.join(', ')}}`,
});

function validateExitCodes(
  { operator, containerName, values = [] }: PodFailurePolicyOnExitCodesRequirement,
  names: readonly string[],
  field: string,
): readonly FieldError[] {
  const errors = [...choice(`${field}.operator`, operator, ['In', 'NotIn'])];
  if (containerName !== undefined && !names.includes(containerName)) {
    const text = 'must be one of the container or initContainer names in the pod template';
    errors.push(invalid(`${field}.containerName`, containerName, text));
  }
  const path = `${field}.values`;
  if (values.length === 0) {
    errors.push(invalid(path, goNumbers(undefined), 'at least one value is required'));
  } else if (values.length > 255) errors.push(tooMany(path, values.length, 255));
  const seen = new Set<number>();
  for (const [index, value] of values.entries()) {
    const at = `${path}[${index}]`;
    if (operator === 'In' && value === 0) {
      errors.push(invalid(at, value, 'must not be 0 for the In operator'));
    }
    if (seen.has(value)) errors.push(duplicate(at, value));
    seen.add(value);
  }
  const isOrdered = values.every((value, index) => (values[index - 1] ?? value) <= value);
  return isOrdered ? errors : [...errors, invalid(path, goNumbers(values), 'must be ordered')];
}

function validateConditions(
  patterns: readonly PodFailurePolicyOnPodConditionsPattern[],
  field: string,
): readonly FieldError[] {
  const tooMuch = patterns.length > mostRules ? [tooMany(field, patterns.length, mostRules)] : [];
  return [
    ...tooMuch,
    ...patterns.flatMap(({ type, status }, index) => [
      ...qualifiedName(`${field}[${index}].type`, type),
      ...choice(`${field}[${index}].status`, status, ['False', 'True', 'Unknown']),
    ]),
  ];
}

function validateFailureRule(
  { action, onExitCodes, onPodConditions = [] }: PodFailurePolicyRule,
  spec: JobSpec,
  names: readonly string[],
  field: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (action === 'FailIndex') {
    if (spec.backoffLimitPerIndex === undefined) {
      const text = 'requires the backoffLimitPerIndex to be set';
      errors.push(invalid(`${field}.action`, action, text));
    }
  } else {
    const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
    errors.push(...choice(`${field}.action`, action, actions));
  }
  if (onExitCodes) errors.push(...validateExitCodes(onExitCodes, names, `${field}.onExitCodes`));
  const hasConditions = onPodConditions.length > 0;
  if (hasConditions) {
    errors.push(...validateConditions(onPodConditions, `${field}.onPodConditions`));
  }
  const both = 'OnExitCodes and OnPodConditions is';
  if (onExitCodes && hasConditions) {
    errors.push(invalidUntold(field, `specifying both ${both} not supported`));
  }
  if (!onExitCodes && !hasConditions) {
    errors.push(invalidUntold(field, `specifying one of ${both} required`));
  }
  return errors;
}

export function validateFailurePolicy(
  { rules = [] }: PodFailurePolicy,
  spec: JobSpec,
  field: string,
): readonly FieldError[] {
  const { containers = [], initContainers = [] } = spec.template?.spec ?? { containers: [] };
  const names = [...containers, ...initContainers].map(({ name }) => name);
  const path = `${field}.rules`;
  return [
    ...(rules.length > mostRules ? [tooMany(path, rules.length, mostRules)] : []),
    ...rules.flatMap((rule, index) => validateFailureRule(rule, spec, names, `${path}[${index}]`)),
  ];
}

const isNumber = (text: string): boolean => /^[+-]?[0-9]{1,10}$/.test(text);

/** `0,2-5`: how many indexes that is, or what is wrong with it. */
function countIndexes(text: string, completions: number): number | string {
  let total = 0;
  let last = -1;
  for (const interval of text === '' ? [] : text.split(',')) {
    const [first = '', end, ...more] = interval.split('-');
    if (more.length > 0) {
      return `the fragment ${quoted(interval)} violates the requirement that an index interval can have at most two parts separated by '-'`;
    }
    for (const part of end === undefined ? [first] : [first, end]) {
      if (!isNumber(part)) return `cannot convert string to integer for index: ${quoted(part)}`;
      if (Number(part) >= completions) return `too large index: ${quoted(part)}`;
    }
    const [x, y] = [Number(first), Number(end ?? first)];
    if (end !== undefined && x >= y) return `non-increasing order, previous: ${x}, current: ${y}`;
    if (total > 0 && last >= x) return `non-increasing order, previous: ${last}, current: ${x}`;
    total += y - x + 1;
    last = y;
  }
  return total;
}

function validateSuccessRule(
  { succeededCount: count, succeededIndexes: indexes }: SuccessPolicyRule,
  completions: number,
  field: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (count === undefined && indexes === undefined) {
    const text = 'at least one of succeededCount or succeededIndexes must be specified';
    errors.push(required(field, text));
  }
  let total = 0;
  if (indexes !== undefined) {
    const path = `${field}.succeededIndexes`;
    const most = 64 * 1024;
    if (byteLength(indexes) > most) errors.push(tooLong(path, most));
    const found = countIndexes(indexes, completions);
    if (typeof found === 'number') total = found;
    else errors.push(invalid(path, indexes, `error parsing succeededIndexes: ${found}`));
  }
  if (count === undefined) return errors;
  const path = `${field}.succeededCount`;
  const atMost = (most: number, what: string): void => {
    if (count <= most) return;
    errors.push(invalid(path, count, `must be less than or equal to ${most} (${what})`));
  };
  errors.push(...notNegative(count, path));
  atMost(completions, 'the number of specified completions');
  if (indexes !== undefined) {
    atMost(total, 'the number of indexes in the specified succeededIndexes field');
  }
  return errors;
}

export function validateSuccessPolicy(spec: JobSpec, field: string): readonly FieldError[] {
  const { successPolicy, completionMode, completions = 0 } = spec;
  if (successPolicy === undefined) return [];
  if (completionMode !== 'Indexed') {
    const shown = goValue('batch.SuccessPolicy', successPolicy);
    return [invalid(field, shown, 'requires indexed completion mode')];
  }
  const { rules = [] } = successPolicy;
  const path = `${field}.rules`;
  const text = 'at least one rules must be specified when the successPolicy is specified';
  return [
    ...(rules.length === 0 ? [required(path, text)] : []),
    ...(rules.length > mostRules ? [tooMany(path, rules.length, mostRules)] : []),
    ...rules.flatMap((rule, index) => validateSuccessRule(rule, completions, `${path}[${index}]`)),
  ];
}
