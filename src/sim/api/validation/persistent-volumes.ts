// PersistentVolumes and StorageClasses (ValidatePersistentVolume; pkg/apis/storage/validation).
import type {
  CSIPersistentVolumeSource,
  PersistentVolume,
  PersistentVolumeSpec,
  SecretReference,
  StorageClass,
  TopologySelectorTerm,
} from '../generated/types.ts';
import { goDiff } from '../go-values/diff.ts';
import { goValue } from '../go-values/print.ts';
import {
  duplicate,
  forbidden,
  invalid,
  notSupported,
  required,
  tooLong,
  type FieldError,
} from '../messages.ts';
import {
  byteLength,
  checkDns1123Label,
  checkDns1123Subdomain,
  checkQualifiedName,
} from '../names.ts';
import { deepEqual } from '../patch/json.ts';
import { value } from '../quantity.ts';
import { positive, validateAccessModes, validateVolumeMode } from './claims.ts';
import { goQuantity } from './go-quantity.ts';
import { validateNodeSelector } from './node-affinity.ts';
import { noBacksteps } from './paths.ts';
import { remoteVolumes } from './remote-volumes.ts';
import {
  immutable,
  immutableText,
  judgeRequired,
  oneOf,
  oneOfGiven,
  present,
  qualifiedName,
  sortedEntries,
  subdomain,
} from './rules.ts';
import { validateDriver, validateHostPath, validateNfs } from './volumes.ts';

function validateCapacity(capacity: PersistentVolumeSpec['capacity']): readonly FieldError[] {
  const field = 'spec.capacity';
  const entries = sortedEntries(capacity);
  const isStorage = entries.length === 1 && entries[0]?.[0] === 'storage';
  const amounts = entries.map(([name, amount]) => `"${name}":${goQuantity(amount).go}`);
  const go = capacity === undefined ? '(nil)' : `{${amounts.join(', ')}}`;
  return [
    ...(entries.length === 0 ? [required(field)] : []),
    ...(isStorage ? [] : [notSupported(field, { go: `core.ResourceList${go}` }, ['storage'])]),
    ...entries.flatMap(([name, amount]) => {
      const at = `${field}[${name}]`;
      const whole = value(amount);
      return [
        ...(whole < 0 ? [invalid(at, whole, 'must be a valid resource quantity')] : []),
        ...positive(amount, at),
      ];
    }),
  ];
}

const secretRef = (ref: SecretReference | undefined, field: string): readonly FieldError[] =>
  ref === undefined
    ? []
    : [
        ...judgeRequired(`${field}.name`, ref.name, checkDns1123Subdomain),
        ...judgeRequired(`${field}.namespace`, ref.namespace, checkDns1123Label),
      ];

const validateCsi = (csi: CSIPersistentVolumeSource, field: string): readonly FieldError[] => [
  ...validateDriver(csi.driver, `${field}.driver`),
  ...present(`${field}.volumeHandle`, csi.volumeHandle),
  ...secretRef(csi.controllerPublishSecretRef, `${field}.controllerPublishSecretRef`),
  ...secretRef(csi.controllerExpandSecretRef, `${field}.controllerExpandSecretRef`),
  ...secretRef(csi.nodePublishSecretRef, `${field}.nodePublishSecretRef`),
  ...secretRef(csi.nodeExpandSecretRef, `${field}.nodeExpandSecretRef`),
];

function validateLocal(spec: PersistentVolumeSpec, field: string): readonly FieldError[] {
  const { path = '' } = spec.local ?? {};
  return [
    ...(path === '' ? [required(`${field}.path`)] : noBacksteps(`${field}.path`, path)),
    ...(spec.nodeAffinity === undefined
      ? [required('spec.nodeAffinity', 'Local volume requires node affinity')]
      : []),
  ];
}

/** The order in which the server looks: the second source that is set is the one refused. */
const sources =
  `hostPath gcePersistentDisk awsElasticBlockStore glusterfs flocker nfs rbd quobyte cephfs iscsi cinder fc flexVolume
   azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk scaleIO local storageos csi`.split(
    /\s+/,
  ) as (keyof PersistentVolumeSpec)[];

function validateOneSource(spec: PersistentVolumeSpec, name: string): readonly FieldError[] {
  const field = `spec.${name === 'gcePersistentDisk' ? 'persistentDisk' : name}`;
  if (spec.hostPath && name === 'hostPath') return validateHostPath(spec.hostPath, field);
  if (spec.nfs && name === 'nfs') return validateNfs(spec.nfs, field);
  if (spec.csi && name === 'csi') return validateCsi(spec.csi, field);
  if (name === 'local') return validateLocal(spec, field);
  const rule = remoteVolumes[name as keyof typeof remoteVolumes] as
    ((source: never, field: string) => readonly FieldError[]) | undefined;
  return rule?.(spec[name as keyof PersistentVolumeSpec] as never, field) ?? [];
}

function validateSource(spec: PersistentVolumeSpec): readonly FieldError[] {
  const given = sources.filter((name) => spec[name] !== undefined);
  const [first, ...others] = given;
  if (first === undefined) return [required('spec', 'must specify a volume type')];
  return [
    ...validateOneSource(spec, first),
    ...others.map((name) => {
      const path = `spec.${name === 'cephfs' ? 'cephFS' : name}`;
      return forbidden(path, 'may not specify more than 1 volume type');
    }),
  ];
}

const isRoot = (path: string): boolean => /^[/.]+$/.test(path) && path.startsWith('/');

