// Jobs and CronJobs (pkg/apis/batch/validation).
import type { CronJob, Job, JobSpec } from '../generated/types.ts';
import { invalid, notSupported, required, type FieldError } from '../messages.ts';
import { checkSchedule } from './cron-schedule.ts';
import { notNegative, validateTemplate } from './workloads.ts';

function validateJobSpec(spec: JobSpec | undefined, field: string): readonly FieldError[] {
  const errors = [
    ...notNegative(spec?.parallelism, `${field}.parallelism`),
    ...notNegative(spec?.completions, `${field}.completions`),
    ...notNegative(spec?.activeDeadlineSeconds, `${field}.activeDeadlineSeconds`),
    ...notNegative(spec?.backoffLimit, `${field}.backoffLimit`),
    ...notNegative(spec?.ttlSecondsAfterFinished, `${field}.ttlSecondsAfterFinished`),
  ];
  const modes = ['Indexed', 'NonIndexed'];
  const mode = spec?.completionMode ?? 'NonIndexed';
  if (!modes.includes(mode)) errors.push(notSupported(`${field}.completionMode`, mode, modes));
  if (mode === 'Indexed' && spec?.completions === undefined) {
    errors.push(required(`${field}.completions`, 'when completion mode is Indexed'));
  }
  errors.push(...validateTemplate(spec?.template, `${field}.template`));
  const restart = spec?.template?.spec?.restartPolicy ?? '';
  const path = `${field}.template.spec.restartPolicy`;
  if (restart === '' || restart === 'Always') {
    errors.push(required(path, 'valid values: "OnFailure", "Never"'));
  } else if (!['OnFailure', 'Never'].includes(restart)) {
    errors.push(notSupported(path, restart, ['OnFailure', 'Never']));
  } else if (spec?.podFailurePolicy !== undefined && restart !== 'Never') {
    errors.push(
      invalid(
        path,
        { go: restart },
        'only "Never" is supported when podFailurePolicy is specified',
      ),
    );
  }
  return errors;
}

export function validateJob({ spec }: Job): readonly FieldError[] {
  return validateJobSpec(spec, 'spec');
}

const concurrency = ['Allow', 'Forbid', 'Replace'];

export function validateCronJob({ metadata, spec }: CronJob): readonly FieldError[] {
  const errors: FieldError[] = [];
  const name = metadata?.name ?? '';
  if (name.length > 52)
    errors.push(invalid('metadata.name', name, 'must be no more than 52 characters'));
  const schedule = spec?.schedule ?? '';
  if (schedule === '') errors.push(required('spec.schedule'));
  else {
    const problem = checkSchedule(schedule);
    if (problem !== undefined) errors.push(invalid('spec.schedule', schedule, problem));
  }
  errors.push(...notNegative(spec?.startingDeadlineSeconds, 'spec.startingDeadlineSeconds'));
  const policy = spec?.concurrencyPolicy ?? '';
  if (policy === '') errors.push(required('spec.concurrencyPolicy'));
  else if (!concurrency.includes(policy))
    errors.push(notSupported('spec.concurrencyPolicy', policy, concurrency));
  return [
    ...errors,
    ...validateJobSpec(spec?.jobTemplate?.spec, 'spec.jobTemplate.spec'),
    ...notNegative(spec?.successfulJobsHistoryLimit, 'spec.successfulJobsHistoryLimit'),
    ...notNegative(spec?.failedJobsHistoryLimit, 'spec.failedJobsHistoryLimit'),
  ];
}
