// LimitRanges (ValidateLimitRange).
import type { LimitRange, LimitRangeItem } from '../generated/types.ts';
import { duplicate, forbidden, invalid, required, type FieldError } from '../messages.ts';
import { checkQualifiedName } from '../names.ts';
import { canonicalQuantity, compareQuantities, milliValue, value } from '../quantity.ts';
import { goQuantity } from './go-quantity.ts';
import {
  mayOvercommit,
  validateContainerResourceName,
  validateResourceName,
} from './resource-names.ts';
import { judge, sortedEntries } from './rules.ts';

const types = ['Pod', 'Container', 'PersistentVolumeClaim'];

function validateType(type: string, field: string): readonly FieldError[] {
  const errors = judge(field, type, checkQualifiedName);
  if (errors.length > 0 || type.includes('/') || types.includes(type)) return errors;
  return [invalid(field, type, 'must be a standard limit type or fully qualified')];
}

type ListName = 'max' | 'min' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio';

/** The amounts of one resource in a limit. */
type Amounts = Readonly<Partial<Record<ListName, string>>>;

/** Above this an amount is not counted in thousandths. */
const mostMilli = Math.floor(2 ** 63 / 1000);

/** How often the smallest amount fits into the largest, if the ratio asked for is more than that. */
function exceededRatio({ min, max, maxLimitRequestRatio: ratio }: Amounts): number | undefined {
  if (min === undefined || max === undefined || ratio === undefined) return undefined;
  const isSmall = [min, max, ratio].every((amount) => value(amount) < mostMilli);
  const most = isSmall ? milliValue(max) / milliValue(min) : value(max) / value(min);
  const asked = isSmall ? milliValue(ratio) / 1000 : value(ratio);
  return asked > most ? most : undefined;
}

/** What the amounts of a resource have to do with each other. */
function validateAmounts(amounts: Amounts, name: string, field: string): readonly FieldError[] {
  const {
    min,
    max,
    default: limit,
    defaultRequest: request,
    maxLimitRequestRatio: ratio,
  } = amounts;
  const errors: FieldError[] = [];
  const said = (list: ListName, shown: string, text: string): void => {
    errors.push(invalid(`${field}.${list}[${name}]`, goQuantity(shown), text));
  };
  const order = (
    [low, lowText]: readonly [string | undefined, string],
    [high, highText]: readonly [string | undefined, string],
    list: ListName,
    shown: string | undefined,
  ): void => {
    if (low === undefined || high === undefined || compareQuantities(low, high) <= 0) return;
    const [less, more] = [canonicalQuantity(low), canonicalQuantity(high)];
    said(list, shown ?? '', `${lowText} value ${less} is greater than ${highText} value ${more}`);
  };
  order([min, 'min'], [max, 'max'], 'min', min);
  order([min, 'min'], [request, 'default request'], 'defaultRequest', request);
  order([request, 'default request'], [max, 'max'], 'defaultRequest', request);
  order([request, 'default request'], [limit, 'default limit'], 'defaultRequest', request);
  order([min, 'min'], [limit, 'default'], 'default', min);
  order([limit, 'default'], [max, 'max'], 'default', max);
  if (ratio !== undefined && compareQuantities(ratio, '1') < 0) {
    said('maxLimitRequestRatio', ratio, `ratio ${canonicalQuantity(ratio)} is less than 1`);
  }
  const most = exceededRatio(amounts);
  if (most !== undefined && ratio !== undefined) {
    const text = `ratio ${canonicalQuantity(ratio)} is greater than max/min = ${most.toFixed(6)}`;
    said('maxLimitRequestRatio', ratio, text);
  }
  if (limit === undefined || request === undefined || mayOvercommit(name)) return errors;
  if (compareQuantities(limit, request) !== 0) {
    const [a, b] = [canonicalQuantity(limit), canonicalQuantity(request)];
    said(
      'defaultRequest',
      request,
      `default value ${a} must equal to defaultRequest value ${b} in ${name}`,
    );
  }
  return errors;
}

function validateItem(item: LimitRangeItem, field: string): readonly FieldError[] {
  const isPod = item.type === 'Pod';
  const checkName =
    isPod || item.type === 'Container' ? validateContainerResourceName : validateResourceName;
  const names = (list: ListName): readonly FieldError[] =>
    sortedEntries(item[list]).flatMap(([name]) => checkName(name, `${field}.${list}[${name}]`));
  const notForPods = (list: ListName): readonly FieldError[] =>
    Object.keys(item[list] ?? {}).length === 0
      ? []
      : [forbidden(`${field}.${list}`, "may not be specified when `type` is 'Pod'")];
  const defaults = (['default', 'defaultRequest'] as const).flatMap(isPod ? notForPods : names);
  const lacksStorage =
    item.type === 'PersistentVolumeClaim' &&
    item.min?.['storage'] === undefined &&
    item.max?.['storage'] === undefined;
  const text = 'either minimum or maximum storage value is required, but neither was provided';
  const lists: readonly ListName[] = [
    'max',
    'min',
    ...(isPod ? [] : (['default', 'defaultRequest'] as const)),
    'maxLimitRequestRatio',
  ];
  const resources = new Set(lists.flatMap((list) => Object.keys(item[list] ?? {})));
  return [
    ...names('max'),
    ...names('min'),
    ...defaults,
    ...(lacksStorage ? [required(`${field}.limits`, text)] : []),
    ...names('maxLimitRequestRatio'),
    ...[...resources].sort().flatMap((name) => {
      const amounts = Object.fromEntries(lists.map((list) => [list, item[list]?.[name]]));
      return validateAmounts(amounts, name, field);
    }),
  ];
}

export function validateLimitRange({ spec }: LimitRange): readonly FieldError[] {
  const seen = new Set<string>();
  return (spec?.limits ?? []).flatMap((item, index) => {
    const field = `spec.limits[${index}]`;
    const isRepeated = seen.has(item.type);
    seen.add(item.type);
    return [
      ...validateType(item.type, `${field}.type`),
      ...(isRepeated ? [duplicate(`${field}.type`, item.type)] : []),
      ...validateItem(item, field),
    ];
  });
}
