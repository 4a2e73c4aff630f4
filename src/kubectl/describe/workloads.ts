// Deployments, ReplicaSets, StatefulSets and DaemonSets.
import type {
  DaemonSet,
  Deployment,
  Pod,
  ReplicaSet,
  StatefulSet,
} from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import type { Session } from '../session.ts';
import { podsOfSelector, writePodStatus } from './pod-counts.ts';
import { describeEvents } from './events.ts';
import { controllerText } from './pod.ts';
import { selectorText } from './selectors.ts';
import { splitReplicaSets } from './replica-sets.ts';
import { writeTemplate } from './template.ts';
import { formatLabels, longTime, writeAnnotations, writeLabels } from './values.ts';
import { DescribeWriter } from './writer.ts';

function writeHead(writer: DescribeWriter, { metadata = {} }: KubeObject): void {
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
}

function writeConditions(writer: DescribeWriter, conditions: readonly Condition[]): void {
  if (conditions.length === 0) return;
  writer.text('Conditions:\n  Type\tStatus\tReason\n');
  writer.line(1, '----\t------\t------');
  for (const { type, status, reason = '' } of conditions) {
    writer.line(1, `${type} \t${status}\t${reason}`);
  }
}

export function describeDeployment(session: Session, object: KubeObject): string {
  const { metadata = {}, spec, status } = object as Deployment;
  const writer = new DescribeWriter();
  writeHead(writer, object);
  writer.field(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.field(0, 'Selector', selectorText(spec?.selector));
  const {
    updatedReplicas = 0,
    replicas = 0,
    availableReplicas = 0,
    unavailableReplicas = 0,
  } = status ?? {};
  writer.line(
    0,
    `Replicas:\t${spec?.replicas ?? 0} desired | ${updatedReplicas} updated | ${replicas} total | ` +
      `${availableReplicas} available | ${unavailableReplicas} unavailable`,
  );
  writer.field(0, 'StrategyType', spec?.strategy?.type ?? '');
  writer.field(0, 'MinReadySeconds', spec?.minReadySeconds ?? 0);
  const rolling = spec?.strategy?.rollingUpdate;
  if (rolling) {
    writer.field(
      0,
      'RollingUpdateStrategy',
      `${String(rolling.maxUnavailable ?? '')} max unavailable, ${String(rolling.maxSurge ?? '')} max surge`,
    );
  }
  writeTemplate(writer, spec?.template);
  writeConditions(writer, status?.conditions ?? []);
  const { old, current } = splitReplicaSets(session, object as Deployment);
  if (current !== undefined || old.length > 0) {
    writer.field(0, 'OldReplicaSets', replicaSetList(old));
    writer.field(0, 'NewReplicaSet', replicaSetList(current === undefined ? [] : [current]));
  }
  describeEvents(session, writer, object);
  return writer.toString();
}

function replicaSetList(sets: readonly ReplicaSet[]): string {
  if (sets.length === 0) return '<none>';
  return sets
    .map(
      ({ metadata, spec, status }) =>
        `${metadata?.name ?? ''} (${status?.replicas ?? 0}/${spec?.replicas ?? 0} replicas created)`,
    )
    .join(', ');
}

export function describeReplicaSet(session: Session, object: KubeObject): string {
  const { metadata = {}, spec, status } = object as ReplicaSet;
  const writer = new DescribeWriter();
  writeHead(writer, object);
  writer.field(0, 'Selector', selectorText(spec?.selector));
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  const controller = controllerText(metadata.ownerReferences);
  if (controller !== '') writer.field(0, 'Controlled By', controller);
  writer.field(0, 'Replicas', `${status?.replicas ?? 0} current / ${spec?.replicas ?? 0} desired`);
  writePodStatus(writer, ownedPods(session, object));
  writeTemplate(writer, spec?.template);
  writeConditions(writer, status?.conditions ?? []);
  describeEvents(session, writer, object);
  return writer.toString();
}

/** Pods that match the selector and belong to the object. */
function ownedPods(session: Session, object: KubeObject): readonly Pod[] {
  const selector = (object as ReplicaSet).spec?.selector;
  const uid = object.metadata?.uid;
  return podsOfSelector(session, object.metadata?.namespace ?? '', selector).filter((pod) => {
    const owner = pod.metadata?.ownerReferences?.find(({ controller }) => controller === true);
    return owner === undefined || owner.uid === uid;
  });
}

export function describeStatefulSet(session: Session, object: KubeObject): string {
  const { metadata = {}, spec, status } = object as StatefulSet;
  const writer = new DescribeWriter();
  writeHead(writer, object);
  writer.field(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
  writer.field(0, 'Selector', selectorText(spec?.selector));
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.field(0, 'Replicas', `${spec?.replicas ?? 0} desired | ${status?.replicas ?? 0} total`);
  writer.field(0, 'Update Strategy', spec?.updateStrategy?.type ?? '');
  const partition = spec?.updateStrategy?.rollingUpdate?.partition;
  if (spec?.updateStrategy?.rollingUpdate) {
    if (partition !== undefined) writer.field(1, 'Partition', partition);
    const { maxUnavailable } = spec.updateStrategy.rollingUpdate;
    if (maxUnavailable !== undefined) writer.field(1, 'MaxUnavailable', String(maxUnavailable));
  }
  writePodStatus(writer, ownedPods(session, object));
  writeTemplate(writer, spec?.template);
  writeClaims(writer, object as StatefulSet);
  describeEvents(session, writer, object);
  return writer.toString();
}

function writeClaims(writer: DescribeWriter, { spec }: StatefulSet): void {
  const claims = spec?.volumeClaimTemplates ?? [];
  if (claims.length === 0) {
    writer.line(0, 'Volume Claims:\t<none>');
    return;
  }
  writer.line(0, 'Volume Claims:');
  for (const { metadata = {}, spec: claim } of claims) {
    writer.field(1, 'Name', metadata.name ?? '');
    writer.field(1, 'StorageClass', claim?.storageClassName ?? '');
    writeLabels(writer, '  Labels', metadata.labels);
    writeAnnotations(writer, metadata.annotations, 'Annotations', '  ');
    writer.field(1, 'Capacity', claim?.resources?.requests?.['storage'] ?? '<default>');
    writer.field(1, 'Access Modes', `[${(claim?.accessModes ?? []).join(' ')}]`);
  }
}

export function describeDaemonSet(session: Session, object: KubeObject): string {
  const { metadata = {}, spec, status } = object as DaemonSet;
  const writer = new DescribeWriter();
  writeHead(writer, object);
  writer.field(0, 'Selector', selectorText(spec?.selector));
  writer.field(0, 'Node-Selector', formatLabels(spec?.template.spec?.nodeSelector));
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  const { desiredNumberScheduled = 0, currentNumberScheduled = 0 } = status ?? {};
  writer.line(0, `Desired Number of Nodes Scheduled: ${desiredNumberScheduled}`);
  writer.line(0, `Current Number of Nodes Scheduled: ${currentNumberScheduled}`);
  const { updatedNumberScheduled = 0, numberAvailable = 0, numberMisscheduled = 0 } = status ?? {};
  writer.line(0, `Number of Nodes Scheduled with Up-to-date Pods: ${updatedNumberScheduled}`);
  writer.line(0, `Number of Nodes Scheduled with Available Pods: ${numberAvailable}`);
  writer.line(0, `Number of Nodes Misscheduled: ${numberMisscheduled}`);
  writePodStatus(writer, ownedPods(session, object));
  writeTemplate(writer, spec?.template);
  describeEvents(session, writer, object);
  return writer.toString();
}
