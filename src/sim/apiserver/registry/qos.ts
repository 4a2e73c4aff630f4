// Quality of service of a Pod (pkg/apis/core/v1/helper/qos).
import type { PodSpec, ResourceRequirements } from '../../api/generated/types.ts';
import { addQuantities, compareQuantities } from '../../api/quantity.ts';

type Resources = Readonly<Record<string, string>>;

const counted = ['cpu', 'memory'] as const;

function isPositive(resources: Resources | undefined, name: string): boolean {
  const quantity = resources?.[name];
  return quantity !== undefined && compareQuantities(quantity, '0') > 0;
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
  const sums = { requests: {}, limits: {} } as Record<
    'requests' | 'limits',
    Record<string, string>
  >;
  for (const resources of all) {
    for (const name of counted) {
      for (const part of ['requests', 'limits'] as const) {
        if (!isPositive(resources?.[part], name)) continue;
        isAnySet = true;
        sums[part][name] = addQuantities(sums[part][name] ?? '0', resources?.[part]?.[name] ?? '0');
      }
      if (!isPositive(resources?.limits, name)) isEveryLimited = false;
    }
  }
  if (!isAnySet) return 'BestEffort';
  const isEqual = counted.every(
    (name) => compareQuantities(sums.requests[name] ?? '0', sums.limits[name] ?? '0') === 0,
  );
  return isEveryLimited && isEqual ? 'Guaranteed' : 'Burstable';
}
