// Projected volumes and the files of the downward API (validateProjectionSources, validateDownwardAPIVolumeFile).
import type {
  ConfigMapVolumeSource,
  DownwardAPIVolumeFile,
  ProjectedVolumeSource,
  VolumeProjection,
} from '../generated/types.ts';
import { forbidden, invalid, required, type FieldError } from '../messages.ts';
import { validateFieldRef, validateResourceRef } from './field-refs.ts';
import { fileMode, localPath } from './paths.ts';
import { present } from './rules.ts';

type Items = ConfigMapVolumeSource['items'];

function validateItem(
  { key, path, mode }: NonNullable<Items>[number],
  field: string,
): readonly FieldError[] {
  return [
    ...present(`${field}.key`, key),
    ...present(`${field}.path`, path),
    ...localPath(`${field}.path`, path ?? ''),
    ...fileMode(`${field}.mode`, mode),
  ];
}

/** Which keys become which files. `field` is that of the volume source. */
export function validateItems(items: Items, field: string): readonly FieldError[] {
  return (items ?? []).flatMap((item, index) => validateItem(item, `${field}.items[${index}]`));
}

const podFields = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

/** Errors are told at the field of the volume: the server does not say which file it means. */
export function validateDownwardFile(
  { path, fieldRef, resourceFieldRef, mode }: DownwardAPIVolumeFile,
  field: string,
): readonly FieldError[] {
  const errors = [...present(`${field}.path`, path), ...localPath(`${field}.path`, path)];
  if (fieldRef !== undefined) {
    errors.push(...validateFieldRef(fieldRef, podFields, `${field}.fieldRef`));
    if (resourceFieldRef !== undefined) {
      const text = 'fieldRef and resourceFieldRef can not be specified simultaneously';
      errors.push(invalid(field, 'resource', text));
    }
  } else if (resourceFieldRef !== undefined) {
    errors.push(...validateResourceRef(resourceFieldRef, true, `${field}.resourceFieldRef`));
  } else errors.push(required(field, 'one of fieldRef and resourceFieldRef is required'));
  return [...errors, ...fileMode(`${field}.mode`, mode)];
}

/** Paths of all sources of one volume; each may be written once. */
class Paths {
  readonly #taken = new Set<string>();
  readonly #field: string;

  constructor(field: string) {
    this.#field = field;
  }

  /** @param shown what the error about a second use shows */
  take(path: string | undefined, shown: string): readonly FieldError[] {
    if (!path) return [];
    if (this.#taken.has(path)) return [invalid(this.#field, shown, 'conflicting duplicate paths')];
    this.#taken.add(path);
    return [];
  }
}

function validateKeys(
  source: { readonly name?: string | undefined; readonly items?: Items },
  field: string,
  paths: Paths,
): readonly FieldError[] {
  const { name = '', items = [] } = source;
  return [
    ...present(`${field}.name`, name),
    ...items.flatMap((item, index) => [
      ...validateItem(item, `${field}.items[${index}]`),
      ...paths.take(item.path, name),
    ]),
  ];
}

const shortestSeconds = 600;

function validateToken(
  { path, expirationSeconds = 3600 }: NonNullable<VolumeProjection['serviceAccountToken']>,
  field: string,
  volumeField: string,
): readonly FieldError[] {
  const at = `${field}.expirationSeconds`;
  const errors: FieldError[] = [];
  if (expirationSeconds < shortestSeconds) {
    errors.push(invalid(at, expirationSeconds, 'may not specify a duration less than 10 minutes'));
  }
  if (expirationSeconds > 2 ** 32) {
    errors.push(
      invalid(at, expirationSeconds, 'may not specify a duration larger than 2^32 seconds'),
    );
  }
  const pathField = `${volumeField}.path`;
  return [...errors, ...(path ? localPath(pathField, path) : [required(pathField)])];
}

function validateSource(
  source: VolumeProjection,
  field: string,
  volumeField: string,
  paths: Paths,
): readonly FieldError[] {
  const { secret, configMap, downwardAPI, serviceAccountToken } = source;
  const errors: FieldError[] = [];
  if (secret) errors.push(...validateKeys(secret, `${field}.secret`, paths));
  if (configMap) errors.push(...validateKeys(configMap, `${field}.configMap`, paths));
  for (const file of downwardAPI?.items ?? []) {
    errors.push(...validateDownwardFile(file, `${field}.downwardAPI`));
    errors.push(...paths.take(file.path, file.path));
  }
  if (serviceAccountToken) {
    errors.push(...validateToken(serviceAccountToken, `${field}.serviceAccountToken`, volumeField));
  }
  const given = [secret, configMap, downwardAPI, serviceAccountToken];
  if (given.filter((one) => one !== undefined).length > 1) {
    errors.push(forbidden(field, 'may not specify more than 1 volume type per source'));
  }
  return errors;
}

export function validateProjected(
  { defaultMode, sources }: ProjectedVolumeSource,
  field: string,
): readonly FieldError[] {
  const paths = new Paths(field);
  return [
    ...fileMode(`${field}.defaultMode`, defaultMode),
    ...(sources ?? []).flatMap((source, index) =>
      validateSource(source, `${field}.sources[${index}]`, field, paths),
    ),
  ];
}