export function validateVolume(volume: PersistentVolume): readonly FieldError[] {
  const spec = volume.spec ?? {};
  const { accessModes: modes = [], nodeAffinity } = spec;
  const policy = spec.persistentVolumeReclaimPolicy ?? '';
  const policyAt = 'spec.persistentVolumeReclaimPolicy';
  const affinityAt = 'spec.nodeAffinity.required';
  const root = "may not be 'recycle' for a hostPath mount of '/'";
  return [
    ...(modes.length === 0 ? [required('spec.accessModes')] : []),
    ...validateAccessModes(modes, 'spec.accessModes'),
    ...validateCapacity(spec.capacity),
    ...(policy === '' ? [] : oneOf(policyAt, policy, ['Delete', 'Recycle', 'Retain'])),
    ...(nodeAffinity === undefined
      ? []
      : nodeAffinity.required === undefined
        ? [required(affinityAt, 'must specify required node constraints')]
        : validateNodeSelector(nodeAffinity.required, affinityAt)),
    ...validateSource(spec),
    ...(policy === 'Recycle' && isRoot(spec.hostPath?.path ?? '')
      ? [forbidden(policyAt, root)]
      : []),
    ...subdomain('spec.storageClassName', spec.storageClassName),
    ...validateVolumeMode(spec.volumeMode, 'spec'),
  ];
}

const sourceOf = (spec: PersistentVolumeSpec): object =>
  Object.fromEntries(sources.map((name) => [name, spec[name]]));

export function validateVolumeUpdate(volume: PersistentVolume, old: PersistentVolume) {
  const [spec, before] = [volume.spec ?? {}, old.spec ?? {}];
  const errors = [...validateVolume(volume)];
  const [now, then] = [sourceOf(spec), sourceOf(before)];
  if (!deepEqual(now, then)) {
    const diff = goDiff('core.PersistentVolumeSource', then, now);
    const text = `spec.persistentvolumesource is immutable after creation\n${diff}`;
    errors.push(forbidden('spec.persistentvolumesource', text));
  }
  const isSame = spec.volumeMode === before.volumeMode;
  errors.push(...immutable('volumeMode', isSame, () => spec.volumeMode ?? null));
  if (before.nodeAffinity === undefined || deepEqual(spec.nodeAffinity, before.nodeAffinity)) {
    return errors;
  }
  const shown = spec.nodeAffinity ? goValue('core.VolumeNodeAffinity', spec.nodeAffinity) : null;
  const text = `${immutableText}, except for updating from beta label to GA`;
  return [...errors, invalid('nodeAffinity', shown, text)];
}

const mostParameters = 512;
const mostParameterBytes = 256 * 1024;

function validateParameters(parameters: StorageClass['parameters']): readonly FieldError[] {
  const entries = sortedEntries(parameters);
  if (entries.length > mostParameters) {
    return [tooLong('parameters', mostParameters)];
  }
  const empty = entries.filter(([key]) => key === '');
  const bytes = entries.reduce((sum, [key, text]) => sum + byteLength(key) + byteLength(text), 0);
  return [
    ...empty.map(() => invalid('parameters', '', 'field can not be empty.')),
    ...(bytes > mostParameterBytes ? [tooLong('parameters', mostParameterBytes)] : []),
  ];
}

function validateTopologies(terms: readonly TopologySelectorTerm[]): readonly FieldError[] {
  return terms.flatMap(({ matchLabelExpressions = [] }, index) => {
    const keys = new Set<string>();
    return matchLabelExpressions.flatMap(({ key, values = [] }, at) => {
      const path = `allowedTopologies[${index}].matchLabelExpressions[${at}]`;
      const isRepeated = keys.has(key);
      keys.add(key);
      return [
        ...(values.length === 0 ? [required(`${path}.values`)] : []),
        ...values.flatMap((one, place) =>
          values.indexOf(one) < place ? [duplicate(`${path}.values[${place}]`, one)] : [],
        ),
        ...qualifiedName(`${path}.key`, key),
        ...(isRepeated ? [duplicate(`${path}.key`, key)] : []),
      ];
    });
  });
}

export function validateStorageClass(object: StorageClass): readonly FieldError[] {
  const { provisioner, reclaimPolicy, volumeBindingMode } = object;
  const modes = ['Immediate', 'WaitForFirstConsumer'];
  return [
    ...judgeRequired('provisioner', provisioner, (text) => checkQualifiedName(text.toLowerCase())),
    ...validateParameters(object.parameters),
    ...(reclaimPolicy ? oneOf('reclaimPolicy', reclaimPolicy, ['Delete', 'Retain']) : []),
    ...(volumeBindingMode === undefined
      ? [required('volumeBindingMode')]
      : oneOfGiven('volumeBindingMode', volumeBindingMode, modes)),
    ...validateTopologies(object.allowedTopologies ?? []),
  ];
}

export function validateStorageClassUpdate(now: StorageClass, old: StorageClass) {
  const forbid = (name: 'parameters' | 'provisioner', what: string): readonly FieldError[] =>
    deepEqual(now[name], old[name]) ? [] : [forbidden(name, `updates to ${what} are forbidden.`)];
  const keep = (name: 'reclaimPolicy' | 'volumeBindingMode') =>
    immutable(name, now[name] === old[name], () => now[name] ?? null);
  return [
    ...forbid('parameters', 'parameters'),
    ...forbid('provisioner', 'provisioner'),
    ...(now.reclaimPolicy === old.reclaimPolicy
      ? []
      : [forbidden('reclaimPolicy', 'updates to reclaimPolicy are forbidden.')]),
    ...keep('volumeBindingMode'),
  ];
}
