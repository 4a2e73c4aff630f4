// `kubectl describe node`.
import type { Lease, Node, Pod } from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { isNotFound } from '../failure.ts';
import type { Session } from '../session.ts';
import { eventsAbout, writeEvents } from './events.ts';
import { writeNodeResources } from './node-resources.ts';
import { longTime, writeAnnotations, writeLabels } from './values.ts';
import { DescribeWriter } from './writer.ts';

/** The roles a node's labels tell of. */
export function nodeRoles(node: Node): readonly string[] {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(node.metadata?.labels ?? {})) {
    const role = /^node-role\.kubernetes\.io\/(.+)$/.exec(key)?.[1];
    if (role !== undefined) roles.add(role);
    else if (key === 'kubernetes.io/role' && value !== '') roles.add(value);
  }
  return [...roles].sort();
}

function writeTaints(writer: DescribeWriter, node: Node): void {
  const texts = (node.spec?.taints ?? [])
    .toSorted((a, b) => (`${a.effect},${a.key}` < `${b.effect},${b.key}` ? -1 : 1))
    .map(({ key, value, effect }) => (value ? `${key}=${value}:${effect}` : `${key}:${effect}`));
  if (texts.length === 0) writer.field(0, 'Taints', '<none>');
  texts.forEach((text, index) => {
    writer.line(0, `${index === 0 ? 'Taints:' : ''}\t${text}`);
  });
}

function writeLease(session: Session, writer: DescribeWriter, name: string): void {
  let lease: Lease;
  try {
    lease = session.api.request({
      verb: 'get',
      group: 'coordination.k8s.io',
      version: 'v1',
      resource: 'leases',
      namespace: 'kube-node-lease',
      name,
    }) as Lease;
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
    writer.field(0, 'Lease', `Failed to get lease: ${thrown.status.message ?? ''}`);
    return;
  }
  const { holderIdentity, acquireTime, renewTime } = lease.spec ?? {};
  writer.line(0, 'Lease:');
  writer.field(1, 'HolderIdentity', holderIdentity ?? '<unset>');
  writer.field(1, 'AcquireTime', acquireTime ? longTime(acquireTime) : '<unset>');
  writer.field(1, 'RenewTime', renewTime ? longTime(renewTime) : '<unset>');
}

function writeConditions(writer: DescribeWriter, { status }: Node): void {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return;
  writer.line(0, 'Conditions:');
  writer.line(1, 'Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage');
  writer.line(1, '----\t------\t-----------------\t------------------\t------\t-------');
  for (const condition of conditions) {
    const heartbeat = longTime(condition.lastHeartbeatTime);
    const transition = longTime(condition.lastTransitionTime);
    const { type, status: state, reason = '', message = '' } = condition;
    writer.line(1, `${type} \t${state} \t${heartbeat} \t${transition} \t${reason} \t${message}`);
  }
}

function writeAmounts(
  writer: DescribeWriter,
  title: string,
  amounts: Readonly<Record<string, string>> = {},
): void {
  const names = Object.keys(amounts).sort();
  if (names.length > 0) writer.line(0, `${title}:`);
  for (const name of names) writer.field(1, name, amounts[name] ?? '');
}

function writeSystem(writer: DescribeWriter, { spec, status }: Node): void {
  const info = status?.nodeInfo;
  writer.line(0, 'System Info:');
  const rows = [
    ['Machine ID', info?.machineID],
    ['System UUID', info?.systemUUID],
    ['Boot ID', info?.bootID],
    ['Kernel Version', info?.kernelVersion],
    ['OS Image', info?.osImage],
    ['Operating System', info?.operatingSystem],
    ['Architecture', info?.architecture],
    ['Container Runtime Version', info?.containerRuntimeVersion],
    ['Kubelet Version', info?.kubeletVersion],
    ['Kube-Proxy Version', info?.kubeProxyVersion],
  ] as const;
  for (const [label, value = ''] of rows) writer.field(1, label, value);
  if (spec?.podCIDR) writer.field(0, 'PodCIDR', spec.podCIDR);
  if (spec?.podCIDRs && spec.podCIDRs.length > 0) {
    writer.field(0, 'PodCIDRs', spec.podCIDRs.join(','));
  }
  if (spec?.providerID) writer.field(0, 'ProviderID', spec.providerID);
}

function livingPods(session: Session, name: string): readonly Pod[] {
  const list = session.api.request({
    verb: 'list',
    group: '',
    version: 'v1',
    resource: 'pods',
    fieldSelector: `spec.nodeName=${name},status.phase!=Failed,status.phase!=Succeeded`,
  });
  return (list['items'] ?? []) as readonly Pod[];
}

export function describeNode(session: Session, object: KubeObject): string {
  const node = object as Node;
  const { metadata = {}, spec, status } = node;
  const name = metadata.name ?? '';
  const writer = new DescribeWriter();
  writer.field(0, 'Name', name);
  writer.field(0, 'Roles', nodeRoles(node).join(',') || '<none>');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.field(0, 'CreationTimestamp', longTime(metadata.creationTimestamp));
  writeTaints(writer, node);
  writer.field(0, 'Unschedulable', spec?.unschedulable === true);
  writeLease(session, writer, name);
  writeConditions(writer, node);
  writer.line(0, 'Addresses:');
  for (const { type, address } of status?.addresses ?? []) writer.field(1, type, address);
  writeAmounts(writer, 'Capacity', status?.capacity);
  writeAmounts(writer, 'Allocatable', status?.allocatable);
  writeSystem(writer, node);
  writeNodeResources(writer, node, livingPods(session, name), session.nowMs());
  if (session.flags.bool('show-events')) {
    // Kubelets name the node as uid of their Events, controllers its real uid.
    const uids = [name, metadata.uid ?? ''];
    const events = uids.flatMap((uid) =>
      eventsAbout(session, '', { name, namespace: '', uid, kind: 'Node' }),
    );
    writeEvents(session, writer, events);
  }
  return writer.toString();
}
