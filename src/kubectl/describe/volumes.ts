// The volumes of a Pod or a template.
import type { ProjectedVolumeSource, Volume } from '#sim/api/generated/types.ts';
import type { DescribeWriter } from './writer.ts';

type Row = readonly [string, string | number | boolean | undefined];

export function writeVolumes(
  writer: DescribeWriter,
  volumes: readonly Volume[],
  indent: string,
): void {
  if (volumes.length === 0) {
    writer.line(0, `${indent}Volumes:\t<none>`);
    return;
  }
  writer.line(0, `${indent}Volumes:`);
  for (const volume of volumes) {
    writer.line(1, `${indent === '' ? '' : ' '}${volume.name}:`);
    const rows = volumeRows(volume);
    if (rows === undefined) writer.line(1, '<unknown>');
    else for (const [label, value] of rows) writer.field(2, label, value ?? '');
    writeItems(writer, volume);
  }
}

/** The fields of a downward API volume. */
function writeItems(writer: DescribeWriter, { downwardAPI }: Volume): void {
  if (!downwardAPI) return;
  writer.line(2, 'Items:');
  for (const { fieldRef, resourceFieldRef, path } of downwardAPI.items ?? []) {
    if (fieldRef) writer.line(3, `${fieldRef.fieldPath} -> ${path}`);
    if (resourceFieldRef) writer.line(3, `${resourceFieldRef.resource} -> ${path}`);
  }
}

function volumeRows(volume: Volume): readonly Row[] | undefined {
  const { hostPath, emptyDir, secret, configMap, persistentVolumeClaim, nfs, image } = volume;
  if (hostPath) {
    return [
      ['Type', 'HostPath (bare host directory volume)'],
      ['Path', hostPath.path],
      ['HostPathType', hostPath.type ?? '<none>'],
    ];
  }
  if (emptyDir) {
    return [
      ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
      ['Medium', emptyDir.medium],
      ['SizeLimit', emptyDir.sizeLimit ?? '<unset>'],
    ];
  }
  if (secret) {
    return [
      ['Type', 'Secret (a volume populated by a Secret)'],
      ['SecretName', secret.secretName],
      ['Optional', secret.optional === true],
    ];
  }
  if (configMap) {
    return [
      ['Type', 'ConfigMap (a volume populated by a ConfigMap)'],
      ['Name', configMap.name],
      ['Optional', configMap.optional === true],
    ];
  }
  if (persistentVolumeClaim) {
    const what = 'a reference to a PersistentVolumeClaim in the same namespace';
    return [
      ['Type', `PersistentVolumeClaim (${what})`],
      ['ClaimName', persistentVolumeClaim.claimName],
      ['ReadOnly', persistentVolumeClaim.readOnly === true],
    ];
  }
  if (volume.downwardAPI) {
    return [['Type', 'DownwardAPI (a volume populated by information about the pod)']];
  }
  if (volume.projected) return projectedRows(volume.projected);
  if (nfs) {
    return [
      ['Type', 'NFS (an NFS mount that lasts the lifetime of a pod)'],
      ['Server', nfs.server],
      ['Path', nfs.path],
      ['ReadOnly', nfs.readOnly === true],
    ];
  }
  if (image) {
    return [
      ['Type', 'Image (a container image or OCI artifact)'],
      ['Reference', image.reference],
      ['PullPolicy', image.pullPolicy],
    ];
  }
  return undefined;
}

function projectedRows({ sources = [] }: ProjectedVolumeSource): readonly Row[] {
  const what = 'a volume that contains injected data from multiple sources';
  const rows: Row[] = [['Type', `Projected (${what})`]];
  for (const { secret, downwardAPI, configMap, serviceAccountToken } of sources) {
    if (secret) {
      rows.push(['SecretName', secret.name], ['Optional', secret.optional === true]);
    } else if (downwardAPI) rows.push(['DownwardAPI', true]);
    else if (configMap) {
      rows.push(['ConfigMapName', configMap.name], ['Optional', configMap.optional === true]);
    } else if (serviceAccountToken) {
      rows.push(['TokenExpirationSeconds', serviceAccountToken.expirationSeconds]);
    }
  }
  return rows;
}
