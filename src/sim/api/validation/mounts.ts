// Where a container mounts volumes and finds block devices (ValidateVolumeMounts, ValidateVolumeDevices).
import type { Container, Volume, VolumeMount } from '../generated/types.ts';
import {
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
  type FieldError,
} from '../messages.ts';
import { descendingPath, noBacksteps } from './paths.ts';
import { oneOf, present } from './rules.ts';

const propagations = ['Bidirectional', 'HostToContainer', 'None'];

function validatePropagation(
  { mountPropagation }: VolumeMount,
  { securityContext }: Container,
  field: string,
): readonly FieldError[] {
  if (mountPropagation === undefined) return [];
  const errors = [...oneOf(field, mountPropagation, propagations)];
  if (mountPropagation === 'Bidirectional' && securityContext?.privileged !== true) {
    const text = 'Bidirectional mount propagation is available only to privileged containers';
    errors.push(forbidden(field, text));
  }
  return errors;
}

function validateRecursion(mount: VolumeMount, field: string): readonly FieldError[] {
  const { recursiveReadOnly, readOnly, mountPropagation } = mount;
  switch (recursiveReadOnly) {
    case undefined:
    case 'Disabled':
      return [];
    case 'Enabled':
    case 'IfPossible': {
      const errors: FieldError[] = [];
      if (readOnly !== true) {
        errors.push(forbidden(field, 'may only be specified when readOnly is true'));
      }
      if (mountPropagation !== undefined && mountPropagation !== 'None') {
        const text = 'may only be specified when mountPropagation is None or not specified';
        errors.push(forbidden(field, text));
      }
      return errors;
    }
    default:
      return [notSupported(field, recursiveReadOnly, ['Disabled', 'Enabled', 'IfPossible'])];
  }
}

/** The errors about a path inside the volume have no index: the server tells them of the list. */
function validateSubPath(mount: VolumeMount, field: string, list: string): readonly FieldError[] {
  const { subPath, subPathExpr } = mount;
  const errors = subPath ? [...descendingPath(`${list}.subPath`, subPath)] : [];
  if (!subPathExpr) return errors;
  if (subPath) {
    const text = 'subPathExpr and subPath are mutually exclusive';
    errors.push(invalid(`${field}.subPathExpr`, subPathExpr, text));
  }
  return [...errors, ...descendingPath(`${list}.subPathExpr`, subPathExpr)];
}

/** @param field of the container */
export function validateMounts(
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
  field: string,
): readonly FieldError[] {
  const list = `${field}.volumeMounts`;
  const devices = container.volumeDevices ?? [];
  const paths = new Set<string>();
  return (container.volumeMounts ?? []).flatMap((mount, index) => {
    const at = `${list}[${index}]`;
    const { name, mountPath } = mount;
    const errors = [
      ...present(`${at}.name`, name),
      ...(volumes.has(name ?? '') ? [] : [notFound(`${at}.name`, name ?? '')]),
      ...present(`${at}.mountPath`, mountPath),
    ];
    if (paths.has(mountPath)) {
      errors.push(invalid(`${at}.mountPath`, mountPath ?? '', 'must be unique'));
    }
    paths.add(mountPath);
    if (devices.some((device) => device.name === name)) {
      errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeDevices'));
    }
    if (devices.some((device) => device.devicePath === mountPath)) {
      const text = 'must not already exist as a path in volumeDevices';
      errors.push(invalid(`${at}.mountPath`, mountPath, text));
    }
    return [
      ...errors,
      ...validateSubPath(mount, at, list),
      ...validatePropagation(mount, container, `${list}.mountPropagation`),
      ...validateRecursion(mount, `${list}.recursiveReadOnly`),
    ];
  });
}

function validateDevicePath(
  path: string,
  field: string,
  paths: Set<string>,
): readonly FieldError[] {
  const errors = [...present(field, path)];
  if (paths.has(path)) errors.push(invalid(field, path, 'must be unique'));
  if (noBacksteps(field, path).length > 0) {
    return [...errors, invalid(field, path, "can not contain backsteps ('..')")];
  }
  paths.add(path);
  return errors;
}

/** @param field of the container */
export function validateDevices(
  container: Container,
  volumes: ReadonlyMap<string, Volume>,
  field: string,
): readonly FieldError[] {
  const mounts = container.volumeMounts ?? [];
  const names = new Set<string>();
  const paths = new Set<string>();
  return (container.volumeDevices ?? []).flatMap(({ name = '', devicePath = '' }, index) => {
    const at = `${field}.volumeDevices[${index}]`;
    const errors: FieldError[] = name === '' ? [required(`${at}.name`)] : [];
    if (names.has(name)) errors.push(invalid(`${at}.name`, name, 'must be unique'));
    const volume = volumes.get(name);
    if (volume === undefined) errors.push(notFound(`${at}.name`, name));
    else if (volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined) {
      const text =
        'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode';
      errors.push(invalid(`${at}.name`, name, text));
    }
    errors.push(...validateDevicePath(devicePath, `${at}.devicePath`, paths));
    if (mounts.some((mount) => mount.name === name)) {
      errors.push(invalid(`${at}.name`, name, 'must not already exist in volumeMounts'));
    }
    if (mounts.some((mount) => mount.mountPath === devicePath)) {
      const text = 'must not already exist as a path in volumeMounts';
      errors.push(invalid(`${at}.devicePath`, devicePath, text));
    }
    if (name !== '') names.add(name);
    return errors;
  });
}
