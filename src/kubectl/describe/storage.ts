// Persistent volumes, claims and storage classes.
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
  VolumeNodeAffinity,
} from '#sim/api/generated/types.ts';
import type { KubeObject } from '#sim/api/objects.ts';
import { goText } from '../jsonpath/go-value.ts';
import type { Session } from '../session.ts';
import { describeEvents } from './events.ts';
import { ageOf, formatLabels, longTime, writeAnnotations, writeLabels } from './values.ts';
import { DescribeWriter } from './writer.ts';

const shortModes: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** `RWO,ROX`, in the order of the API. */
function accessModes(modes: readonly string[] | undefined): string {
  return Object.keys(shortModes)
    .filter((mode) => modes?.includes(mode))
    .map((mode) => shortModes[mode] ?? '')
    .join(',');
}

function statusText(session: Session, object: KubeObject, phase: string | undefined): string {
  const deleted = object.metadata?.deletionTimestamp;
  return deleted ? `Terminating (lasts ${ageOf(deleted, session.nowMs())})` : (phase ?? '');
}

export function describeVolume(session: Session, object: KubeObject): string {
  const { metadata = {}, spec, status } = object as PersistentVolume;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', metadata.name ?? '');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.field(0, 'Finalizers', goText(metadata.finalizers ?? []));
  writer.field(0, 'StorageClass', spec?.storageClassName ?? '');
  writer.field(0, 'Status', statusText(session, object, status?.phase));
  const claim = spec?.claimRef;
  writer.field(0, 'Claim', claim ? `${claim.namespace ?? ''}/${claim.name ?? ''}` : '');
  writer.field(0, 'Reclaim Policy', spec?.persistentVolumeReclaimPolicy ?? '');
  writer.field(0, 'Access Modes', accessModes(spec?.accessModes));
  if (spec?.volumeMode) writer.field(0, 'VolumeMode', spec.volumeMode);
  writer.field(0, 'Capacity', spec?.capacity?.['storage'] ?? '0');
  writeNodeAffinity(writer, spec?.nodeAffinity);
  writer.field(0, 'Message', status?.message ?? '');
  writer.line(0, 'Source:');
  writeSource(writer, object as PersistentVolume);
  describeEvents(session, writer, object);
  return writer.toString();
}

function writeSource(writer: DescribeWriter, { spec }: PersistentVolume): void {
  if (spec?.hostPath) {
    writer.field(2, 'Type', 'HostPath (bare host directory volume)');
    writer.field(2, 'Path', spec.hostPath.path);
    writer.field(2, 'HostPathType', spec.hostPath.type ?? '<none>');
  } else if (spec?.local) {
    const what = 'a persistent volume backed by local storage on a node';
    writer.field(2, 'Type', `LocalVolume (${what})`);
    writer.field(2, 'Path', spec.local.path);
  } else if (spec?.nfs) {
    writer.field(2, 'Type', 'NFS (an NFS mount that lasts the lifetime of a pod)');
    writer.field(2, 'Server', spec.nfs.server);
    writer.field(2, 'Path', spec.nfs.path);
    writer.field(2, 'ReadOnly', spec.nfs.readOnly === true);
  } else writer.line(2, '<unknown>');
}

function writeNodeAffinity(writer: DescribeWriter, affinity: VolumeNodeAffinity | undefined): void {
  if (!affinity?.required) {
    writer.line(0, affinity ? 'Node Affinity:\t' : 'Node Affinity:\t<none>');
    if (affinity) writer.field(1, 'Required Terms', '<none>');
    return;
  }
  writer.line(0, 'Node Affinity:\t');
  writer.line(1, 'Required Terms:\t');
  affinity.required.nodeSelectorTerms.forEach(({ matchExpressions = [] }, index) => {
    const texts = matchExpressions.map(({ key, operator, values = [] }) => {
      const list = values.length === 0 ? '' : ` [${values.join(', ')}]`;
      return `${key} ${operator.toLowerCase()}${list}`;
    });
    (texts.length === 0 ? ['<none>'] : texts).forEach((text, at) => {
      writer.line(2, `${at === 0 ? `Term ${index}:` : ''}\t${text}`);
    });
  });
}

