// What a whole Pod requests and is limited to (component-helpers/resource PodRequests, PodLimits).
import type { Container, PodSpec } from '../../api/generated/types.ts';
import { addQuantities, compareQuantities } from '../../api/quantity.ts';

export type Resources = Readonly<Record<string, string>>;

/** Sums, resource by resource; a resource of one side alone counts as it is. */
export function addResources(a: Resources, b: Resources): Resources {
  const sum: Record<string, string> = { ...a };
  for (const [name, quantity] of Object.entries(b)) {
    sum[name] = sum[name] === undefined ? quantity : addQuantities(sum[name], quantity);
  }
  return sum;
}

function maxResources(a: Resources, b: Resources): Resources {
  const max: Record<string, string> = { ...a };
  for (const [name, quantity] of Object.entries(b)) {
    if (max[name] === undefined || compareQuantities(quantity, max[name]) > 0) max[name] = quantity;
  }
  return max;
}

type Part = 'requests' | 'limits';

const resourcesOf = (container: Container, part: Part): Resources =>
  container.resources?.[part] ?? {};

/**
 * Containers and sidecars together, or the most that init containers take beside the sidecars before them, whichever
 * is more; then the overhead. Resources of the Pod as a whole replace those of its containers.
 */
export function podResources(spec: PodSpec, part: Part): Resources {
  let running: Resources = {};
  for (const container of spec.containers)
    running = addResources(running, resourcesOf(container, part));
  let sidecars: Resources = {};
  let starting: Resources = {};
  for (const container of spec.initContainers ?? []) {
    const own = resourcesOf(container, part);
    if (container.restartPolicy === 'Always') {
      running = addResources(running, own);
      sidecars = addResources(sidecars, own);
      starting = maxResources(starting, sidecars);
    } else starting = maxResources(starting, addResources(own, sidecars));
  }
  const containers = maxResources(running, starting);
  const total = { ...containers, ...spec.resources?.[part] };
  return spec.overhead === undefined ? total : addResources(total, spec.overhead);
}
