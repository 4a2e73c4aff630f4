// Volumes of a Pod and where containers mount them (ValidateVolumes, ValidateVolumeMounts).
import type { Container, Volume, VolumeProjection } from '../generated/types.ts';
import {
  duplicate,
  forbidden,
  invalid,
  notFound,
  notSupported,
  required,
  type FieldError,
} from '../messages.ts';
import { checkDns1123Label } from '../names.ts';
import { parseQuantity } from '../quantity.ts';

const hostPathTypes = [
  '',
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
];
const mode = 'must be a number between 0 and 0777 (octal), both inclusive';

function validateMode(value: number | undefined, field: string): readonly FieldError[] {
  return value === undefined || (value >= 0 && value <= 0o777) ? [] : [invalid(field, value, mode)];
}

/** A path that may not leave its folder. */
function validateLocalPath(path: string | undefined, field: string): readonly FieldError[] {
  if (path?.startsWith('/') === true) return [invalid(field, path, 'must be a relative path')];
  if (path?.split('/').includes('..') === true)
    return [invalid(field, path, "must not contain '..'")];
  return [];
}

type KeyItems = NonNullable<NonNullable<Volume['configMap']>['items']>;

function validateItems(items: KeyItems | undefined, field: string): readonly FieldError[] {
  return (items ?? []).flatMap((item, index) => {
    const path = `${field}.items[${index}]`;
    return [
      ...(item.key ? [] : [required(`${path}.key`)]),
      ...(item.path ? validateLocalPath(item.path, `${path}.path`) : [required(`${path}.path`)]),
      ...validateMode(item.mode, `${path}.mode`),
    ];
  });
}

type DownwardItems = NonNullable<NonNullable<Volume['downwardAPI']>['items']>;

function validateDownward(items: DownwardItems | undefined, field: string): readonly FieldError[] {
  return (items ?? []).flatMap((item, index) => {
    const path = `${field}[${index}]`;
    const { fieldRef, resourceFieldRef } = item;
    const both = fieldRef !== undefined && resourceFieldRef !== undefined;
    const neither = fieldRef === undefined && resourceFieldRef === undefined;
    return [
      ...(item.path ? validateLocalPath(item.path, `${path}.path`) : [required(`${path}.path`)]),
      ...(neither ? [required(path, 'one of fieldRef and resourceFieldRef is required')] : []),
      ...(both
        ? [
            invalid(
              path,
              'resource',
              'fieldRef and resourceFieldRef can not be specified simultaneously',
            ),
          ]
        : []),
    ];
  });
}

function validateProjection(source: VolumeProjection, field: string): readonly FieldError[] {
  const { secret, configMap, downwardAPI, serviceAccountToken } = source;
  const errors: FieldError[] = [];
  for (const [name, one] of [
    ['secret', secret],
    ['configMap', configMap],
  ] as const) {
    if (one === undefined) continue;
    if (!one.name) errors.push(required(`${field}.${name}.name`));
    errors.push(...validateItems(one.items, `${field}.${name}`));
  }
  if (downwardAPI)
    errors.push(...validateDownward(downwardAPI.items, `${field}.downwardAPI.items`));
  const seconds = serviceAccountToken?.expirationSeconds;
  if (seconds !== undefined && seconds < 600) {
    errors.push(
      invalid(
        `${field}.serviceAccountToken.expirationSeconds`,
        seconds,
        'may not specify a duration less than 10 minutes',
      ),
    );
  }
  return errors;
}

type SourceRule = (volume: Volume, field: string) => readonly FieldError[];

