// The core kinds beside Pods, and storage, policy, autoscaling: what each of them demands on creation.
import type {
  ConfigMap,
  HorizontalPodAutoscaler,
  LimitRange,
  Node,
  PodDisruptionBudget,
  PriorityClass,
  ResourceQuota,
  Secret,
} from '../generated/types.ts';
import {
  duplicate,
  forbidden,
  goIntOrString,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '../messages.ts';
import { byteLength, checkConfigKey, checkQualifiedName, checkLabelValue } from '../names.ts';
import { compareQuantities, parseQuantity } from '../quantity.ts';
import { validateLabelSelector } from './placement.ts';
import { notNegative } from './workloads.ts';

/** ConfigMaps and Secrets: one mebibyte of content. */
const mostContentBytes = 1024 * 1024;

function validateKeys(
  map: Readonly<Record<string, string>> | undefined,
  field: string,
): readonly FieldError[] {
  return Object.keys(map ?? {}).flatMap((key) =>
    checkConfigKey(key).map((text) => invalid(`${field}[${key}]`, key, text)),
  );
}

const contentBytes = (map: Readonly<Record<string, string>> | undefined): number =>
  Object.values(map ?? {}).reduce((sum, value) => sum + byteLength(value), 0);

export function validateConfigMap({ data, binaryData }: ConfigMap): readonly FieldError[] {
  const twice = Object.keys(binaryData ?? {}).filter((key) => Object.hasOwn(data ?? {}, key));
  const bytes = contentBytes(data) + contentBytes(binaryData);
  return [
    ...validateKeys(data, 'data'),
    ...twice.map((key) =>
      invalid(`data[${key}]`, { go: key }, `duplicate of key present in binaryData`),
    ),
    ...validateKeys(binaryData, 'binaryData'),
    ...(bytes > mostContentBytes ? [tooLong('', mostContentBytes)] : []),
  ];
}

export function validateSecret({ data, type }: Secret): readonly FieldError[] {
  const needed: Readonly<Record<string, readonly string[]>> = {
    'kubernetes.io/tls': ['tls.crt', 'tls.key'],
    'kubernetes.io/dockerconfigjson': ['.dockerconfigjson'],
    'kubernetes.io/ssh-auth': ['ssh-privatekey'],
  };
  const missing = (needed[type ?? ''] ?? []).filter((key) => data?.[key] === undefined);
  return [
    ...validateKeys(data, 'data'),
    ...(contentBytes(data) > mostContentBytes * 1.4 ? [tooLong('data', mostContentBytes)] : []),
    ...missing.map((key) => required(`data[${key}]`)),
  ];
}

export function validateBudget({ spec }: PodDisruptionBudget): readonly FieldError[] {
  const { minAvailable, maxUnavailable } = (spec ?? {}) as Record<
    string,
    number | string | undefined
  >;
  const errors: FieldError[] = [];
  if (minAvailable !== undefined && maxUnavailable !== undefined) {
    errors.push(
      invalid(
        'spec',
        { go: 'policy.PodDisruptionBudgetSpec{}' },
        'minAvailable and maxUnavailable cannot be both set',
      ),
    );
  }
  for (const [name, value] of Object.entries({ minAvailable, maxUnavailable })) {
    if (typeof value === 'number') errors.push(...notNegative(value, `spec.${name}`));
    else if (value !== undefined && Number(value.replace('%', '')) > 100) {
      errors.push(invalid(`spec.${name}`, goIntOrString(value), 'must not be greater than 100%'));
    }
  }
  return [...errors, ...validateLabelSelector(spec?.selector, 'spec.selector')];
}

const systemClasses: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

/** What keeps a class from being one of the server's own (scheduling/v1 IsKnownSystemPriorityClass). */
function checkSystemClass(name: string, value: number, isDefault: boolean): string | undefined {
  const known = systemClasses[name];
  if (known === undefined) return `${name} is not a known system priority class`;
  if (known !== value) return `value of ${name} PriorityClass must be ${known}`;
  return isDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined;
}

/** The two classes that the server itself makes. */
const systemPriorities: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
]);

