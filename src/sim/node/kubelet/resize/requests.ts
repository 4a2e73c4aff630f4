// What a Pod asks of a node: the larger of its init steps and of everything that runs together
// (component-helpers resource.PodRequests).
import type { Container } from '../../../api/generated/types.ts';
import { addQuantities, compareQuantities } from '../../../api/quantity.ts';
import { initContainers, isSidecar, regularContainers, type PodObject } from '../pod.ts';

type Amounts = Readonly<Record<string, string>>;

/** The Pod's effective requests by resource name. */
export function podRequests(pod: PodObject): Amounts {
  let together = regularContainers(pod).reduce((sum, one) => add(sum, requestsOf(one)), {});
  let sidecars: Amounts = {};
  let largestInit: Amounts = {};
  for (const container of initContainers(pod)) {
    const own = requestsOf(container);
    if (isSidecar(container)) {
      sidecars = add(sidecars, own);
      together = add(together, own);
      largestInit = larger(largestInit, sidecars);
    } else {
      largestInit = larger(largestInit, add(sidecars, own));
    }
  }
  const amounts = larger(together, largestInit);
  return pod.spec.overhead === undefined ? amounts : add(amounts, pod.spec.overhead);
}

function requestsOf(container: Container): Amounts {
  return container.resources?.requests ?? {};
}

function add(a: Amounts, b: Amounts): Amounts {
  const sum: Record<string, string> = { ...a };
  for (const [name, amount] of Object.entries(b)) {
    sum[name] = sum[name] === undefined ? amount : addQuantities(sum[name], amount);
  }
  return sum;
}

function larger(a: Amounts, b: Amounts): Amounts {
  const most: Record<string, string> = { ...a };
  for (const [name, amount] of Object.entries(b)) {
    const known = most[name];
    if (known === undefined || compareQuantities(amount, known) > 0) most[name] = amount;
  }
  return most;
}
