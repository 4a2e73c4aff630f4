// Jobs and CronJobs (pkg/apis/batch/validation).
import type { CronJob, Job, JobSpec, LabelSelector, PodTemplateSpec } from '../generated/types.ts';
import { goValue } from '../go-values/print.ts';
import { internalTemplate, type JsonObject } from '../go-values/types.ts';
import { jobLabels } from '../job-selector.ts';
import {
  goStringMap,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '../messages.ts';
import { byteLength, checkDns1123Label, checkDns1123Subdomain } from '../names.ts';
import { deepEqual } from '../patch/json.ts';
import { matchesLabelSelector } from '../selector.ts';
import { validateSchedule, validateTimeZone } from './cron-schedule.ts';
import { validateFailurePolicy, validateSuccessPolicy } from './job-policies.ts';
import { isUsableSelector, validateLabelSelector } from './label-selector.ts';
import { immutable, judge, notNegative, oneOfRequired } from './rules.ts';
import { goSelector, validateTemplate } from './template.ts';

function validateManagedBy(name: string | undefined, field: string): readonly FieldError[] {
  if (name === undefined) return [];
  const [host = '', ...rest] = name.split('/');
  const path = rest.join('/');
  const errors: FieldError[] = [];
  if (name === '') errors.push(required(field));
  else if (host === '' || path === '') {
    errors.push(invalid(field, name, 'must be a domain-prefixed path (such as "acme.io/foo")'));
  } else {
    errors.push(...judge(field, host, checkDns1123Subdomain));
    if (!/^[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(path)) {
      const format = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
      errors.push(invalid(field, path, `Invalid path (regex used for validation is '${format}')`));
    }
  }
  return byteLength(name) > 63 ? [...errors, tooLong(field, 63)] : errors;
}

const manyCompletions = 100_000;
const mostForMany = 10_000;

/** What holds for Jobs whose Pods have numbers. */
function validateIndexed(spec: JobSpec, field: string): readonly FieldError[] {
  const { completions, parallelism, maxFailedIndexes, backoffLimitPerIndex } = spec;
  const errors: FieldError[] = [];
  const most = (name: string, value: number | undefined, limit: number, more = ''): void => {
    if (value === undefined || value <= limit) return;
    errors.push(
      invalid(`${field}.${name}`, value, `must be less than or equal to ${limit}${more}`),
    );
  };
  if (completions === undefined) {
    errors.push(required(`${field}.completions`, 'when completion mode is Indexed'));
  }
  most('parallelism', parallelism, manyCompletions, ' when completion mode is Indexed');
  if (completions !== undefined && (maxFailedIndexes ?? 0) > completions) {
    const text = 'must be less than or equal to completions';
    errors.push(invalid(`${field}.maxFailedIndexes`, maxFailedIndexes ?? 0, text));
  }
  most('maxFailedIndexes', maxFailedIndexes, manyCompletions);
  if ((completions ?? 0) <= manyCompletions || backoffLimitPerIndex === undefined) return errors;
  if (maxFailedIndexes === undefined) {
    const text = `must be specified when completions is above ${manyCompletions}`;
    errors.push(required(`${field}.maxFailedIndexes`, text));
  }
  const more = ` when completions are above ${manyCompletions} and used with backoff limit per index`;
  most('parallelism', parallelism, mostForMany, more);
  most('maxFailedIndexes', maxFailedIndexes, mostForMany, more);
  return errors;
}

function validateMode(spec: JobSpec, field: string): readonly FieldError[] {
  const { completionMode: mode, backoffLimitPerIndex, maxFailedIndexes } = spec;
  if (mode === 'Indexed') return validateIndexed(spec, field);
  if (mode !== undefined && mode !== 'NonIndexed') {
    return [notSupported(`${field}.completionMode`, mode, ['NonIndexed', 'Indexed'])];
  }
  const text = 'requires indexed completion mode';
  return Object.entries({ backoffLimitPerIndex, maxFailedIndexes }).flatMap(([name, value]) =>
    value === undefined ? [] : [invalid(`${field}.${name}`, value, text)],
  );
}

function validateReplacement(spec: JobSpec, field: string): readonly FieldError[] {
  const { podReplacementPolicy: policy, podFailurePolicy } = spec;
  if (policy === undefined) return [];
  const supported = podFailurePolicy === undefined ? ['Failed', 'TerminatingOrFailed'] : ['Failed'];
  return supported.includes(policy) ? [] : [notSupported(field, policy, supported)];
}

function validateRestart(spec: JobSpec, field: string): readonly FieldError[] {
  const restart = spec.template?.spec?.restartPolicy ?? '';
  if (restart === '' || restart === 'Always') {
    return [required(field, 'valid values: "OnFailure", "Never"')];
  }
  if (restart !== 'OnFailure' && restart !== 'Never') {
    return [notSupported(field, restart, ['OnFailure', 'Never'])];
  }
  if (spec.podFailurePolicy === undefined || restart === 'Never') return [];
  const text = 'only "Never" is supported when podFailurePolicy is specified';
  return [invalid(field, restart, text)];
}

/** What a Job and the template of Jobs in a CronJob share. */
function validateSpec(spec: JobSpec, field: string): readonly FieldError[] {
  const { podFailurePolicy, maxFailedIndexes, backoffLimitPerIndex } = spec;
  const counts = [
    'parallelism',
    'completions',
    'activeDeadlineSeconds',
    'backoffLimit',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ] as const;
  return [
    ...counts.flatMap((name) => notNegative(spec[name], `${field}.${name}`)),
    ...(maxFailedIndexes !== undefined && backoffLimitPerIndex === undefined
      ? [required(`${field}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')]
      : []),
    ...validateManagedBy(spec.managedBy, `${field}.managedBy`),
    ...validateMode(spec, field),
    ...(podFailurePolicy === undefined
      ? []
      : validateFailurePolicy(podFailurePolicy, spec, `${field}.podFailurePolicy`)),
    ...validateSuccessPolicy(spec, `${field}.successPolicy`),
    ...validateReplacement(spec, `${field}.podReplacementPolicy`),
    ...validateTemplate(spec.template, `${field}.template`),
    ...validateRestart(spec, `${field}.template.spec.restartPolicy`),
  ];
}

function validateSelector(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
): readonly FieldError[] {
  const labels = template?.metadata?.labels;
  const errors: FieldError[] =
    selector === undefined
      ? [required('spec.selector')]
      : [...validateLabelSelector(selector, 'spec.selector')];
  const isUsable = selector === undefined || isUsableSelector(selector);
  const fits = selector !== undefined && matchesLabelSelector(selector, labels ?? {});
  if (!isUsable || fits) return errors;
  const text = '`selector` does not match template `labels`';
  return [...errors, invalid('spec.template.metadata.labels', goStringMap(labels), text)];
}

/** Labels and selector that the server makes: what is set instead of them may not differ. */
function validateGenerated({ metadata, spec }: Job): readonly FieldError[] {
  const { manualSelector, selector, template } = spec ?? {};
  if (manualSelector === true || selector === undefined) return [];
  const expected = jobLabels(metadata?.name ?? '', metadata?.uid ?? '');
  const labels = template?.metadata?.labels;
  const order = ['controller-uid', 'job-name'];
  const prefixed = order.map((name) => `batch.kubernetes.io/${name}`);
  const errors = [...order, ...prefixed].flatMap((key) => {
    const at = `spec.template.metadata.labels[${key}]`;
    const text = `must be '${expected[key] ?? ''}'`;
    if (labels?.[key] === undefined) return [required(at, text)];
    return labels[key] === expected[key] ? [] : [invalid(at, goStringMap(labels), text)];
  });
  if (!isUsableSelector(selector) || matchesLabelSelector(selector, expected)) return errors;
  return [
    ...errors,
    invalid('spec.selector', goSelector(selector), '`selector` not auto-generated'),
  ];
}

const emptySpec = {} as JobSpec;

/** The last Pod of an indexed Job has the longest name. */
function validateLastName({ metadata, spec }: Job): readonly FieldError[] {
  const { completionMode, completions = 0 } = spec ?? {};
  if (completionMode !== 'Indexed' || completions <= 0) return [];
  const name = metadata?.name ?? '';
  const last = `${name}-${completions - 1}`;
  if (checkDns1123Label(last).length === 0) return [];
  const text = `will not able to create pod with invalid DNS label: ${last}`;
  return [invalid('metadata.name', name, text)];
}

export function validateJob(job: Job): readonly FieldError[] {
  const spec = job.spec ?? emptySpec;
  return [
    ...validateGenerated(job),
    ...validateSpec(spec, 'spec'),
    ...validateSelector(spec.selector, spec.template),
    ...validateLastName(job),
  ];
}

function validateCompletions(spec: JobSpec, old: JobSpec): readonly FieldError[] {
  const field = 'spec.completions';
  const { completions, parallelism, completionMode } = spec;
  const isSame = completions === old.completions;
  if (completionMode !== 'Indexed') return immutable(field, isSame, () => completions ?? null);
  if (isSame || completions === undefined || completions === parallelism) return [];
  return [invalid(field, completions, 'can only be modified in tandem with spec.parallelism')];
}

const without = (object: object | undefined, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(object ?? {}).filter(([name]) => !names.includes(name)));

/** A template without what may change about a Job that has not started yet. */
function schedulingAside(template: PodTemplateSpec | undefined): object {
  const { metadata, spec } = template ?? {};
  const affinity = without(spec?.affinity, ['nodeAffinity']);
  const rest = without(spec, ['nodeSelector', 'tolerations', 'schedulingGates', 'affinity']);
  return {
    metadata: without(metadata, ['labels', 'annotations']),
    spec: { ...rest, ...(Object.keys(affinity).length === 0 ? {} : { affinity }) },
  };
}

function validateTemplateKept(spec: JobSpec, old: Job): readonly FieldError[] {
  const before = old.spec ?? emptySpec;
  const mayMove = before.suspend === true && old.status?.startTime === undefined;
  const isSame = mayMove
    ? deepEqual(schedulingAside(spec.template), schedulingAside(before.template))
    : deepEqual(spec.template, before.template);
  return immutable('spec.template', isSame, () =>
    goValue('core.PodTemplateSpec', internalTemplate(spec.template as unknown as JsonObject)),
  );
}

export function validateJobUpdate(job: Job, old: Job): readonly FieldError[] {
  const spec = job.spec ?? emptySpec;
  const before = old.spec ?? emptySpec;
  const isKept = (name: keyof JobSpec): boolean => deepEqual(spec[name], before[name]);
  const text = (name: 'completionMode' | 'managedBy' | 'backoffLimitPerIndex') =>
    immutable(`spec.${name}`, isKept(name), () => spec[name] ?? null);
  return [
    ...validateSpec(spec, 'spec'),
    ...validateSelector(spec.selector, spec.template),
    ...validateCompletions(spec, before),
    ...immutable('spec.selector', isKept('selector'), () => goSelector(spec.selector)),
    ...validateTemplateKept(spec, old),
    ...text('completionMode'),
    ...immutable('spec.podFailurePolicy', isKept('podFailurePolicy'), () =>
      spec.podFailurePolicy ? goValue('batch.PodFailurePolicy', spec.podFailurePolicy) : null,
    ),
    ...text('backoffLimitPerIndex'),
    ...text('managedBy'),
    ...immutable('spec.successPolicy', isKept('successPolicy'), () =>
      spec.successPolicy ? goValue('batch.SuccessPolicy', spec.successPolicy) : null,
    ),
  ];
}

type CronSpec = NonNullable<CronJob['spec']>;

function validateCronSpec(spec: CronSpec, old: CronSpec | undefined): readonly FieldError[] {
  const job = spec.jobTemplate?.spec ?? emptySpec;
  const field = 'spec.jobTemplate.spec';
  const isNewZone = old === undefined || old.timeZone !== spec.timeZone;
  return [
    ...validateSchedule(spec, old),
    ...notNegative(spec.startingDeadlineSeconds, 'spec.startingDeadlineSeconds'),
    ...(isNewZone ? validateTimeZone(spec.timeZone, 'spec.timeZone') : []),
    ...oneOfRequired('spec.concurrencyPolicy', spec.concurrencyPolicy, [
      'Allow',
      'Forbid',
      'Replace',
    ]),
    ...validateSpec(job, field),
    ...(job.selector === undefined
      ? []
      : [
          invalid(
            `${field}.selector`,
            goSelector(job.selector),
            '`selector` will be auto-generated',
          ),
        ]),
    ...(job.manualSelector === true
      ? [notSupported(`${field}.manualSelector`, true, ['nil', 'false'])]
      : []),
    ...notNegative(spec.successfulJobsHistoryLimit, 'spec.successfulJobsHistoryLimit'),
    ...notNegative(spec.failedJobsHistoryLimit, 'spec.failedJobsHistoryLimit'),
  ];
}

const emptyCron = {} as CronSpec;
/** A Job's name with the eleven characters that a CronJob adds is a label. */
const longestCronName = 52;

export function validateCronJob({ metadata, spec }: CronJob): readonly FieldError[] {
  const name = metadata?.name ?? '';
  const errors = validateCronSpec(spec ?? emptyCron, undefined);
  if (byteLength(name) <= longestCronName) return errors;
  const text = `must be no more than ${longestCronName} characters`;
  return [...errors, invalid('metadata.name', name, text)];
}

export const validateCronJobUpdate = ({ spec }: CronJob, old: CronJob): readonly FieldError[] =>
  validateCronSpec(spec ?? emptyCron, old.spec);