export function validatePriorityClass({
  metadata,
  value,
  globalDefault,
  preemptionPolicy,
}: PriorityClass): readonly FieldError[] {
  const errors: FieldError[] = [];
  const name = metadata?.name ?? '';
  if (systemPriorities.get(name) === value) return errors;
  if (name.startsWith('system-')) {
    const why = checkSystemClass(name, value, globalDefault ?? false);
    if (why !== undefined) {
      errors.push(
        forbidden(
          'metadata.name',
          `priority class names with 'system-' prefix are reserved for system use only. error: ${why}`,
        ),
      );
    }
  } else if (value > 1_000_000_000) {
    errors.push(
      forbidden('value', 'maximum allowed value of a user defined priority is 1000000000'),
    );
  }
  const policies = ['Never', 'PreemptLowerPriority'];
  if (preemptionPolicy !== undefined && !policies.includes(preemptionPolicy)) {
    errors.push(notSupported('preemptionPolicy', preemptionPolicy, policies));
  }
  return errors;
}

export function validateAutoscaler({ spec }: HorizontalPodAutoscaler): readonly FieldError[] {
  const errors: FieldError[] = [];
  const { maxReplicas = 0, minReplicas } = spec ?? {};
  if (minReplicas !== undefined && minReplicas < 1) {
    errors.push(invalid('spec.minReplicas', minReplicas, 'must be greater than or equal to 1'));
  }
  if (maxReplicas < 1)
    errors.push(invalid('spec.maxReplicas', maxReplicas, 'must be greater than 0'));
  if (minReplicas !== undefined && maxReplicas < minReplicas) {
    errors.push(
      invalid('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`'),
    );
  }
  if (!spec?.scaleTargetRef?.kind) errors.push(required('spec.scaleTargetRef.kind'));
  if (!spec?.scaleTargetRef?.name) errors.push(required('spec.scaleTargetRef.name'));
  return errors;
}

export function validateNode({ spec }: Node): readonly FieldError[] {
  const seen = new Set<string>();
  return (spec?.taints ?? []).flatMap((taint, index) => {
    const path = `spec.taints[${index}]`;
    const errors = checkQualifiedName(taint.key).map((text) =>
      invalid(`${path}.key`, taint.key, text),
    );
    errors.push(
      ...checkLabelValue(taint.value ?? '').map((text) =>
        invalid(`${path}.value`, taint.value ?? '', text),
      ),
    );
    if (!['NoSchedule', 'PreferNoSchedule', 'NoExecute'].includes(taint.effect)) {
      errors.push(
        notSupported(`${path}.effect`, taint.effect, [
          'NoSchedule',
          'PreferNoSchedule',
          'NoExecute',
        ]),
      );
    }
    const pair = `${taint.key}:${taint.effect}`;
    if (seen.has(pair)) {
      const go = `core.Taint{Key:${JSON.stringify(taint.key)}, Value:${JSON.stringify(taint.value ?? '')}, Effect:${JSON.stringify(taint.effect)}, TimeAdded:<nil>}`;
      errors.push({
        ...duplicate(path, { go }),
        body: `Duplicate value: ${go}: taints must be unique by key and effect pair`,
      });
    }
    seen.add(pair);
    return errors;
  });
}

export function validateQuota({ spec }: ResourceQuota): readonly FieldError[] {
  return Object.entries(spec?.hard ?? {}).flatMap(([name, amount]) => {
    const field = `spec.hard[${name}]`;
    const negative = (parseQuantity(amount)?.nanos ?? 0n) < 0n;
    return [
      ...checkQualifiedName(name).map((text) => invalid(field, name, text)),
      ...(negative ? [invalid(field, amount, 'must be greater than or equal to 0')] : []),
    ];
  });
}

export function validateLimitRange({ spec }: LimitRange): readonly FieldError[] {
  return (spec?.limits ?? []).flatMap((item, index) => {
    const path = `spec.limits[${index}]`;
    const errors: FieldError[] = [];
    const { min = {}, max = {}, defaultRequest = {}, default: byDefault = {} } = item;
    for (const name of new Set([...Object.keys(min), ...Object.keys(max)])) {
      const low = min[name];
      const high = max[name];
      if (low !== undefined && high !== undefined && compareQuantities(low, high) > 0) {
        errors.push(
          invalid(
            `${path}.min[${name}]`,
            low,
            `min value ${low} is greater than max value ${high}`,
          ),
        );
      }
    }
    for (const name of Object.keys(byDefault)) {
      const request = defaultRequest[name];
      const limit = byDefault[name] ?? '0';
      if (request !== undefined && compareQuantities(request, limit) > 0) {
        errors.push(
          invalid(
            `${path}.defaultRequest[${name}]`,
            request,
            `default request value ${request} is greater than default limit value ${limit}`,
          ),
        );
      }
    }
    return errors;
  });
}
