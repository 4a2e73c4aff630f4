// HorizontalPodAutoscalers (pkg/apis/autoscaling/validation).
import type {
  CrossVersionObjectReference,
  HorizontalPodAutoscaler,
  HPAScalingRules,
  MetricSpec,
  MetricTarget,
} from '../generated/types.ts';
import { forbidden, invalid, required, type FieldError } from '../messages.ts';
import { checkDns1123Label, checkPathSegment } from '../names.ts';
import { compareQuantities } from '../quantity.ts';
import { goQuantity } from './go-quantity.ts';
import { validateContainerResourceName } from './resource-names.ts';
import { judgeRequired, oneOf, oneOfGiven, present } from './rules.ts';

const validateReference = (
  ref: CrossVersionObjectReference | undefined,
  field: string,
): readonly FieldError[] => [
  ...judgeRequired(`${field}.kind`, ref?.kind, checkPathSegment),
  ...judgeRequired(`${field}.name`, ref?.name, checkPathSegment),
];

function validateTarget(target: MetricTarget | undefined, field: string): readonly FieldError[] {
  const { type = '', value, averageValue, averageUtilization } = target ?? {};
  const isKnown = ['Utilization', 'Value', 'AverageValue'].includes(type);
  const positive = (name: string, amount: string | undefined): readonly FieldError[] =>
    amount === undefined || compareQuantities(amount, '0') > 0
      ? []
      : [invalid(`${field}.${name}`, goQuantity(amount), 'must be positive')];
  const typeText = 'must be either Utilization, Value, or AverageValue';
  return [
    ...present(`${field}.type`, type, 'must specify a metric target type'),
    ...(isKnown ? [] : [invalid(`${field}.type`, type, typeText)]),
    ...positive('value', value),
    ...positive('averageValue', averageValue),
    ...(averageUtilization !== undefined && averageUtilization < 1
      ? [invalid(`${field}.averageUtilization`, averageUtilization, 'must be greater than 0')]
      : []),
  ];
}

function validateIdentifier(name: string | undefined, field: string): readonly FieldError[] {
  if (!name) return [required(`${field}.name`, 'must specify a metric name')];
  return judgeRequired(`${field}.name`, name, checkPathSegment);
}

/** Resources of Pods: a share of what they request, or an amount. */
function validateUse(target: MetricTarget | undefined, field: string): readonly FieldError[] {
  const { averageUtilization: share, averageValue: amount } = target ?? {};
  const neither = 'must set either a target raw value or a target utilization';
  const both = 'may not set both a target raw value and a target utilization';
  return [
    ...validateTarget(target, field),
    ...(share === undefined && amount === undefined
      ? [required(`${field}.averageUtilization`, neither)]
      : []),
    ...(share !== undefined && amount !== undefined
      ? [forbidden(`${field}.averageValue`, both)]
      : []),
  ];
}

const sources: Readonly<
  Record<string, (metric: MetricSpec, field: string) => readonly FieldError[]>
> = {
  object: ({ object }, field) => {
    const target = object?.target;
    const isSet = target?.value !== undefined || target?.averageValue !== undefined;
    const text = 'must set either a target value or averageValue';
    return [
      ...validateReference(object?.describedObject, `${field}.describedObject`),
      ...validateIdentifier(object?.metric?.name, `${field}.metric`),
      ...validateTarget(target, `${field}.target`),
      ...(isSet ? [] : [required(`${field}.target.averageValue`, text)]),
    ];
  },
  external: ({ external }, field) => {
    const { value, averageValue } = external?.target ?? {};
    const neither = 'must set either a target value for metric or a per-pod target';
    const both = 'may not set both a target value for metric and a per-pod target';
    return [
      ...validateIdentifier(external?.metric?.name, `${field}.metric`),
      ...validateTarget(external?.target, `${field}.target`),
      ...(value === undefined && averageValue === undefined
        ? [required(`${field}.target.averageValue`, neither)]
        : []),
      ...(value !== undefined && averageValue !== undefined
        ? [forbidden(`${field}.target.value`, both)]
        : []),
    ];
  },
  pods: ({ pods }, field) => [
    ...validateIdentifier(pods?.metric?.name, `${field}.metric`),
    ...validateTarget(pods?.target, `${field}.target`),
    ...present(
      `${field}.target.averageValue`,
      pods?.target?.averageValue,
      'must specify a positive target averageValue',
    ),
  ],
  resource: ({ resource }, field) => [
    ...present(`${field}.name`, resource?.name, 'must specify a resource name'),
    ...validateUse(resource?.target, `${field}.target`),
  ],
  containerResource: ({ containerResource: one }, field) => [
    ...(one?.name
      ? validateContainerResourceName(one.name, `${field}.name`)
      : [required(`${field}.name`, 'must specify a resource name')]),
    ...(one?.container
      ? judgeRequired(`${field}.container`, one.container, checkDns1123Label)
      : [required(`${field}.container`, 'must specify a container')]),
    ...validateUse(one?.target, `${field}.target`),
  ],
};

