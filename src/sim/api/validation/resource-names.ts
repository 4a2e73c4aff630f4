// Names of resources and what holds for their amounts (pkg/apis/core/helper/helpers.go, validation.go).
import { invalid, type FieldError, type GoValue } from '../messages.ts';
import { checkQualifiedName } from '../names.ts';
import { compareQuantities, parseQuantity } from '../quantity.ts';
import { goQuantity } from './go-quantity.ts';

const forContainers = ['cpu', 'memory', 'ephemeral-storage'];

const integers = [
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
];

const forQuotas = [
  'cpu',
  'memory',
  'ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  ...integers,
];

const standard = new Set([...forQuotas, 'storage']);

const isHugePagesRequest = (name: string): boolean => name.startsWith('requests.hugepages-');

export const isHugePages = (name: string): boolean => name.startsWith('hugepages-');

const isStandard = (name: string): boolean =>
  standard.has(name) || isHugePages(name) || isHugePagesRequest(name);

export const isStandardForQuota = (name: string): boolean =>
  forQuotas.includes(name) || isHugePages(name) || isHugePagesRequest(name);

/** Without a prefix, or with one of Kubernetes' own. */
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');

/** Made by a vendor: `example.com/gpu`. Such resources come in whole numbers and are not shared. */
export function isExtended(name: string): boolean {
  if (isNative(name) || name.startsWith('requests.')) return false;
  return checkQualifiedName(`requests.${name}`).length === 0;
}

/** Whether limits of all containers may add up to more than there is. */
export const mayOvercommit = (name: string): boolean => isNative(name) && !isHugePages(name);

const isInteger = (name: string): boolean => integers.includes(name) || isExtended(name);

const shown = (name: string): GoValue => ({ go: name });

export function validateResourceName(name: string, field: string): readonly FieldError[] {
  const errors = checkQualifiedName(name).map((text) => invalid(field, shown(name), text));
  if (errors.length > 0 || name.includes('/') || isStandard(name)) return errors;
  return [invalid(field, shown(name), 'must be a standard resource type or fully qualified')];
}

export function validateContainerResourceName(name: string, field: string): readonly FieldError[] {
  const errors = validateResourceName(name, field);
  if (!name.includes('/')) {
    if (forContainers.includes(name) || isHugePages(name)) return errors;
    return [...errors, invalid(field, shown(name), 'must be a standard resource for containers')];
  }
  if (isNative(name) || isExtended(name)) return errors;
  return [...errors, invalid(field, shown(name), "doesn't follow extended resource name standard")];
}

export function validateQuotaResourceName(name: string, field: string): readonly FieldError[] {
  const errors = validateResourceName(name, field);
  if (name.includes('/') || isStandardForQuota(name)) return errors;
  return [...errors, invalid(field, shown(name), 'must be a standard resource for quota')];
}

/** An amount that is not negative, and whole where its resource only comes so. */
export function validateAmount(name: string, amount: string, field: string): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (compareQuantities(amount, '0') < 0) {
    errors.push(invalid(field, amount, 'must be greater than or equal to 0'));
  }
  const nanos = parseQuantity(amount)?.nanos ?? 0n;
  if (isInteger(name) && nanos % 1_000_000_000n !== 0n) {
    errors.push(invalid(field, goQuantity(amount), 'must be an integer'));
  }
  return errors;
}