/** In the order in which the real function looks at them: the second source that is set is the one refused. */
const sources: readonly (readonly [keyof Volume & string, SourceRule])[] = [
  [
    'emptyDir',
    ({ emptyDir }, field) => {
      const limit = emptyDir?.sizeLimit;
      const negative = limit !== undefined && (parseQuantity(limit)?.nanos ?? 0n) < 0n;
      return negative
        ? [forbidden(`${field}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
        : [];
    },
  ],
  [
    'hostPath',
    ({ hostPath }, field) => {
      if (!hostPath?.path) return [required(`${field}.path`)];
      if (hostPath.path.split('/').includes('..')) {
        return [invalid(`${field}.path`, hostPath.path, "must not contain '..'")];
      }
      const type = hostPath.type ?? '';
      return hostPathTypes.includes(type)
        ? []
        : [notSupported(`${field}.type`, type, [...hostPathTypes].sort())];
    },
  ],
  [
    'secret',
    ({ secret }, field) => [
      ...(secret?.secretName ? [] : [required(`${field}.secretName`)]),
      ...validateMode(secret?.defaultMode, `${field}.defaultMode`),
      ...validateItems(secret?.items, field),
    ],
  ],
  [
    'nfs',
    ({ nfs }, field) => [
      ...(nfs?.server ? [] : [required(`${field}.server`)]),
      ...(nfs?.path ? [] : [required(`${field}.path`)]),
    ],
  ],
  [
    'persistentVolumeClaim',
    ({ persistentVolumeClaim }, field) =>
      persistentVolumeClaim?.claimName ? [] : [required(`${field}.claimName`)],
  ],
  [
    'downwardAPI',
    ({ downwardAPI }, field) => [
      ...validateMode(downwardAPI?.defaultMode, `${field}.defaultMode`),
      ...validateDownward(downwardAPI?.items, `${field}.items`),
    ],
  ],
  [
    'configMap',
    ({ configMap }, field) => [
      ...(configMap?.name ? [] : [required(`${field}.name`)]),
      ...validateMode(configMap?.defaultMode, `${field}.defaultMode`),
      ...validateItems(configMap?.items, field),
    ],
  ],
  [
    'projected',
    ({ projected }, field) => [
      ...validateMode(projected?.defaultMode, `${field}.defaultMode`),
      ...(projected?.sources ?? []).flatMap((source, index) =>
        validateProjection(source, `${field}.sources[${index}]`),
      ),
    ],
  ],
  ['csi', () => []],
  [
    'ephemeral',
    ({ ephemeral }, field) =>
      ephemeral?.volumeClaimTemplate ? [] : [required(`${field}.volumeClaimTemplate`)],
  ],
];

function validateSource(volume: Volume, field: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  for (const [name, rule] of sources) {
    if (volume[name] === undefined) continue;
    const path = `${field}.${name}`;
    if (count > 0) errors.push(forbidden(path, 'may not specify more than 1 volume type'));
    else errors.push(...rule(volume, path));
    count += 1;
  }
  const known = sources.map(([name]) => name as string);
  const others = Object.keys(volume).filter((name) => name !== 'name' && !known.includes(name));
  if (count + others.length === 0) errors.push(required(field, 'must specify a volume type'));
  return errors;
}

/** Checks volumes. `valid` then holds the names that mounts may use: those without errors of their own. */
export function validateVolumes(
  volumes: readonly Volume[],
  field: string,
): { readonly errors: readonly FieldError[]; readonly valid: ReadonlySet<string> } {
  const errors: FieldError[] = [];
  const valid = new Set<string>();
  const taken = new Set<string>();
  for (const [index, volume] of volumes.entries()) {
    const path = `${field}[${index}]`;
    const own = [...validateSource(volume, path)];
    if (!volume.name) own.push(required(`${path}.name`));
    else {
      own.push(
        ...checkDns1123Label(volume.name).map((text) => invalid(`${path}.name`, volume.name, text)),
      );
      if (taken.has(volume.name)) own.push(duplicate(`${path}.name`, volume.name));
    }
    if (own.length === 0) {
      taken.add(volume.name);
      valid.add(volume.name);
    }
    errors.push(...own);
  }
  return { errors, valid };
}

const propagation = ['Bidirectional', 'HostToContainer', 'None'];

/** Where one container mounts volumes. */
export function validateMounts(
  container: Pick<Container, 'volumeMounts'>,
  valid: ReadonlySet<string>,
  field: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  const paths = new Set<string>();
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const path = `${field}.volumeMounts[${index}]`;
    if (!mount.name) errors.push(required(`${path}.name`));
    else if (!valid.has(mount.name)) errors.push(notFound(`${path}.name`, mount.name));
    if (!mount.mountPath) errors.push(required(`${path}.mountPath`));
    if (mount.mountPath && paths.has(mount.mountPath)) {
      errors.push(invalid(`${path}.mountPath`, mount.mountPath, 'must be unique'));
    }
    paths.add(mount.mountPath);
    if (mount.subPath) errors.push(...validateLocalPath(mount.subPath, `${path}.subPath`));
    if (mount.subPathExpr) {
      if (mount.subPath) {
        errors.push(
          invalid(
            `${path}.subPathExpr`,
            mount.subPathExpr,
            'subPathExpr and subPath are mutually exclusive',
          ),
        );
      }
      errors.push(...validateLocalPath(mount.subPathExpr, `${path}.subPathExpr`));
    }
    if (mount.mountPropagation !== undefined && !propagation.includes(mount.mountPropagation)) {
      errors.push(notSupported(`${path}.mountPropagation`, mount.mountPropagation, propagation));
    }
  }
  return errors;
}
