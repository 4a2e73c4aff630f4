// Where a Pod may run: selectors, affinity, tolerations, spreading (validateAffinity, ValidateTolerations ...).
import type {
  Affinity,
  LabelSelector,
  NodeSelectorTerm,
  PodAffinityTerm,
  Toleration,
  TopologySpreadConstraint,
} from '../generated/types.ts';
import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../messages.ts';
import { checkDns1123Label, checkLabelValue, checkQualifiedName } from '../names.ts';
import { validateLabels } from './metadata.ts';

/** A label selector of a spec (metav1 validation). */
export function validateLabelSelector(
  selector: LabelSelector | undefined,
  field: string,
): readonly FieldError[] {
  if (selector === undefined) return [];
  const errors = [...validateLabels(selector.matchLabels, `${field}.matchLabels`)];
  for (const [index, { key, operator, values = [] }] of (
    selector.matchExpressions ?? []
  ).entries()) {
    const path = `${field}.matchExpressions[${index}]`;
    if (operator === 'In' || operator === 'NotIn') {
      if (values.length === 0) {
        errors.push(
          required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"),
        );
      }
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (values.length > 0) {
        errors.push(
          forbidden(
            `${path}.values`,
            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
          ),
        );
      }
    } else {
      errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'));
    }
    errors.push(
      ...checkQualifiedName(key ?? '').map((text) => invalid(`${path}.key`, key ?? '', text)),
    );
    for (const [at, value] of values.entries()) {
      errors.push(
        ...checkLabelValue(value).map((text) => invalid(`${path}.values[${at}]`, value, text)),
      );
    }
  }
  return errors;
}

function validateNodeTerm(term: NodeSelectorTerm, field: string): readonly FieldError[] {
  return (term.matchExpressions ?? []).flatMap((requirement, index) => {
    const path = `${field}.matchExpressions[${index}]`;
    const { key = '', operator, values = [] } = requirement;
    const errors: FieldError[] = [];
    switch (operator) {
      case 'In':
      case 'NotIn':
        if (values.length === 0) {
          errors.push(
            required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"),
          );
        }
        break;
      case 'Exists':
      case 'DoesNotExist':
        if (values.length > 0) {
          errors.push(
            forbidden(
              `${path}.values`,
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
            ),
          );
        }
        break;
      case 'Gt':
      case 'Lt':
        if (values.length !== 1) {
          errors.push(
            required(
              `${path}.values`,
              "must be specified single value when `operator` is 'Lt' or 'Gt'",
            ),
          );
        }
        break;
      default:
        errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'));
    }
    return [...errors, ...checkQualifiedName(key).map((text) => invalid(`${path}.key`, key, text))];
  });
}

const validateWeight = (weight: number | undefined, field: string): readonly FieldError[] =>
  (weight ?? 0) >= 1 && (weight ?? 0) <= 100
    ? []
    : [invalid(`${field}.weight`, weight ?? 0, 'must be in the range 1-100')];

function validatePodTerm(term: PodAffinityTerm, field: string): readonly FieldError[] {
  const namespaces = (term.namespaces ?? []).flatMap((name, index) =>
    checkDns1123Label(name).map((text) => invalid(`${field}.namespace[${index}]`, name, text)),
  );
  const topology = term.topologyKey
    ? checkQualifiedName(term.topologyKey).map((text) =>
        invalid(`${field}.topologyKey`, term.topologyKey, text),
      )
    : [required(`${field}.topologyKey`, 'can not be empty')];
  return [
    ...validateLabelSelector(term.labelSelector, `${field}.labelSelector`),
    ...validateLabelSelector(term.namespaceSelector, `${field}.namespaceSelector`),
    ...namespaces,
    ...topology,
  ];
}

const requiredName = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferredName = 'preferredDuringSchedulingIgnoredDuringExecution';

