// Nearness to other Pods, and spreading (validatePodAffinityTerm, validateTopologySpreadConstraints).
import type {
  Affinity,
  LabelSelector,
  PodAffinity,
  PodAffinityTerm,
  TopologySpreadConstraint,
} from '../generated/types.ts';
import { duplicate, forbidden, invalid, type FieldError } from '../messages.ts';
import { checkDns1123Label } from '../names.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateNodeAffinity, validateWeight } from './node-affinity.ts';
import { judge, oneOf, oneOfGiven, present, qualifiedName } from './rules.ts';

const inBoth = 'exists in both matchLabelKeys and labelSelector';
const noSelector = 'must not be specified when labelSelector is not set';

function validateKeys(
  keys: readonly string[] | undefined,
  selector: LabelSelector | undefined,
  field: string,
): readonly FieldError[] {
  if (keys === undefined || keys.length === 0) return [];
  if (selector === undefined) return [forbidden(field, noSelector)];
  return keys.flatMap((key, index) => qualifiedName(`${field}[${index}]`, key));
}

/** Keys whose values the server copies from the Pod itself into the selector. */
function validateMatchKeys(term: PodAffinityTerm, field: string): readonly FieldError[] {
  const { matchLabelKeys = [], mismatchLabelKeys = [], labelSelector } = term;
  const errors = [
    ...validateKeys(matchLabelKeys, labelSelector, `${field}.matchLabelKeys`),
    ...validateKeys(mismatchLabelKeys, labelSelector, `${field}.mismatchLabelKeys`),
  ];
  const seen = new Set(Object.keys(labelSelector?.matchLabels ?? {}));
  for (const { key } of labelSelector?.matchExpressions ?? []) {
    const index = matchLabelKeys.lastIndexOf(key);
    if (index >= 0 && seen.has(key)) errors.push(invalid(`${field}[${index}]`, key, inBoth));
    seen.add(key);
  }
  const text = 'exists in both matchLabelKeys and mismatchLabelKeys';
  for (const [index, key] of matchLabelKeys.entries()) {
    if (!mismatchLabelKeys.includes(key)) continue;
    errors.push(invalid(`${field}.matchLabelKeys[${index}]`, key, text));
  }
  return errors;
}

function validateTerm(term: PodAffinityTerm, field: string): readonly FieldError[] {
  return [
    ...validateLabelSelector(term.labelSelector, `${field}.labelSelector`),
    ...validateLabelSelector(term.namespaceSelector, `${field}.namespaceSelector`),
    // The server's path has neither the plural nor an index.
    ...(term.namespaces ?? []).flatMap((name) =>
      judge(`${field}.namespace`, name, checkDns1123Label),
    ),
    ...validateMatchKeys(term, field),
    ...present(`${field}.topologyKey`, term.topologyKey, 'can not be empty'),
    ...qualifiedName(`${field}.topologyKey`, term.topologyKey),
  ];
}

function validatePodAffinity(affinity: PodAffinity, field: string): readonly FieldError[] {
  const needed = affinity.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  const preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  return [
    ...needed.flatMap((term, index) =>
      validateTerm(term, `${field}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`),
    ),
    ...preferred.flatMap(({ weight, podAffinityTerm }, index) => {
      const at = `${field}.preferredDuringSchedulingIgnoredDuringExecution[${index}]`;
      return [
        ...validateWeight(weight, at),
        ...validateTerm(podAffinityTerm ?? { topologyKey: '' }, `${at}.podAffinityTerm`),
      ];
    }),
  ];
}

export function validateAffinity(
  { nodeAffinity, podAffinity, podAntiAffinity }: Affinity,
  field: string,
): readonly FieldError[] {
  return [
    ...(nodeAffinity ? validateNodeAffinity(nodeAffinity, `${field}.nodeAffinity`) : []),
    ...(podAffinity ? validatePodAffinity(podAffinity, `${field}.podAffinity`) : []),
    ...(podAntiAffinity ? validatePodAffinity(podAntiAffinity, `${field}.podAntiAffinity`) : []),
  ];
}

const actions = ['DoNotSchedule', 'ScheduleAnyway'];
const inclusion = ['Honor', 'Ignore'];

function validateMinDomains(
  { minDomains, whenUnsatisfiable: action = '' }: TopologySpreadConstraint,
  field: string,
): readonly FieldError[] {
  if (minDomains === undefined) return [];
  const errors: FieldError[] = [];
  if (minDomains <= 0) errors.push(invalid(field, minDomains, 'must be greater than zero'));
  if (action !== 'DoNotSchedule') {
    const text = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${action}`;
    errors.push(invalid(field, minDomains, text));
  }
  return errors;
}

function validateSpreadKeys(
  { matchLabelKeys = [], labelSelector }: TopologySpreadConstraint,
  field: string,
): readonly FieldError[] {
  if (matchLabelKeys.length === 0) return [];
  const selected = [
    ...Object.keys(labelSelector?.matchLabels ?? {}),
    ...(labelSelector?.matchExpressions ?? []).map(({ key }) => key),
  ];
  return [
    ...(labelSelector === undefined ? [forbidden(field, noSelector)] : []),
    ...matchLabelKeys.flatMap((key, index) => [
      ...qualifiedName(`${field}[${index}]`, key),
      ...(selected.includes(key) ? [invalid(`${field}[${index}]`, key, inBoth)] : []),
    ]),
  ];
}

export function validateSpread(
  constraints: readonly TopologySpreadConstraint[],
  field: string,
): readonly FieldError[] {
  return constraints.flatMap((constraint, index) => {
    const at = `${field}[${index}]`;
    const { maxSkew = 0, topologyKey, whenUnsatisfiable: action } = constraint;
    const isRepeated = constraints
      .slice(index + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === action);
    const pair = `{${topologyKey ?? ''}, ${action ?? ''}}`;
    return [
      ...(maxSkew > 0 ? [] : [invalid(`${at}.maxSkew`, maxSkew, 'must be greater than zero')]),
      ...present(`${at}.topologyKey`, topologyKey, 'can not be empty'),
      ...oneOf(`${at}.whenUnsatisfiable`, action, actions),
      ...(isRepeated ? [duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, pair)] : []),
      ...validateMinDomains(constraint, `${at}.minDomains`),
      ...oneOfGiven(`${at}.nodeAffinityPolicy`, constraint.nodeAffinityPolicy, inclusion),
      ...oneOfGiven(`${at}.nodeTaintsPolicy`, constraint.nodeTaintsPolicy, inclusion),
      ...validateSpreadKeys(constraint, `${at}.matchLabelKeys`),
      ...validateLabelSelector(constraint.labelSelector, `${at}.labelSelector`),
    ];
  });
}
