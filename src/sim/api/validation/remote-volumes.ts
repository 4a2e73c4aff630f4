// Volumes of storage systems that no node here has. A Pod with one is refused in the end; what is wrong with it is told
// as the server tells it (pkg/apis/core/validation/validation.go).
import type { Volume } from '../generated/types.ts';
import { invalid, notSupported, required, type FieldError } from '../messages.ts';
import { descendingPath } from './paths.ts';
import { label, oneOfGiven, present, sortedEntries } from './rules.ts';

type Source<Name extends keyof Volume> = NonNullable<Volume[Name]>;
type Rule<Name extends keyof Volume> = (
  source: Source<Name>,
  field: string,
) => readonly FieldError[];

/** Fields that must not be empty, in order. */
function needs(field: string, values: Readonly<Record<string, unknown>>): FieldError[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const isEmpty = Array.isArray(value) ? value.length === 0 : !value;
    return isEmpty ? [required(`${field}.${name}`)] : [];
  });
}

function inRange(
  field: string,
  value: number | undefined,
  most: number,
  text = `must be between 0 and ${most}, inclusive`,
): readonly FieldError[] {
  const number = value ?? 0;
  return number >= 0 && number <= most ? [] : [invalid(field, number, text)];
}

const partition = (field: string, value: number | undefined): readonly FieldError[] =>
  inRange(`${field}.partition`, value, 255, 'must be between 1 and 255, inclusive');

const initiatorForms: Readonly<Record<string, RegExp>> = {
  iqn: /iqn\.\d{4}-\d{2}\.[0-9A-Za-z.-]+:[^,;*&$|\s]+$/,
  eui: /^eui.[0-9A-Za-z]{16}$/,
  naa: /^naa.[0-9A-Za-z]{32}$/,
};

function initiator(field: string, value: string): readonly FieldError[] {
  const form = initiatorForms[value.slice(0, 3)];
  if (form === undefined) {
    return [invalid(field, value, 'must be valid format starting with iqn, eui, or naa')];
  }
  return form.test(value) ? [] : [invalid(field, value, 'must be valid format')];
}

const iscsi: Rule<'iscsi'> = (source, field) => {
  const { targetPortal, iqn, lun, chapAuthDiscovery, chapAuthSession, secretRef } = source;
  const { initiatorName } = source;
  const needsSecret = chapAuthDiscovery === true || chapAuthSession === true;
  return [
    ...needs(field, { targetPortal, iqn }),
    ...(iqn ? initiator(`${field}.iqn`, iqn) : []),
    ...inRange(`${field}.lun`, lun, 255),
    ...(needsSecret && secretRef === undefined ? [required(`${field}.secretRef`)] : []),
    ...(initiatorName === undefined ? [] : initiator(`${field}.initiatorname`, initiatorName)),
  ];
};

const flocker: Rule<'flocker'> = ({ datasetName, datasetUUID }, field) => {
  const errors: FieldError[] = [];
  if (!datasetName && !datasetUUID) {
    errors.push(required(field, 'one of datasetName and datasetUUID is required'));
  }
  if (datasetName && datasetUUID) {
    const text = 'datasetName and datasetUUID can not be specified simultaneously';
    errors.push(invalid(field, 'resource', text));
  }
  if (datasetName?.includes('/') === true) {
    errors.push(invalid(`${field}.datasetName`, datasetName, "must not contain '/'"));
  }
  return errors;
};

const quobyte: Rule<'quobyte'> = ({ registry, tenant, volume }, field) => {
  const errors: FieldError[] = [];
  const text = 'must be a host:port pair or multiple pairs separated by commas';
  if (!registry) errors.push(required(`${field}.registry`, text));
  else if ((tenant ?? '').length >= 65) {
    errors.push(
      required(`${field}.tenant`, 'must be a UUID and may not exceed a length of 64 characters'),
    );
  } else {
    const bad = registry.split(',').filter((pair) => !/^([^:[\]]*|\[[^[\]]*\]):[^:]*$/.test(pair));
    errors.push(...bad.map(() => invalid(`${field}.registry`, registry, text)));
  }
  return [...errors, ...needs(field, { volume })];
};