export function describeClaim(session: Session, object: KubeObject): string {
  const { metadata = {}, spec, status } = object as PersistentVolumeClaim;
  const writer = new DescribeWriter();
  writer.field(0, 'Name', metadata.name ?? '');
  writer.field(0, 'Namespace', metadata.namespace ?? '');
  writer.field(0, 'StorageClass', spec?.storageClassName ?? '');
  writer.field(0, 'Status', statusText(session, object, status?.phase));
  writer.field(0, 'Volume', spec?.volumeName ?? '');
  writeLabels(writer, 'Labels', metadata.labels);
  writeAnnotations(writer, metadata.annotations);
  writer.field(0, 'Finalizers', goText(metadata.finalizers ?? []));
  const isBound = (spec?.volumeName ?? '') !== '';
  writer.field(0, 'Capacity', isBound ? (status?.capacity?.['storage'] ?? '0') : '');
  writer.field(0, 'Access Modes', isBound ? accessModes(status?.accessModes) : '');
  if (spec?.volumeMode) writer.field(0, 'VolumeMode', spec.volumeMode);
  writeUsers(session, writer, object);
  writeClaimConditions(writer, object as PersistentVolumeClaim);
  describeEvents(session, writer, object);
  return writer.toString();
}

function writeUsers(session: Session, writer: DescribeWriter, { metadata }: KubeObject): void {
  const list = session.api.request({
    verb: 'list',
    group: '',
    version: 'v1',
    resource: 'pods',
    namespace: metadata?.namespace,
  });
  const users = ((list['items'] ?? []) as readonly Pod[])
    .filter((pod) =>
      pod.spec?.volumes?.some(
        ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === metadata?.name,
      ),
    )
    .map((pod) => pod.metadata?.name ?? '');
  (users.length === 0 ? ['<none>'] : users).forEach((name, index) => {
    writer.line(0, `${index === 0 ? 'Used By:' : ''}\t${name}`);
  });
}

function writeClaimConditions(writer: DescribeWriter, { status }: PersistentVolumeClaim): void {
  const conditions = status?.conditions ?? [];
  if (conditions.length === 0) return;
  writer.line(0, 'Conditions:');
  writer.line(1, 'Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage');
  writer.line(1, '----\t------\t-----------------\t------------------\t------\t-------');
  for (const condition of conditions) {
    const { type, status: state, reason = '', message = '' } = condition;
    const probe = longTime(condition.lastProbeTime);
    const transition = longTime(condition.lastTransitionTime);
    writer.line(1, `${type} \t${state} \t${probe} \t${transition} \t${reason} \t${message}`);
  }
}

export function describeStorageClass(session: Session, object: KubeObject): string {
  const storage = object as unknown as StorageClass;
  const annotations = storage.metadata?.annotations ?? {};
  const isDefault = [
    'storageclass.kubernetes.io/is-default-class',
    'storageclass.beta.kubernetes.io/is-default-class',
  ].some((key) => annotations[key] === 'true');
  const writer = new DescribeWriter();
  writer.field(0, 'Name', storage.metadata?.name ?? '');
  writer.field(0, 'IsDefaultClass', isDefault ? 'Yes' : 'No');
  writer.field(0, 'Annotations', formatLabels(annotations));
  writer.field(0, 'Provisioner', storage.provisioner);
  writer.field(0, 'Parameters', formatLabels(storage.parameters));
  const expansion = storage.allowVolumeExpansion;
  const expands = expansion === true ? 'True' : 'False';
  writer.field(0, 'AllowVolumeExpansion', expansion === undefined ? '<unset>' : expands);
  const mounts = storage.mountOptions ?? [];
  writer.line(0, mounts.length === 0 ? 'MountOptions:\t<none>' : 'MountOptions:');
  for (const option of mounts) writer.line(1, option);
  if (storage.reclaimPolicy) writer.field(0, 'ReclaimPolicy', storage.reclaimPolicy);
  if (storage.volumeBindingMode) writer.field(0, 'VolumeBindingMode', storage.volumeBindingMode);
  describeEvents(session, writer, object);
  return writer.toString();
}
