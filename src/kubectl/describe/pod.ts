// `kubectl describe pod`.
import type { OwnerReference, Pod } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import type { Session } from '../session.ts';
import { writeContainers, writeResources } from './containers.ts';
import { describeEvents } from './events.ts';
import { writeSpreadConstraints, writeTolerations } from './scheduling.ts';
import { ageOf, longTime, writeAnnotations, writeLabels } from './values.ts';
import { writeVolumes } from './volumes.ts';
import { DescribeWriter } from './writer.ts';

/** `ReplicaSet/shop-6487f8548`, or '' without a controller. */
export function controllerText(owners: readonly OwnerReference[] | undefined): string {
  const owner = owners?.find(({ controller }) => controller === true);
  return owner === undefined ? '' : `${owner.kind}/${owner.name}`;
}

function writeIdentity(writer: DescribeWriter, { metadata = {}, spec, status }: Pod): void {
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  if (spec?.priority !== undefined) writer.field(0, 'Priority', spec.priority);
  if (spec?.priorityClassName) writer.field(0, 'Priority Class Name', spec.priorityClassName);
  if (spec?.runtimeClassName) writer.field(0, 'Runtime Class Name', spec.runtimeClassName);
  if (spec?.serviceAccountName) writer.field(0, 'Service Account', spec.serviceAccountName);
  const node = spec?.nodeName ?? '';
  writer.field(0, 'Node', node === '' ? '<none>' : `${node}/${status?.hostIP ?? ''}`);
  if (status?.startTime) writer.field(0, 'Start Time', longTime(status.startTime));
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
}

function writeStatus(writer: DescribeWriter, pod: Pod, nowMs: number): void {
  const { metadata = {}, spec, status } = pod;
  const phase = status?.phase ?? '';
  const isOver = phase === 'Failed' || phase === 'Succeeded';
  if (metadata.deletionTimestamp && !isOver) {
    const age = ageOf(metadata.deletionTimestamp, nowMs);
    writer.field(0, 'Status', `Terminating (lasts ${age})`);
    writer.field(0, 'Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else writer.field(0, 'Status', phase);
  if (status?.reason) writer.field(0, 'Reason', status.reason);
  if (status?.message) writer.field(0, 'Message', status.message);
  const profile = spec?.securityContext?.seccompProfile;
  if (profile) {
    writer.field(0, 'SeccompProfile', profile.type);
    if (profile.type === 'Localhost') {
      writer.field(0, 'LocalhostProfile', profile.localhostProfile ?? '');
    }
  }
  writer.field(0, 'IP', status?.podIP ?? '');
  const ips = status?.podIPs ?? [];
  writer.line(0, ips.length === 0 ? 'IPs:\t<none>' : 'IPs:');
  for (const { ip = '' } of ips) writer.field(1, 'IP', ip);
  const controller = controllerText(metadata.ownerReferences);
  if (controller !== '') writer.field(0, 'Controlled By', controller);
  if (status?.nominatedNodeName) writer.field(0, 'NominatedNodeName', status.nominatedNodeName);
}

function writeContainerBlocks(writer: DescribeWriter, pod: Pod): void {
  const { spec, status } = pod;
  if (spec?.resources) {
    writer.line(0, 'Resources:');
    writeResources(writer, spec.resources, 1);
  }
  const blocks = [
    ['Init Containers', spec?.initContainers ?? [], status?.initContainerStatuses],
    ['Containers', spec?.containers ?? [], status?.containerStatuses],
    ['Ephemeral Containers', spec?.ephemeralContainers ?? [], status?.ephemeralContainerStatuses],
  ] as const;
  for (const [title, containers, statuses = []] of blocks) {
    if (containers.length === 0 && title !== 'Containers') continue;
    writeContainers(writer, { title, containers, statuses, pod, indent: '' });
  }
}

function writeConditions(writer: DescribeWriter, { spec, status }: Pod): void {
  const conditions = status?.conditions ?? [];
  const gates = spec?.readinessGates ?? [];
  if (gates.length > 0) writer.text('Readiness Gates:\n  Type\tStatus\n');
  for (const { conditionType } of gates) {
    const found = conditions.find(({ type }) => type === conditionType);
    writer.line(1, `${conditionType} \t${found?.status ?? '<none>'} `);
  }
  if (conditions.length > 0) writer.text('Conditions:\n  Type\tStatus\n');
  for (const condition of conditions) writer.line(1, `${condition.type} \t${condition.status} `);
}

export function describePod(session: Session, object: KubeObject): string {
  const pod = object as Pod;
  const { spec, status } = pod;
  const writer = new DescribeWriter();
  writeIdentity(writer, pod);
  writeStatus(writer, pod, session.nowMs());
  writeContainerBlocks(writer, pod);
  writeConditions(writer, pod);
  writeVolumes(writer, spec?.volumes ?? [], '');
  writer.field(0, 'QoS Class', status?.qosClass ?? '');
  writeLabels(writer, 'Node-Selectors', spec?.nodeSelector);
  writeTolerations(writer, spec?.tolerations ?? [], '');
  writeSpreadConstraints(writer, spec?.topologySpreadConstraints ?? [], '');
  describeEvents(session, writer, object);
  return writer.toString();
}