const fc: Rule<'fc'> = ({ targetWWNs = [], wwids = [], lun }, field) => {
  const names = `${field}.targetWWNs`;
  if (targetWWNs.length === 0 && wwids.length === 0) {
    return [required(names, 'must specify either targetWWNs or wwids, but not both')];
  }
  const errors: FieldError[] = [];
  if (targetWWNs.length > 0 && wwids.length > 0) {
    const go = `[]string{${targetWWNs.map((name) => JSON.stringify(name)).join(', ')}}`;
    const text = 'targetWWNs and wwids can not be specified simultaneously';
    errors.push(invalid(names, { go }, text));
  }
  if (targetWWNs.length === 0) return errors;
  if (lun === undefined) {
    return [...errors, required(`${field}.lun`, 'lun is required if targetWWNs is specified')];
  }
  return [...errors, ...inRange(`${field}.lun`, lun, 255)];
};

const flexVolume: Rule<'flexVolume'> = ({ driver, options }, field) => [
  ...needs(field, { driver }),
  ...sortedEntries(options).flatMap(([key]) => {
    const namespace = `.${(key.split('/')[0] ?? '').toLowerCase()}`;
    const isReserved = namespace.endsWith('.kubernetes.io') || namespace.endsWith('.k8s.io');
    const text = 'kubernetes.io and k8s.io namespaces are reserved';
    return isReserved ? [invalid(`${field}.options[${key}]`, key, text)] : [];
  }),
];

const azureDisk: Rule<'azureDisk'> = ({ diskName, diskURI, cachingMode, kind }, field) => {
  const isManaged = kind === 'Managed';
  const prefix = isManaged ? '/subscriptions/' : 'https://';
  const form = isManaged
    ? '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}'
    : 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd';
  const isWrong = kind !== undefined && !(diskURI ?? '').startsWith(prefix);
  return [
    ...needs(field, { diskName, diskURI }),
    ...oneOfGiven(`${field}.cachingMode`, cachingMode, ['None', 'ReadOnly', 'ReadWrite']),
    ...oneOfGiven(`${field}.kind`, kind, ['Dedicated', 'Managed', 'Shared']),
    ...(isWrong ? [notSupported(`${field}.diskURI`, diskURI ?? '', [form])] : []),
  ];
};

const secretName = (
  field: string,
  secretRef: { readonly name?: string | undefined } | undefined,
): readonly FieldError[] =>
  secretRef === undefined ? [] : present(`${field}.secretRef.name`, secretRef.name);

const storageos: Rule<'storageos'> = ({ volumeName, volumeNamespace, secretRef }, field) => [
  ...needs(field, { volumeName }),
  ...label(`${field}.volumeName`, volumeName),
  ...label(`${field}.volumeNamespace`, volumeNamespace),
  ...secretName(field, secretRef),
];

/** By the name of the field. */
export const remoteVolumes: {
  readonly [Name in keyof Volume]?: Rule<Name>;
} = {
  gitRepo: ({ repository, directory }, field) => [
    ...needs(field, { repository }),
    ...descendingPath(`${field}.directory`, directory ?? ''),
  ],
  gcePersistentDisk: (source, field) => [
    ...needs(field, { pdName: source.pdName }),
    ...partition(field, source.partition),
  ],
  awsElasticBlockStore: (source, field) => [
    ...needs(field, { volumeID: source.volumeID }),
    ...partition(field, source.partition),
  ],
  iscsi,
  glusterfs: ({ endpoints, path }, field) => needs(field, { endpoints, path }),
  flocker,
  rbd: ({ monitors, image }, field) => needs(field, { monitors, image }),
  cinder: ({ volumeID, secretRef }, field) => [
    ...needs(field, { volumeID }),
    ...secretName(field, secretRef),
  ],
  cephfs: ({ monitors }, field) => needs(field, { monitors }),
  quobyte,
  fc,
  flexVolume,
  azureFile: (source, field) =>
    needs(field, { secretName: source.secretName, shareName: source.shareName }),
  vsphereVolume: ({ volumePath }, field) => needs(field, { volumePath }),
  photonPersistentDisk: ({ pdID }, field) => needs(field, { pdID }),
  portworxVolume: ({ volumeID }, field) => needs(field, { volumeID }),
  azureDisk,
  storageos,
  scaleIO: ({ gateway, system, volumeName }, field) =>
    needs(field, { gateway, system, volumeName }),
};
