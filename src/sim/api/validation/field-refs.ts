// References to fields of the Pod and to resources of its containers (validateObjectFieldSelector and its like).
import type { ObjectFieldSelector, ResourceFieldSelector } from '../generated/types.ts';
import { invalid, notSupported, required, type FieldError } from '../messages.ts';
import { checkQualifiedName } from '../names.ts';
import { canonicalQuantity, compareQuantities } from '../quantity.ts';
import { judge } from './rules.ts';

/** Paths that can be referred to at all; each use knows fewer (podshelper.ConvertDownwardAPIFieldLabel). */
const known = new Set([
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.restartPolicy',
  'spec.serviceAccountName',
  'spec.schedulerName',
  'status.phase',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
  'spec.host',
]);

/** `metadata.labels['app']` in its two parts. */
function splitSubscript(path: string): readonly [string, string] | undefined {
  if (!path.endsWith("']")) return undefined;
  const at = path.indexOf("['");
  return at <= 0 ? undefined : [path.slice(0, at), path.slice(at + 2, -2)];
}

function conversionError(apiVersion: string, path: string): string | undefined {
  if (apiVersion !== 'v1') return `unsupported pod version: ${apiVersion}`;
  const [head] = splitSubscript(path) ?? [];
  if (head === undefined) return known.has(path) ? undefined : `field label not supported: ${path}`;
  const isMap = head === 'metadata.annotations' || head === 'metadata.labels';
  return isMap ? undefined : `field label does not support subscript: ${path}`;
}

/** @param supported in alphabetical order */
export function validateFieldRef(
  { apiVersion = '', fieldPath }: ObjectFieldSelector,
  supported: readonly string[],
  field: string,
): readonly FieldError[] {
  if (apiVersion === '') return [required(`${field}.apiVersion`)];
  if (!fieldPath) return [required(`${field}.fieldPath`)];
  const why = conversionError(apiVersion, fieldPath);
  if (why !== undefined) {
    return [invalid(`${field}.fieldPath`, fieldPath, `error converting fieldPath: ${why}`)];
  }
  const subscripted = splitSubscript(fieldPath);
  if (subscripted !== undefined) {
    const [head, key] = subscripted;
    const given = head === 'metadata.annotations' ? key.toLowerCase() : key;
    return judge(field, given, checkQualifiedName);
  }
  const path = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
  return supported.includes(path) ? [] : [notSupported(`${field}.fieldPath`, path, supported)];
}

const resources = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
];
const isHugePages = (resource: string): boolean => /^(requests|limits)\.hugepages-/.test(resource);

const binaryDivisors = ['', 'k', 'M', 'G', 'T', 'P', 'E', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map(
  (unit) => `1${unit}`,
);

/** The divisors of a resource, and the words of the error about others. */
function divisorsOf(resource: string): readonly [readonly string[], string] | undefined {
  const sizes = `only divisor's values ${binaryDivisors.join(', ')} are supported with the`;
  if (isHugePages(resource)) return [binaryDivisors, `${sizes} hugepages resource`];
  switch (resource.slice(resource.indexOf('.') + 1)) {
    case 'cpu':
      return [['1m', '1'], "only divisor's values 1m and 1 are supported with the cpu resource"];
    case 'memory':
      return [binaryDivisors, `${sizes} memory resource`];
    case 'ephemeral-storage':
      return [binaryDivisors, `${sizes} local ephemeral storage resource`];
    default:
      return undefined;
  }
}

function validateDivisor(resource: string, divisor: string, field: string): readonly FieldError[] {
  if (compareQuantities(divisor, '0') === 0) return [];
  if (!resources.includes(resource) && !isHugePages(resource)) return [];
  const [allowed, text] = divisorsOf(resource) ?? [[], ''];
  if (text === '' || allowed.includes(canonicalQuantity(divisor))) return [];
  return [invalid(`${field}.divisor`, resource, text)];
}

/** @param inVolume a file of a volume must say which container it means */
export function validateResourceRef(
  { containerName, resource, divisor = '0' }: ResourceFieldSelector,
  inVolume: boolean,
  field: string,
): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (inVolume && !containerName) errors.push(required(`${field}.containerName`));
  else if (!resource) errors.push(required(`${field}.resource`));
  else if (!resources.includes(resource) && !isHugePages(resource)) {
    errors.push(notSupported(`${field}.resource`, resource, resources));
  }
  return [...errors, ...validateDivisor(resource ?? '', divisor, field)];
}