export function validateAffinity(
  affinity: Affinity | undefined,
  field: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const node = affinity?.nodeAffinity;
  if (node?.[requiredName] !== undefined) {
    const path = `${field}.nodeAffinity.${requiredName}.nodeSelectorTerms`;
    const terms = node[requiredName].nodeSelectorTerms ?? [];
    if (terms.length === 0)
      errors.push(required(path, 'must have at least one node selector term'));
    errors.push(...terms.flatMap((term, index) => validateNodeTerm(term, `${path}[${index}]`)));
  }
  for (const [index, { weight, preference }] of (node?.[preferredName] ?? []).entries()) {
    const path = `${field}.nodeAffinity.${preferredName}[${index}]`;
    errors.push(
      ...validateWeight(weight, path),
      ...validateNodeTerm(preference ?? {}, `${path}.preference`),
    );
  }
  for (const name of ['podAffinity', 'podAntiAffinity'] as const) {
    const one = affinity?.[name];
    for (const [index, term] of (one?.[requiredName] ?? []).entries()) {
      errors.push(...validatePodTerm(term, `${field}.${name}.${requiredName}[${index}]`));
    }
    for (const [index, { weight, podAffinityTerm }] of (one?.[preferredName] ?? []).entries()) {
      const path = `${field}.${name}.${preferredName}[${index}]`;
      errors.push(...validateWeight(weight, path));
      errors.push(...validatePodTerm(podAffinityTerm, `${path}.podAffinityTerm`));
    }
  }
  return errors;
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

export function validateTolerations(
  tolerations: readonly Toleration[],
  field: string,
): readonly FieldError[] {
  return tolerations.flatMap((toleration, index) => {
    const path = `${field}[${index}]`;
    const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration;
    const errors: FieldError[] = [];
    if (key !== '')
      errors.push(...checkQualifiedName(key).map((text) => invalid(`${path}.key`, key, text)));
    if (key === '' && operator !== 'Exists') {
      errors.push(
        invalid(
          `${path}.operator`,
          operator,
          'operator must be Exists when `key` is empty, which means "match all values and all keys"',
        ),
      );
    }
    if (tolerationSeconds !== undefined && effect !== 'NoExecute') {
      errors.push(
        invalid(
          `${path}.effect`,
          effect,
          "effect must be 'NoExecute' when `tolerationSeconds` is set",
        ),
      );
    }
    if (operator === '' || operator === 'Equal') {
      const texts = checkLabelValue(value);
      if (texts.length > 0) errors.push(invalid(`${path}.operator`, value, texts.join(';')));
    } else if (operator === 'Exists') {
      if (value !== '') {
        errors.push(
          invalid(
            `${path}.operator`,
            { go: JSON.stringify(value) },
            "value must be empty when `operator` is 'Exists'",
          ),
        );
      }
    } else {
      errors.push(notSupported(`${path}.operator`, operator, ['Equal', 'Exists']));
    }
    if (effect !== '' && !effects.includes(effect)) {
      errors.push(notSupported(`${path}.effect`, effect, effects));
    }
    return errors;
  });
}

const whenUnsatisfiable = ['DoNotSchedule', 'ScheduleAnyway'];

export function validateSpread(
  constraints: readonly TopologySpreadConstraint[],
  field: string,
): readonly FieldError[] {
  const seen = new Set<string>();
  return constraints.flatMap((constraint, index) => {
    const path = `${field}[${index}]`;
    const { maxSkew, topologyKey, whenUnsatisfiable: action, minDomains } = constraint;
    const errors: FieldError[] = [];
    if ((maxSkew ?? 0) <= 0)
      errors.push(invalid(`${path}.maxSkew`, maxSkew ?? 0, 'must be greater than zero'));
    if (!topologyKey) errors.push(required(`${path}.topologyKey`, 'can not be empty'));
    if (!whenUnsatisfiable.includes(action ?? '')) {
      errors.push(notSupported(`${path}.whenUnsatisfiable`, action ?? '', whenUnsatisfiable));
    }
    const pair = `{${topologyKey}, ${action}}`;
    if (seen.has(pair)) errors.push(duplicate(`${path}.{topologyKey, whenUnsatisfiable}`, pair));
    seen.add(pair);
    if (minDomains !== undefined && minDomains <= 0) {
      errors.push(invalid(`${path}.minDomains`, minDomains, 'must be greater than zero'));
    } else if (minDomains !== undefined && action !== 'DoNotSchedule') {
      errors.push(
        invalid(
          `${path}.minDomains`,
          minDomains,
          `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`,
        ),
      );
    }
    return [...errors, ...validateLabelSelector(constraint.labelSelector, `${path}.labelSelector`)];
  });
}
