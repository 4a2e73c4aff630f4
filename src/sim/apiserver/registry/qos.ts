// Quality of service of a Pod (pkg/apis/core/v1/helper/qos).
import type { PodSpec, ResourceRequirements } from '../../api/generated/types.ts';
import { addQuantities, compareQuantities } from '../../api/quantity.ts';

type Resources = Readonly<Record<string, string>>;

const counted = ['cpu', 'memory'] as const;

const known = new Map<string, boolean>();
const maxKnown = 1000;

/** Whether a quantity is more than nothing; the same few texts are asked about over and over. */
function isMoreThanZero(quantity: string): boolean {
  let answer = known.get(quantity);
  if (answer === undefined) {
    answer = compareQuantities(quantity, '0') > 0;
    if (known.size >= maxKnown) known.clear();
    known.set(quantity, answer);
  }
  return answer;
}

function isPositive(resources: Resources | undefined, name: string): boolean {
  const quantity = resources?.[name];
  return quantity !== undefined && isMoreThanZero(quantity);
}

/**
 * BestEffort without any request or limit of CPU or memory; Guaranteed when every container limits both and all
 * requests equal all limits; Burstable otherwise. Init containers count, ephemeral ones do not.
 */
export function computeQosClass(
  spec: PodSpec | undefined,
): 'BestEffort' | 'Guaranteed' | 'Burstable' {
  const podLevel = spec?.resources;
  const all: readonly (ResourceRequirements | undefined)[] =
    podLevel === undefined
      ? [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].map(
          ({ resources }) => resources,
        )
      : [podLevel];
  let isAnySet = false;
  let isEveryLimited = true;
  for (const resources of all) {
    for (const name of counted) {
      const isLimited = isPositive(resources?.limits, name);
      if (isLimited || isPositive(resources?.requests, name)) isAnySet = true;
      if (!isLimited) isEveryLimited = false;
    }
  }
  if (!isAnySet) return 'BestEffort';
  const isEqual = (name: string): boolean =>
    compareQuantities(sum(all, 'requests', name), sum(all, 'limits', name)) === 0;
  return isEveryLimited && counted.every(isEqual) ? 'Guaranteed' : 'Burstable';
}

function sum(
  all: readonly (ResourceRequirements | undefined)[],
  part: 'requests' | 'limits',
  name: string,
): string {
  return all.reduce(
    (total, resources) => addQuantities(total, resources?.[part]?.[name] ?? '0'),
    '0',
  );
}
