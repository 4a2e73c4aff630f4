// Requests and limits of containers (validateResourceRequirements).
import type { ResourceRequirements } from '../generated/types.ts';
import { duplicate, forbidden, invalid, notFound, required, type FieldError } from '../messages.ts';
import { canonicalQuantity, compareQuantities, value } from '../quantity.ts';
import {
  isHugePages,
  mayOvercommit,
  validateAmount,
  validateContainerResourceName,
} from './resource-names.ts';
import { sortedEntries } from './rules.ts';

/** Huge pages come in whole pages, whose size stands in the name. */
function validatePages(name: string, amount: string, field: string): readonly FieldError[] {
  if (!isHugePages(name)) return [];
  const size = value(name.slice('hugepages-'.length));
  if (size > 0 && value(amount) % size === 0) return [];
  const text = canonicalQuantity(amount);
  return [invalid(field, text, `${text} is not positive integer multiple of ${name}`)];
}

function validateOne(name: string, amount: string, field: string): readonly FieldError[] {
  return [
    ...validateContainerResourceName(name, field),
    ...validateAmount(name, canonicalQuantity(amount), field),
  ];
}

/** What a request may be beside its limit. */
function validateBesideLimit(
  name: string,
  amount: string,
  limit: string | undefined,
  field: string,
): readonly FieldError[] {
  if (limit === undefined) {
    if (mayOvercommit(name)) return [];
    return [required(`${field}.limits`, 'Limit must be set for non overcommitable resources')];
  }
  const order = compareQuantities(amount, limit);
  const shown = canonicalQuantity(amount);
  const rest = `${name} limit of ${canonicalQuantity(limit)}`;
  if (order !== 0 && !mayOvercommit(name)) {
    return [invalid(`${field}.requests`, shown, `must be equal to ${rest}`)];
  }
  if (order <= 0) return [];
  return [invalid(`${field}.requests`, shown, `must be less than or equal to ${rest}`)];
}

/** Claims are made to devices that a Pod asks for in `spec.resourceClaims`; the cluster has none. */
function validateClaims(
  claims: ResourceRequirements['claims'],
  field: string,
): readonly FieldError[] {
  const names = new Set<string>();
  return (claims ?? []).flatMap(({ name }, index) => {
    const at = `${field}[${index}]`;
    if (!name) return [required(at)];
    const isTaken = names.has(name);
    names.add(name);
    const why = 'must be one of the names in pod.spec.resourceClaims which is empty';
    return [...(isTaken ? [duplicate(at, name)] : []), notFound(at, name, why)];
  });
}

/** @param field ends in `resources` */
export function validateResources(
  resources: ResourceRequirements | undefined,
  field: string,
): readonly FieldError[] {
  const { limits, requests, claims } = resources ?? {};
  const errors: FieldError[] = [];
  for (const [name, amount] of sortedEntries(limits)) {
    const at = `${field}.limits[${name}]`;
    errors.push(...validateOne(name, amount, at), ...validatePages(name, amount, at));
  }
  for (const [name, amount] of sortedEntries(requests)) {
    const at = `${field}.requests[${name}]`;
    errors.push(
      ...validateOne(name, amount, at),
      ...validateBesideLimit(name, amount, limits?.[name], field),
      ...validatePages(name, amount, at),
    );
  }
  const names = [...Object.keys(limits ?? {}), ...Object.keys(requests ?? {})];
  const isCompute = names.some((name) => name === 'cpu' || name === 'memory');
  if (!isCompute && names.some(isHugePages)) {
    errors.push(forbidden(field, 'HugePages require cpu or memory'));
  }
  return [...errors, ...validateClaims(claims, `${field}.claims`)];
}
