// ResourceQuotas (ValidateResourceQuota and its update).
import type { ResourceQuota, ResourceQuotaSpec } from '../generated/types.ts';
import { goValue } from '../go-values/print.ts';
import { goStringList, invalid, required, type FieldError } from '../messages.ts';
import { canonicalQuantity } from '../quantity.ts';
import { isStandardForQuota, validateAmount, validateQuotaResourceName } from './resource-names.ts';
import { immutableText, sortedEntries } from './rules.ts';

const scopesOfPods = [
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'CrossNamespacePodAffinity',
];
const scopes = [...scopesOfPods, 'PriorityClass'];
const compute = 'cpu memory limits.cpu limits.memory requests.cpu requests.memory'.split(' ');

/** Whether a quota of one scope can count a resource. */
function counts(scope: string, resource: string): boolean {
  if (!scopes.includes(scope) || resource === 'pods') return true;
  return scope !== 'BestEffort' && compute.includes(resource);
}

/** How many of the resources that a quota limits its scope cannot count. */
const uncounted = (scope: string, { hard }: ResourceQuotaSpec): readonly string[] =>
  sortedEntries(hard)
    .map(([name]) => name)
    .filter((name) => isStandardForQuota(name) && !counts(scope, name));

const goScopes = ({ scopes: list }: ResourceQuotaSpec) =>
  goStringList(list, 'core.ResourceQuotaScope');

/** Pairs of scopes that no Pod can be in at once. */
function validatePairs(
  given: readonly string[],
  spec: ResourceQuotaSpec,
  field: string,
): readonly FieldError[] {
  const pairs = [
    ['BestEffort', 'NotBestEffort'],
    ['Terminating', 'NotTerminating'],
  ];
  return pairs
    .filter((pair) => pair.every((scope) => given.includes(scope)))
    .map(() => invalid(field, goScopes(spec), 'conflicting scopes'));
}

function validateScopes(spec: ResourceQuotaSpec): readonly FieldError[] {
  const field = 'spec.scopes';
  const given = spec.scopes ?? [];
  return [
    ...given.flatMap((scope) => [
      ...(scopes.includes(scope) ? [] : [invalid(field, goScopes(spec), 'unsupported scope')]),
      ...uncounted(scope, spec).map(() =>
        invalid(field, goScopes(spec), 'unsupported scope applied to resource'),
      ),
    ]),
    ...validatePairs(given, spec, field),
  ];
}

const existsText =
  "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, " +
  'ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity';

function validateValues(
  operator: string,
  values: readonly string[] | undefined,
  field: string,
): readonly FieldError[] {
  const given = (values ?? []).length > 0;
  if (operator === 'In' || operator === 'NotIn') {
    const text = "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
    return given ? [] : [required(`${field}.values`, text)];
  }
  if (operator !== 'Exists' && operator !== 'DoesNotExist') {
    return [invalid(`${field}.operator`, operator, 'not a valid selector operator')];
  }
  const text = "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
  return given ? [invalid(`${field}.values`, goStringList(values), text)] : [];
}

function validateScopeSelector(spec: ResourceQuotaSpec): readonly FieldError[] {
  const { scopeSelector } = spec;
  if (scopeSelector === undefined) return [];
  const field = 'spec.scopeSelector.matchExpressions';
  const expressions = scopeSelector.matchExpressions ?? [];
  const shown = goValue('core.ScopeSelector', scopeSelector);
  return [
    ...expressions.flatMap(({ scopeName, operator, values }) => [
      ...(scopes.includes(scopeName)
        ? []
        : [invalid(`${field}.scopeName`, scopeName, 'unsupported scope')]),
      ...uncounted(scopeName, spec).map(() =>
        invalid(field, shown, 'unsupported scope applied to resource'),
      ),
      ...(scopesOfPods.includes(scopeName) && operator !== 'Exists'
        ? [invalid(`${field}.operator`, operator, existsText)]
        : []),
      ...validateValues(operator, values, field),
    ]),
    ...validatePairs(
      expressions.map(({ scopeName }) => scopeName),
      spec,
      field,
    ),
  ];
}

const validateAmounts = (hard: ResourceQuotaSpec['hard'], field: string): readonly FieldError[] =>
  sortedEntries(hard).flatMap(([name, amount]) => [
    ...validateQuotaResourceName(name, `${field}[${name}]`),
    ...validateAmount(name, canonicalQuantity(amount), `${field}[${name}]`),
  ]);

export const validateQuota = ({ spec = {} }: ResourceQuota): readonly FieldError[] => [
  ...validateAmounts(spec.hard, 'spec.hard'),
  ...validateScopes(spec),
  ...validateScopeSelector(spec),
];

export function validateQuotaUpdate(quota: ResourceQuota, old: ResourceQuota) {
  const set = ({ spec }: ResourceQuota): string => [...new Set(spec?.scopes)].sort().join();
  const errors = validateQuota(quota);
  if (set(quota) === set(old)) return errors;
  return [...errors, invalid('spec.scopes', goScopes(quota.spec ?? {}), immutableText)];
}

export const validateQuotaStatus = ({ status }: ResourceQuota): readonly FieldError[] => [
  ...validateAmounts(status?.hard, 'status.hard'),
  ...validateAmounts(status?.used, 'status.used'),
];
