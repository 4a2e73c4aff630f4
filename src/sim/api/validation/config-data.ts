// ConfigMaps and Secrets (ValidateConfigMap, ValidateSecret and their updates).
import type { ConfigMap, Secret } from '../generated/types.ts';
import { decodeBase64 } from '../base64.ts';
import { decodedLength } from '../decoding/base64.ts';
import { forbidden, invalid, required, tooLong, type FieldError } from '../messages.ts';
import { byteLength, checkConfigKey } from '../names.ts';
import { deepEqual } from '../patch/json.ts';
import { jsonObjectError } from '../yaml/json-syntax.ts';
import { immutable, judge, sortedEntries } from './rules.ts';

type Data = Readonly<Record<string, string>> | undefined;

/** What one object of either kind can hold. */
const mostBytes = 1024 * 1024;

const sum = (data: Data, bytesOf: (value: string) => number): number =>
  Object.values(data ?? {}).reduce((bytes, value) => bytes + bytesOf(value), 0);

export function validateConfigMap({ data, binaryData }: ConfigMap): readonly FieldError[] {
  const twice = 'duplicate of key present in binaryData';
  const bytes = sum(data, byteLength) + sum(binaryData, decodedLength);
  return [
    ...sortedEntries(data).flatMap(([key]) => [
      ...judge(`data[${key}]`, key, checkConfigKey),
      ...(Object.hasOwn(binaryData ?? {}, key) ? [invalid(`data[${key}]`, key, twice)] : []),
    ]),
    ...sortedEntries(binaryData).flatMap(([key]) =>
      judge(`binaryData[${key}]`, key, checkConfigKey),
    ),
    // No field: the error is about the object as a whole.
    ...(bytes > mostBytes ? [tooLong('', mostBytes)] : []),
  ];
}

const accountAnnotation = 'kubernetes.io/service-account.name';

const missing = (data: Data, keys: readonly string[]): readonly FieldError[] =>
  keys.filter((key) => data?.[key] === undefined).map((key) => required(`data[${key}]`));

function validateDocker(data: Data, key: string): readonly FieldError[] {
  const content = data?.[key];
  if (content === undefined) return missing(data, [key]);
  const error = jsonObjectError(decodeBase64(content) ?? '');
  return error === undefined ? [] : [invalid(`data[${key}]`, '<secret contents redacted>', error)];
}

/** What a Secret of one of Kubernetes' own types has to hold. */
function validateType({ type, data, metadata }: Secret): readonly FieldError[] {
  switch (type) {
    case 'kubernetes.io/service-account-token':
      return metadata?.annotations?.[accountAnnotation]
        ? []
        : [required(`metadata.annotations[${accountAnnotation}]`)];
    case 'kubernetes.io/dockercfg':
      return validateDocker(data, '.dockercfg');
    case 'kubernetes.io/dockerconfigjson':
      return validateDocker(data, '.dockerconfigjson');
    case 'kubernetes.io/basic-auth': {
      const absent = missing(data, ['username', 'password']);
      return absent.length === 2 ? absent : [];
    }
    case 'kubernetes.io/ssh-auth':
      return data?.['ssh-privatekey'] ? [] : [required('data[ssh-privatekey]')];
    case 'kubernetes.io/tls':
      return missing(data, ['tls.crt', 'tls.key']);
    default:
      return [];
  }
}

export function validateSecret(secret: Secret): readonly FieldError[] {
  const { data } = secret;
  return [
    ...sortedEntries(data).flatMap(([key]) => judge(`data[${key}]`, key, checkConfigKey)),
    ...(sum(data, decodedLength) > mostBytes ? [tooLong('data', mostBytes)] : []),
    ...validateType(secret),
  ];
}

interface Content {
  readonly immutable?: boolean | undefined;
  readonly data?: Data;
  readonly binaryData?: Data;
}

/** An immutable one keeps its content, and stays immutable. */
function validateContentKept(now: Content, old: Content): readonly FieldError[] {
  if (old.immutable !== true) return [];
  const text = 'field is immutable when `immutable` is set';
  const isSame = (field: 'data' | 'binaryData'): boolean =>
    deepEqual(now[field] ?? {}, old[field] ?? {});
  return [
    ...(now.immutable === true ? [] : [forbidden('immutable', text)]),
    ...(isSame('data') ? [] : [forbidden('data', text)]),
    ...(isSame('binaryData') ? [] : [forbidden('binaryData', text)]),
  ];
}

export const validateConfigMapUpdate = (now: ConfigMap, old: ConfigMap): readonly FieldError[] => [
  ...validateContentKept(now, old),
  ...validateConfigMap(now),
];

export const validateSecretUpdate = (now: Secret, old: Secret): readonly FieldError[] => [
  ...immutable('type', now.type === old.type, () => now.type ?? ''),
  ...validateContentKept(now, old),
  ...validateSecret(now),
];
