// Defaults of volumes (pkg/apis/core/v1/defaults.go, SetDefaults_Volume and friends).
import type { Volume, VolumeProjection } from '../generated/types.ts';

/** 0644 */
const fileMode = 420;

/** How many kinds of source a volume may have: anything but its name. */
function hasSource(volume: Volume): boolean {
  return Object.entries(volume).some(([field, value]) => field !== 'name' && value !== undefined);
}

function projection(source: VolumeProjection): VolumeProjection {
  if (source.serviceAccountToken !== undefined) {
    const serviceAccountToken = { expirationSeconds: 3600, ...source.serviceAccountToken };
    return { ...source, serviceAccountToken };
  }
  if (source.downwardAPI?.items !== undefined) {
    return {
      ...source,
      downwardAPI: { ...source.downwardAPI, items: fieldItems(source.downwardAPI.items) },
    };
  }
  return source;
}

type FieldItems = NonNullable<NonNullable<Volume['downwardAPI']>['items']>;

function fieldItems(items: FieldItems): FieldItems {
  return items.map((item) => ({
    ...item,
    ...(item.fieldRef === undefined ? {} : { fieldRef: { apiVersion: 'v1', ...item.fieldRef } }),
    ...(item.resourceFieldRef === undefined
      ? {}
      : { resourceFieldRef: { divisor: '0', ...item.resourceFieldRef } }),
  }));
}

function volume(given: Volume): Volume {
  if (!hasSource(given)) return { ...given, emptyDir: {} };
  const { configMap, secret, downwardAPI, projected, hostPath, ephemeral } = given;
  if (configMap !== undefined)
    return { ...given, configMap: { defaultMode: fileMode, ...configMap } };
  if (secret !== undefined) return { ...given, secret: { defaultMode: fileMode, ...secret } };
  if (downwardAPI !== undefined) {
    const items = downwardAPI.items === undefined ? {} : { items: fieldItems(downwardAPI.items) };
    return { ...given, downwardAPI: { defaultMode: fileMode, ...downwardAPI, ...items } };
  }
  if (projected !== undefined) {
    const sources =
      projected.sources === undefined ? {} : { sources: projected.sources.map(projection) };
    return { ...given, projected: { defaultMode: fileMode, ...projected, ...sources } };
  }
  if (hostPath !== undefined) return { ...given, hostPath: { type: '', ...hostPath } };
  const template = ephemeral?.volumeClaimTemplate;
  if (template !== undefined) {
    const spec = { volumeMode: 'Filesystem', ...template.spec };
    return { ...given, ephemeral: { ...ephemeral, volumeClaimTemplate: { ...template, spec } } };
  }
  return given;
}

/** Volumes with their defaults; one without any source becomes an emptyDir. */
export function withDefaultVolumes(volumes: readonly Volume[]): readonly Volume[] {
  return volumes.map(volume);
}
