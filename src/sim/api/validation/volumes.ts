// Volumes of a Pod (ValidateVolumes, validateVolumeSource).
import type {
  CSIVolumeSource,
  EphemeralVolumeSource,
  HostPathVolumeSource,
  NFSVolumeSource,
  ObjectMeta,
  Volume,
} from '../generated/types.ts';
import { duplicate, forbidden, invalid, required, tooLong, type FieldError } from '../messages.ts';
import { byteLength, checkDns1123Subdomain } from '../names.ts';
import { compareQuantities } from '../quantity.ts';
import { validateClaimSpec } from './claims.ts';
import { validateAnnotations, validateLabels } from './metadata.ts';
import { fileMode, noBacksteps } from './paths.ts';
import { validateDownwardFile, validateItems, validateProjected } from './projected.ts';
import { remoteVolumes } from './remote-volumes.ts';
import { judge, label, oneOfGiven, present } from './rules.ts';

const hostPathTypes = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

export function validateHostPath(
  { path, type }: HostPathVolumeSource,
  field: string,
): readonly FieldError[] {
  if (!path) return [required(`${field}.path`)];
  return [
    ...noBacksteps(`${field}.path`, path),
    ...oneOfGiven(`${field}.type`, type, hostPathTypes),
  ];
}

export function validateNfs(
  { server, path }: NFSVolumeSource,
  field: string,
): readonly FieldError[] {
  return [
    ...present(`${field}.server`, server),
    ...present(`${field}.path`, path),
    ...(path?.startsWith('/') === true
      ? []
      : [invalid(`${field}.path`, path ?? '', 'must be an absolute path')]),
  ];
}

export function validateDriver(driver: string | undefined, field: string): readonly FieldError[] {
  const name = driver ?? '';
  return [
    ...present(field, name),
    ...(byteLength(name) > 63 ? [tooLong(field, 63)] : []),
    ...checkDns1123Subdomain(name.toLowerCase()).map((text) => invalid(field, name, text)),
  ];
}

function validateCsi(
  { driver, nodePublishSecretRef }: CSIVolumeSource,
  field: string,
): readonly FieldError[] {
  const errors = [...validateDriver(driver, `${field}.driver`)];
  if (nodePublishSecretRef === undefined) return errors;
  const { name } = nodePublishSecretRef;
  if (!name) return [...errors, required(`${field}.nodePublishSecretRef.name`)];
  return [...errors, ...judge(`${field}.name`, name, checkDns1123Subdomain)];
}

/** Of metadata in a template of a claim only labels and annotations may be set; in the order of Go's struct. */
const refusedMeta = [
  ['name', 'name'],
  ['generateName', 'generateName'],
  ['namespace', 'namespace'],
  ['selfLink', 'selfLink'],
  ['uid', 'uID'],
  ['resourceVersion', 'resourceVersion'],
  ['generation', 'generation'],
  ['creationTimestamp', 'creationTimestamp'],
  ['deletionTimestamp', 'deletionTimestamp'],
  ['deletionGracePeriodSeconds', 'deletionGracePeriodSeconds'],
  ['ownerReferences', 'ownerReferences'],
  ['finalizers', 'finalizers'],
  ['managedFields', 'managedFields'],
] as const;

function validateClaimMeta(meta: ObjectMeta, field: string): readonly FieldError[] {
  return [
    ...validateAnnotations(meta.annotations, `${field}.annotations`),
    ...validateLabels(meta.labels, `${field}.labels`),
    ...refusedMeta
      .filter(([name]) => Boolean(meta[name as keyof ObjectMeta]))
      .map(([, shown]) => forbidden(`${field}.${shown}`, 'cannot be set')),
  ];
}

function validateEphemeral(
  { volumeClaimTemplate: template }: EphemeralVolumeSource,
  field: string,
): readonly FieldError[] {
  const path = `${field}.volumeClaimTemplate`;
  if (template === undefined) return [required(path)];
  return [
    ...validateClaimMeta(template.metadata ?? {}, `${path}.metadata`),
    ...validateClaimSpec(template.spec, `${path}.spec`),
  ];
}

type SourceName = Exclude<keyof Volume, 'name'>;
type Rule = (source: never, field: string) => readonly FieldError[];

