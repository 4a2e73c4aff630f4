// Cluster IPs of Services and their families, new and changed (ValidateServiceClusterIPsRelatedFields, ValidateServiceUpdate).
import type { Service } from '../generated/types.ts';
import { isDualStack, parseIp } from '../ip.ts';
import {
  duplicate,
  forbidden,
  goStringList,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../messages.ts';
import { immutableText, ip, oneOfGiven } from './rules.ts';

type Spec = NonNullable<Service['spec']>;

const ipsField = 'spec.clusterIPs';
const familiesField = 'spec.ipFamilies';
const families = ['IPv4', 'IPv6'];
const onePerFamily = 'may specify no more than one IP for each IP family';

function validateBothForms({ clusterIP = '', clusterIPs }: Spec): readonly FieldError[] {
  const first = clusterIPs?.[0];
  if (clusterIP === '') {
    if (first === undefined) return [];
    const text = 'must be empty when `clusterIP` is not specified';
    return [invalid(ipsField, goStringList(clusterIPs), text)];
  }
  if (first === undefined) return [required(ipsField)];
  if (first === clusterIP) return [];
  return [invalid(ipsField, goStringList(clusterIPs), 'first value must match `clusterIP`')];
}

function validateFamilies({ ipFamilies = [], ipFamilyPolicy }: Spec): readonly FieldError[] {
  const seen = new Set<string>();
  const errors = ipFamilies.flatMap((family, index) => {
    const at = `${familiesField}[${index}]`;
    const isRepeated = seen.has(family);
    seen.add(family);
    return [
      ...(families.includes(family) ? [] : [notSupported(at, family, families)]),
      ...(isRepeated ? [duplicate(at, family)] : []),
    ];
  });
  const policies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];
  return [...errors, ...oneOfGiven('spec.ipFamilyPolicy', ipFamilyPolicy, policies)];
}

function validateFit({ clusterIPs = [], ipFamilies = [] }: Spec): readonly FieldError[] {
  if (clusterIPs[0] === 'None') return [];
  return clusterIPs.flatMap((address, index) => {
    const family = ipFamilies[index];
    const isV6 = parseIp(address)?.version === 6;
    const at = `${ipsField}[${index}]`;
    const expected = `expected an ${family} value as indicated by \`ipFamilies[${index}]\``;
    const isWrong = (family === 'IPv4' && isV6) || (family === 'IPv6' && !isV6);
    return isWrong ? [invalid(at, address, expected)] : [];
  });
}

export function validateAddresses(spec: Spec): readonly FieldError[] {
  if (spec.type === 'ExternalName') return [];
  const { clusterIPs = [] } = spec;
  const shown = goStringList(clusterIPs);
  const errors = [...validateBothForms(spec), ...validateFamilies(spec)];
  const count = errors.length;
  for (const [index, address] of clusterIPs.entries()) {
    if (index > 0 || address !== 'None') errors.push(...ip(`${ipsField}[${index}]`, address));
    else if (clusterIPs.length > 1) {
      errors.push(invalid(ipsField, shown, "'None' must be the first and only value"));
    }
  }
  const areBad = errors.length > count;
  if (clusterIPs.length > 2) errors.push(invalid(ipsField, shown, 'may only hold up to 2 values'));
  if (areBad) return errors;
  if (clusterIPs.length > 1 && !isDualStack(clusterIPs)) {
    errors.push(invalid(ipsField, shown, onePerFamily));
  }
  return [...errors, ...validateFit(spec)];
}

const isHeadless = ({ clusterIPs = [] }: Spec): boolean =>
  clusterIPs.length === 1 && clusterIPs[0] === 'None';

const once = 'may not change once set';

function validateSingleStack(spec: Spec, what: string): readonly FieldError[] {
  const { ipFamilyPolicy } = spec;
  if (ipFamilyPolicy === 'SingleStack') return [];
  const text = `must be set to 'SingleStack' when releasing the secondary ${what}`;
  return [invalid('spec.ipFamilyPolicy', ipFamilyPolicy ?? null, text)];
}

/** Addresses stay; a second one may come or go. */
function validateIpsKept(spec: Spec, old: Spec): readonly FieldError[] {
  const [now, before] = [spec.clusterIPs ?? [], old.clusterIPs ?? []];
  if (isHeadless(spec) && isHeadless(old)) return [];
  const shown = goStringList(spec.clusterIPs);
  if (now.length === before.length) {
    return before.flatMap((address, index) =>
      address === now[index] ? [] : [invalid(`${ipsField}[${index}]`, shown, once)],
    );
  }
  const first = `${ipsField}[0]`;
  const errors: FieldError[] = [];
  if (now.length === 0) errors.push(invalid(first, shown, 'primary clusterIP can not be unset'));
  else if (before.length > 0 && now[0] !== before[0]) errors.push(invalid(first, shown, once));
  if (before.length > now.length && now.length === 1) {
    errors.push(...validateSingleStack(spec, 'clusterIP'));
  }
  return errors;
}

function validateFamiliesKept(spec: Spec, old: Spec): readonly FieldError[] {
  const [now, before] = [spec.ipFamilies ?? [], old.ipFamilies ?? []];
  if (isHeadless(spec) || isHeadless(old)) return [];
  const first = `${familiesField}[0]`;
  if (now.length === before.length) {
    const shown = goStringList(spec.ipFamilies, 'core.IPFamily');
    const changed = before.filter((family, index) => family !== now[index]);
    return changed.map(() => invalid(first, shown, once));
  }
  const ips = goStringList(spec.clusterIPs);
  const errors: FieldError[] = [];
  const isLess = before.length > now.length;
  if (isLess && (spec.clusterIPs ?? []).length === 0) {
    const shown = goStringList(spec.ipFamilies, 'core.IPFamily');
    errors.push(invalid(first, shown, 'primary ipFamily can not be unset'));
  }
  if (now.length > 0 && before.length > 0 && now[0] !== before[0]) {
    errors.push(invalid(first, ips, once));
  }
  if (isLess && now.length === 1) errors.push(...validateSingleStack(spec, 'ipFamily'));
  return errors;
}

/** What may not change about a Service; the rules about what it is come after. */
export function validateServiceKept(service: Service, oldService: Service): readonly FieldError[] {
  const [spec, old] = [service.spec ?? {}, oldService.spec ?? {}];
  const wasOrIsName = spec.type === 'ExternalName' || old.type === 'ExternalName';
  const errors = wasOrIsName
    ? []
    : [...validateIpsKept(spec, old), ...validateFamiliesKept(spec, old)];
  const areBalancers = spec.type === 'LoadBalancer' && old.type === 'LoadBalancer';
  if (areBalancers && spec.loadBalancerClass !== old.loadBalancerClass) {
    errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, once));
  }
  const checks = (one: Spec): boolean =>
    one.type === 'LoadBalancer' && one.externalTrafficPolicy === 'Local';
  if (checks(spec) && checks(old) && spec.healthCheckNodePort !== old.healthCheckNodePort) {
    errors.push(forbidden('spec.healthCheckNodePort', immutableText));
  }
  return errors;
}