const metricTypes = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];

function validateMetric(metric: MetricSpec, field: string): readonly FieldError[] {
  const { type = '' } = metric;
  const given = Object.keys(sources).filter(
    (name) => (metric as unknown as Record<string, unknown>)[name] !== undefined,
  );
  const [first] = given;
  const expected = `${type.slice(0, 1).toLowerCase()}${type.slice(1)}`;
  const isMissing = metricTypes.includes(type) && !given.includes(expected);
  const missing = 'must populate information for the given metric source';
  const others = given.length === 1 ? [] : given.filter((name) => name !== expected);
  return [
    ...present(`${field}.type`, type, 'must specify a metric source type'),
    ...oneOf(`${field}.type`, type, metricTypes),
    ...(first === undefined ? [] : (sources[first]?.(metric, `${field}.${first}`) ?? [])),
    ...(isMissing ? [required(`${field}.${expected}`, missing)] : []),
    ...(metricTypes.includes(type) ? [] : oneOf(`${field}.type`, type, metricTypes)),
    ...others
      .sort()
      .map((name) => forbidden(`${field}.${name}`, 'must populate the given metric source only')),
  ];
}

const mostPeriod = 1800;
const mostWindow = 3600;

function validateRules(rules: HPAScalingRules | undefined, field: string): readonly FieldError[] {
  if (rules === undefined) return [];
  const { stabilizationWindowSeconds: window = 0, policies = [] } = rules;
  const at = `${field}.stabilizationWindowSeconds`;
  const text = `must be less than or equal to ${mostWindow}`;
  return [
    ...(window < 0 ? [invalid(at, window, 'must be greater than or equal to zero')] : []),
    ...(window > mostWindow ? [invalid(at, window, text)] : []),
    ...oneOfGiven(`${field}.selectPolicy`, rules.selectPolicy, ['Disabled', 'Max', 'Min']),
    ...(policies.length === 0
      ? [required(`${field}.policies`, 'must specify at least one Policy')]
      : []),
    ...policies.flatMap((policy, index) => {
      const path = `${field}.policies[${index}]`;
      const { periodSeconds: period = 0, value = 0 } = policy;
      const zero = 'must be greater than zero';
      const most = `must be less than or equal to ${mostPeriod}`;
      return [
        ...oneOf(`${path}.type`, policy.type, ['Percent', 'Pods']),
        ...(value <= 0 ? [invalid(`${path}.value`, value, zero)] : []),
        ...(period <= 0 ? [invalid(`${path}.periodSeconds`, period, zero)] : []),
        ...(period > mostPeriod ? [invalid(`${path}.periodSeconds`, period, most)] : []),
      ];
    }),
  ];
}

export function validateAutoscaler({ spec }: HorizontalPodAutoscaler): readonly FieldError[] {
  const { minReplicas: min, maxReplicas: max = 0, metrics, behavior } = spec ?? {};
  return [
    ...(min !== undefined && min < 1
      ? [invalid('spec.minReplicas', min, 'must be greater than or equal to 1')]
      : []),
    ...(max < 1 ? [invalid('spec.maxReplicas', max, 'must be greater than 0')] : []),
    ...(min !== undefined && max < min
      ? [invalid('spec.maxReplicas', max, 'must be greater than or equal to `minReplicas`')]
      : []),
    ...validateReference(spec?.scaleTargetRef, 'spec.scaleTargetRef'),
    ...(metrics ?? []).flatMap((metric, index) => validateMetric(metric, `spec.metrics[${index}]`)),
    ...validateRules(behavior?.scaleUp, 'spec.behavior.scaleUp'),
    ...validateRules(behavior?.scaleDown, 'spec.behavior.scaleDown'),
  ];
}