const localVolumes: { readonly [Name in SourceName]?: Rule } = {
  hostPath: validateHostPath,
  secret: ({ secretName, defaultMode, items }: NonNullable<Volume['secret']>, field) => [
    ...present(`${field}.secretName`, secretName),
    ...fileMode(`${field}.defaultMode`, defaultMode),
    ...validateItems(items, field),
  ],
  nfs: validateNfs,
  persistentVolumeClaim: ({ claimName }: NonNullable<Volume['persistentVolumeClaim']>, field) =>
    present(`${field}.claimName`, claimName),
  downwardAPI: ({ defaultMode, items = [] }: NonNullable<Volume['downwardAPI']>, field) => [
    ...fileMode(`${field}.defaultMode`, defaultMode),
    ...items.flatMap((file) => validateDownwardFile(file, field)),
  ],
  configMap: ({ name, defaultMode, items }: NonNullable<Volume['configMap']>, field) => [
    ...present(`${field}.name`, name),
    ...fileMode(`${field}.defaultMode`, defaultMode),
    ...validateItems(items, field),
  ],
  projected: validateProjected,
  csi: validateCsi,
  ephemeral: validateEphemeral,
};

/** The order in which the server looks: the second source that is set is the one refused. */
const order: readonly SourceName[] =
  `hostPath gitRepo gcePersistentDisk awsElasticBlockStore secret nfs iscsi glusterfs flocker persistentVolumeClaim rbd cinder
   cephfs quobyte downwardAPI fc flexVolume configMap azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk
   storageos projected scaleIO csi ephemeral`.split(/\s+/) as SourceName[];

/** The server's own spelling of fields in errors, where it is not that of the field. */
const refusedAs: Readonly<Record<string, string>> = { cephfs: 'cephFS', downwardAPI: 'downwarAPI' };
const judgedAs: Readonly<Record<string, string>> = { gcePersistentDisk: 'persistentDisk' };

function validateEmptyDir({ emptyDir }: Volume, field: string): readonly FieldError[] {
  const limit = emptyDir?.sizeLimit;
  if (limit === undefined || compareQuantities(limit, '0') >= 0) return [];
  const text = 'SizeLimit field must be a valid resource quantity';
  return [forbidden(`${field}.emptyDir.sizeLimit`, text)];
}

/** What can only be judged with the volume's own name. */
function validateWithName(volume: Volume, field: string, podName: string): readonly FieldError[] {
  const { name, ephemeral, iscsi } = volume;
  const errors: FieldError[] = [];
  const portal = `${name}:${iscsi?.targetPortal ?? ''}`;
  if (iscsi?.initiatorName !== undefined && byteLength(portal) > 64) {
    const text =
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
    errors.push(invalid(`${field}.name`, name, text));
  }
  if (ephemeral !== undefined && podName !== '' && name) {
    const claim = `${podName}-${name}`;
    const texts = checkDns1123Subdomain(claim);
    errors.push(
      ...texts.map((text) => invalid(`${field}.name`, name, `PVC name "${claim}": ${text}`)),
    );
  }
  return errors;
}

function validateSource(volume: Volume, field: string, podName: string): readonly FieldError[] {
  const errors = [...validateEmptyDir(volume, field)];
  let count = volume.emptyDir === undefined ? 0 : 1;
  for (const name of order) {
    const source = volume[name];
    if (source === undefined) continue;
    if (count > 0) {
      const path = `${field}.${refusedAs[name] ?? name}`;
      errors.push(forbidden(path, 'may not specify more than 1 volume type'));
      continue;
    }
    count += 1;
    const rule = (localVolumes[name] ?? remoteVolumes[name]) as Rule | undefined;
    errors.push(...(rule?.(source as never, `${field}.${judgedAs[name] ?? name}`) ?? []));
    errors.push(...validateWithName({ name: volume.name, [name]: source }, field, podName));
  }
  if (count === 0) errors.push(required(field, 'must specify a volume type'));
  return errors;
}

export interface ValidVolumes {
  readonly errors: readonly FieldError[];
  /** Those that containers may mount: without errors of their own. */
  readonly valid: ReadonlyMap<string, Volume>;
}

/** @param podName '' in templates */
export function validateVolumes(
  volumes: readonly Volume[],
  field: string,
  podName: string,
): ValidVolumes {
  const errors: FieldError[] = [];
  const valid = new Map<string, Volume>();
  const made = new Set(
    volumes
      .filter(({ ephemeral }) => ephemeral !== undefined && podName !== '')
      .map(({ name }) => `${podName}-${name}`),
  );
  for (const [index, volume] of volumes.entries()) {
    const path = `${field}[${index}]`;
    const { name } = volume;
    const own = [
      ...validateSource(volume, path, podName),
      ...present(`${path}.name`, name),
      ...label(`${path}.name`, name),
      ...(valid.has(name) ? [duplicate(`${path}.name`, name)] : []),
    ];
    if (own.length === 0) valid.set(name, volume);
    errors.push(...own);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim !== undefined && made.has(claim)) {
      const text = 'must not reference a PVC that gets created for an ephemeral volume';
      errors.push(invalid(`${path}.persistentVolumeClaim.claimName`, claim, text));
    }
  }
  return { errors, valid };
}
