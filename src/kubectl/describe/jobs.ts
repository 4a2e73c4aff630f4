// Jobs and CronJobs.
import { humanDuration } from '#sim/api/duration.ts';
import type { CronJob, Job } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { parseTime } from '#sim/runtime/time.ts';
import type { Session } from '../session.ts';
import { describeEvents } from './events.ts';
import { controllerText } from './pod.ts';
import { selectorText } from './selectors.ts';
import { writeTemplate } from './template.ts';
import { longTime, titleBool, writeAnnotations, writeLabels } from './values.ts';
import { DescribeWriter } from './writer.ts';

const orUnset = (value: string | number | undefined): string | number => value ?? '<unset>';

export function describeJob(session: Session, object: KubeObject): string {
  const { metadata = {}, spec, status } = object as Job;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  writer.field(0, 'Selector', spec?.selector ? selectorText(spec.selector) : '');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  const controller = controllerText(metadata.ownerReferences);
  if (controller !== '') writer.field(0, 'Controlled By', controller);
  if (spec?.parallelism !== undefined) writer.field(0, 'Parallelism', spec.parallelism);
  writer.field(0, 'Completions', orUnset(spec?.completions));
  if (spec?.completionMode !== undefined) writer.field(0, 'Completion Mode', spec.completionMode);
  if (spec?.suspend !== undefined) writer.field(0, 'Suspend', spec.suspend);
  if (spec?.backoffLimit !== undefined) writer.field(0, 'Backoff Limit', spec.backoffLimit);
  if (spec?.ttlSecondsAfterFinished !== undefined) {
    writer.field(0, 'TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
  }
  writeTimes(writer, object as Job);
  if (spec?.activeDeadlineSeconds !== undefined) {
    writer.field(0, 'Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  }
  const { active = 0, succeeded = 0, failed = 0, ready } = status ?? {};
  const activeText = ready === undefined ? `${active} Active` : `${active} Active (${ready} Ready)`;
  writer.field(0, 'Pods Statuses', `${activeText} / ${succeeded} Succeeded / ${failed} Failed`);
  if (spec?.completionMode === 'Indexed') {
    const indexes = status?.completedIndexes ?? '';
    writer.field(0, 'Completed Indexes', indexes === '' ? '<none>' : cut(indexes));
  }
  writeTemplate(writer, spec?.template);
  describeEvents(session, writer, object);
  return writer.toString();
}

/** Long lists of indexes end after 50 characters. */
function cut(indexes: string): string {
  if (indexes.length <= 50) return indexes;
  const comma = indexes.slice(0, 50).lastIndexOf(',');
  return `${indexes.slice(0, comma + 1)}...`;
}

function writeTimes(writer: DescribeWriter, { status }: Job): void {
  const { startTime, completionTime } = status ?? {};
  if (startTime) writer.field(0, 'Start Time', longTime(startTime));
  if (completionTime) writer.field(0, 'Completed At', longTime(completionTime));
  const start = startTime ? parseTime(startTime) : undefined;
  const end = completionTime ? parseTime(completionTime) : undefined;
  if (start !== undefined && end !== undefined) {
    writer.field(0, 'Duration', humanDuration(end - start));
  }
}

export function describeCronJob(session: Session, object: KubeObject): string {
  const { metadata = {}, spec, status } = object as CronJob;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.field(0, 'Schedule', spec?.schedule ?? '');
  writer.field(0, 'Concurrency Policy', spec?.concurrencyPolicy ?? '');
  writer.field(0, 'Suspend', titleBool(spec?.suspend));
  writer.field(0, 'Successful Job History Limit', orUnset(spec?.successfulJobsHistoryLimit));
  writer.field(0, 'Failed Job History Limit', orUnset(spec?.failedJobsHistoryLimit));
  const deadline = spec?.startingDeadlineSeconds;
  writer.field(0, 'Starting Deadline Seconds', deadline === undefined ? '<unset>' : `${deadline}s`);
  const job = spec?.jobTemplate.spec;
  if (job?.selector) writer.field(0, 'Selector', selectorText(job.selector));
  else writer.field(0, 'Selector', '<unset>');
  writer.field(0, 'Parallelism', orUnset(job?.parallelism));
  writer.field(0, 'Completions', orUnset(job?.completions));
  if (job?.activeDeadlineSeconds !== undefined) {
    writer.field(0, 'Active Deadline Seconds', `${job.activeDeadlineSeconds}s`);
  }
  writeTemplate(writer, job?.template);
  const last = status?.lastScheduleTime;
  writer.field(0, 'Last Schedule Time', last ? longTime(last) : '<unset>');
  const active = (status?.active ?? []).map(({ name = '' }) => name);
  writer.field(0, 'Active Jobs', active.length === 0 ? '<none>' : active.join(', '));
  describeEvents(session, writer, object);
  return writer.toString();
}
