// The bounds of one LimitRange item (plugin/pkg/admission/limitranger: minConstraint, maxConstraint,
// limitRequestRatioConstraint).
import type { LimitRangeItem } from '../../api/generated/types.ts';
import { canonicalQuantity, compareQuantities, parseQuantity } from '../../api/quantity.ts';
import type { Resources } from './pod-resources.ts';

const sorted = (bounds: Resources | undefined): readonly (readonly [string, string])[] =>
  Object.entries(bounds ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));

/** What requests and limits break, in the server's words: minima, maxima, then ratios. */
export function checkConstraints(
  item: LimitRangeItem,
  requests: Resources,
  limits: Resources,
): readonly string[] {
  const { type } = item;
  const texts: (string | undefined)[] = [];
  for (const [name, bound] of sorted(item.min))
    texts.push(checkMin(name, type, bound, requests, limits));
  for (const [name, bound] of sorted(item.max))
    texts.push(checkMax(name, type, bound, requests, limits));
  for (const [name, bound] of sorted(item.maxLimitRequestRatio)) {
    texts.push(checkRatio(name, type, bound, requests, limits));
  }
  return texts.filter((text) => text !== undefined);
}

/** The same for kinds that only request: claims. */
export function checkRequestBounds(item: LimitRangeItem, requests: Resources): readonly string[] {
  const { type } = item;
  const texts: (string | undefined)[] = [];
  for (const [name, bound] of sorted(item.min))
    texts.push(checkMin(name, type, bound, requests, {}));
  for (const [name, bound] of sorted(item.max)) {
    const head = `maximum ${name} usage per ${type} is ${canonicalQuantity(bound)}`;
    const request = requests[name];
    if (request === undefined) texts.push(`${head}.  No request is specified`);
    else if (compareQuantities(request, bound) > 0)
      texts.push(`${head}, but request is ${request}`);
  }
  return texts.filter((text) => text !== undefined);
}

function checkMin(
  name: string,
  type: string,
  bound: string,
  requests: Resources,
  limits: Resources,
): string | undefined {
  const head = `minimum ${name} usage per ${type} is ${canonicalQuantity(bound)}`;
  const [request, limit] = [requests[name], limits[name]];
  if (request === undefined) return `${head}.  No request is specified`;
  if (compareQuantities(request, bound) < 0) return `${head}, but request is ${request}`;
  if (limit !== undefined && compareQuantities(limit, bound) < 0) {
    return `${head}, but limit is ${limit}`;
  }
  return undefined;
}

function checkMax(
  name: string,
  type: string,
  bound: string,
  requests: Resources,
  limits: Resources,
): string | undefined {
  const head = `maximum ${name} usage per ${type} is ${canonicalQuantity(bound)}`;
  const [request, limit] = [requests[name], limits[name]];
  if (limit === undefined) return `${head}.  No limit is specified`;
  if (compareQuantities(limit, bound) > 0) return `${head}, but limit is ${limit}`;
  if (request !== undefined && compareQuantities(request, bound) > 0) {
    return `${head}, but request is ${request}`;
  }
  return undefined;
}

const amount = (quantity: string | undefined): number =>
  Number(parseQuantity(quantity ?? '0')?.nanos ?? 0n);

function checkRatio(
  name: string,
  type: string,
  bound: string,
  requests: Resources,
  limits: Resources,
): string | undefined {
  const head = `${name} max limit to request ratio per ${type} is ${canonicalQuantity(bound)}`;
  const [request, limit] = [amount(requests[name]), amount(limits[name])];
  if (request === 0) return `${head}, but no request is specified or request is 0`;
  if (limit === 0) return `${head}, but no limit is specified or limit is 0`;
  const ratio = limit / request;
  if (ratio <= amount(bound) / 1e9) return undefined;
  return `${head}, but provided ratio is ${ratio.toFixed(6)}`;
}
