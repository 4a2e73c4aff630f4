// Disruption budgets, autoscalers and priority classes.
import type {
  HorizontalPodAutoscaler,
  PodDisruptionBudget,
  PriorityClass,
} from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import type { Session } from '../session.ts';
import { describeEvents } from './events.ts';
import { selectorText } from './selectors.ts';
import { formatLabels, longTime, writeAnnotations, writeLabels } from './values.ts';
import { DescribeWriter } from './writer.ts';

export function describeDisruptionBudget(session: Session, object: KubeObject): string {
  const { metadata = {}, spec, status } = object as PodDisruptionBudget;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  if (spec?.minAvailable !== undefined) writer.field(0, 'Min available', String(spec.minAvailable));
  else if (spec?.maxUnavailable !== undefined) {
    writer.field(0, 'Max unavailable', String(spec.maxUnavailable));
  }
  writer.field(0, 'Selector', spec?.selector ? selectorText(spec.selector) : '<unset>');
  writer.line(0, 'Status:');
  writer.field(2, 'Allowed disruptions', status?.disruptionsAllowed ?? 0);
  writer.field(2, 'Current', status?.currentHealthy ?? 0);
  writer.field(2, 'Desired', status?.desiredHealthy ?? 0);
  writer.field(2, 'Total', status?.expectedPods ?? 0);
  describeEvents(session, writer, object);
  return writer.toString();
}

type Autoscaler = HorizontalPodAutoscaler;

function metricLine(autoscaler: Autoscaler, index: number): string {
  const metric = autoscaler.spec?.metrics?.[index];
  const resource = metric?.resource;
  if (resource === undefined)
    return `"${metric?.type ?? ''}" metric of a type that this lab does not know`;
  const now = autoscaler.status?.currentMetrics?.[index]?.resource?.current;
  const head = `resource ${resource.name} on pods`;
  if (resource.target.averageValue !== undefined) {
    return `${head}:\t${now?.averageValue ?? '<unknown>'} / ${resource.target.averageValue}`;
  }
  const current =
    now?.averageUtilization === undefined
      ? '<unknown>'
      : `${now.averageUtilization}% (${now.averageValue ?? '0'})`;
  const target = resource.target.averageUtilization;
  const wanted = target === undefined ? '<auto>' : `${target}%`;
  return `${head}  (as a percentage of request):\t${current} / ${wanted}`;
}

export function describeAutoscaler(session: Session, object: KubeObject): string {
  const autoscaler = object as Autoscaler;
  const { metadata = {}, spec, status } = autoscaler;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.field(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
  const target = spec?.scaleTargetRef;
  writer.field(0, 'Reference', `${target?.kind ?? ''}/${target?.name ?? ''}`);
  writer.line(0, 'Metrics:\t( current / target )');
  spec?.metrics?.forEach((_metric, index) => {
    writer.line(1, metricLine(autoscaler, index));
  });
  writer.field(0, 'Min replicas', spec?.minReplicas ?? '<unset>');
  writer.field(0, 'Max replicas', spec?.maxReplicas ?? 0);
  writer.line(
    0,
    `${target?.kind ?? ''} pods:\t${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`,
  );
  const conditions = status?.conditions ?? [];
  if (conditions.length > 0) {
    writer.line(0, 'Conditions:');
    writer.line(1, 'Type\tStatus\tReason\tMessage');
    writer.line(1, '----\t------\t------\t-------');
    for (const { type, status: state, reason = '', message = '' } of conditions) {
      writer.line(1, `${type}\t${state}\t${reason}\t${message}`);
    }
  }
  describeEvents(session, writer, object);
  return writer.toString();
}

export function describePriorityClass(session: Session, object: KubeObject): string {
  const priority = object as unknown as PriorityClass;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', priority.metadata?.name ?? '');
  writer.field(0, 'Value', priority.value);
  writer.field(0, 'GlobalDefault', priority.globalDefault === true);
  writer.field(0, 'PreemptionPolicy', priority.preemptionPolicy ?? '');
  writer.field(0, 'Description', priority.description ?? '');
  writer.field(0, 'Annotations', formatLabels(priority.metadata?.annotations));
  describeEvents(session, writer, object);
  return writer.toString();
}
