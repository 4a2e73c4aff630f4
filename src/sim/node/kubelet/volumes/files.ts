// The files of volumes whose content comes from the API: configMap, secret, downwardAPI, projected.
import type {
  ConfigMapVolumeSource,
  DownwardAPIVolumeFile,
  KeyToPath,
  SecretVolumeSource,
  ServiceAccountTokenProjection,
  Volume,
  VolumeProjection,
} from '../../../api/generated/types.ts';
import type { Client } from '../../../apiserver/types.ts';
import { formatTime } from '../../../runtime/time.ts';
import type { NodeSpec } from '../../spec.ts';
import { decodeBase64, encodeBase64Url } from '#sim/api/base64.ts';
import { podField, resourceField } from '../container/fields.ts';
import { namespaceOf, type PodObject } from '../pod.ts';

export interface VolumeFile {
  readonly text: string;
  readonly mode: number;
}

export type Files = Map<string, VolumeFile>;

export interface FileSource {
  readonly client: Client;
  readonly node: NodeSpec;
  readonly pod: PodObject;
  readonly podIp: string;
  readonly nowMs: number;
}

export type FilesResult =
  | { readonly ok: true; readonly files: Files }
  /** What follows `MountVolume.SetUp failed for volume "x" : `. */
  | { readonly ok: false; readonly error: string };

interface Draft {
  readonly files: Files;
  readonly errors: string[];
}

const defaultMode = 0o644;

/** Whether a volume's files are written by the kubelet. */
export function hasFiles(volume: Volume): boolean {
  return (
    volume.configMap !== undefined ||
    volume.secret !== undefined ||
    volume.downwardAPI !== undefined ||
    volume.projected !== undefined
  );
}

/** Everything the volume is to contain now, or why it cannot be made. */
export function volumeFiles(source: FileSource, volume: Volume): FilesResult {
  const draft: Draft = { files: new Map(), errors: [] };
  const { configMap, secret, downwardAPI, projected } = volume;
  if (configMap !== undefined) addConfigMap(source, draft, configMap, configMap.defaultMode);
  if (secret !== undefined) {
    const { secretName: name, items, optional } = secret;
    addSecret(source, draft, { name, items, optional }, secret.defaultMode);
  }
  if (downwardAPI !== undefined) {
    addDownward(source, draft, downwardAPI.items ?? [], downwardAPI.defaultMode);
  }
  for (const projection of projected?.sources ?? []) {
    addProjection(source, draft, projection, projected?.defaultMode);
  }
  const [first, ...more] = draft.errors;
  if (first === undefined) return { ok: true, files: draft.files };
  return { ok: false, error: more.length === 0 ? first : `[${draft.errors.join(', ')}]` };
}

function addProjection(
  source: FileSource,
  draft: Draft,
  projection: VolumeProjection,
  mode: number | undefined,
): void {
  const { configMap, secret, downwardAPI, serviceAccountToken } = projection;
  if (configMap !== undefined) addConfigMap(source, draft, configMap, mode);
  if (secret !== undefined) addSecret(source, draft, secret, mode);
  if (downwardAPI !== undefined) addDownward(source, draft, downwardAPI.items ?? [], mode);
  if (serviceAccountToken !== undefined) addToken(source, draft, serviceAccountToken, mode);
}

type ConfigMapLike = Pick<ConfigMapVolumeSource, 'name' | 'items' | 'optional'>;
type SecretLike = Pick<SecretVolumeSource, 'items' | 'optional'> & { name?: string | undefined };

function addConfigMap(
  source: FileSource,
  draft: Draft,
  { name = '', items, optional = false }: ConfigMapLike,
  mode: number | undefined,
): void {
  const found = source.client.get('ConfigMap', namespaceOf(source.pod), name);
  if (found === undefined) {
    if (!optional) draft.errors.push(`configmap "${name}" not found`);
    return;
  }
  const binary = Object.entries(found.binaryData ?? {}).map(
    ([key, value]) => [key, decodeBase64(String(value)) ?? ''] as const,
  );
  const data = new Map([...Object.entries(found.data ?? {}), ...binary]);
  addKeys(draft, data, items, mode, optional, 'configmap references non-existent config key: ');
}

function addSecret(
  source: FileSource,
  draft: Draft,
  { name = '', items, optional = false }: SecretLike,
  mode: number | undefined,
): void {
  const found = source.client.get('Secret', namespaceOf(source.pod), name);
  if (found === undefined) {
    if (!optional) draft.errors.push(`secret "${name}" not found`);
    return;
  }
  const data = new Map(
    Object.entries(found.data ?? {}).map(([key, value]) => [
      key,
      decodeBase64(String(value)) ?? '',
    ]),
  );
  addKeys(draft, data, items, mode, optional, 'references non-existent secret key: ');
}

function addKeys(
  draft: Draft,
  data: ReadonlyMap<string, string>,
  items: readonly KeyToPath[] | undefined,
  mode: number | undefined,
  optional: boolean,
  missing: string,
): void {
  const wanted: readonly KeyToPath[] =
    items === undefined || items.length === 0
      ? [...data.keys()].map((key) => ({ key, path: key }))
      : items;
  for (const item of wanted) {
    const text = data.get(item.key);
    if (text !== undefined) {
      draft.files.set(item.path, { text, mode: item.mode ?? mode ?? defaultMode });
    } else if (!optional) {
      draft.errors.push(`${missing}${item.key}`);
    }
  }
}

function addDownward(
  source: FileSource,
  draft: Draft,
  items: readonly DownwardAPIVolumeFile[],
  mode: number | undefined,
): void {
  const { pod, node, podIp } = source;
  for (const item of items) {
    const own = pod.spec.containers[0];
    const field =
      item.fieldRef !== undefined
        ? podField(pod, item.fieldRef.fieldPath, { podIp, hostIp: node.ip })
        : item.resourceFieldRef !== undefined && own !== undefined
          ? resourceField(pod, own, node, item.resourceFieldRef)
          : undefined;
    if (field === undefined) continue;
    if (field.ok) {
      draft.files.set(item.path, { text: field.value, mode: item.mode ?? mode ?? defaultMode });
    } else {
      draft.errors.push(field.error);
    }
  }
}

/**
 * A token in the shape of a real one; its signature is none, for nothing in the cluster checks it.
 */
function addToken(
  { pod, nowMs }: FileSource,
  draft: Draft,
  projection: ServiceAccountTokenProjection,
  mode: number | undefined,
): void {
  const account = pod.spec.serviceAccountName ?? 'default';
  const header = encodeBase64Url(JSON.stringify({ alg: 'RS256', kid: 'podlab' }));
  const claims = encodeBase64Url(
    JSON.stringify({
      aud: [projection.audience ?? 'https://kubernetes.default.svc.cluster.local'],
      iss: 'https://kubernetes.default.svc.cluster.local',
      'kubernetes.io': {
        namespace: namespaceOf(pod),
        pod: { name: pod.metadata.name, uid: pod.metadata.uid },
        serviceaccount: { name: account },
      },
      nbf: formatTime(nowMs),
      sub: `system:serviceaccount:${namespaceOf(pod)}:${account}`,
    }),
  );
  const text = `${header}.${claims}.${encodeBase64Url('podlab')}`;
  draft.files.set(projection.path, { text, mode: mode ?? defaultMode });
}
