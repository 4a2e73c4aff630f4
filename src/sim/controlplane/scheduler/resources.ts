// Requests of Pods as plain numbers: cpu in milli, everything else in units of its own.
import type { Container, PodSpec } from '../../api/generated/types.ts';
import { milliValue, value } from '../../api/quantity.ts';

export type Resources = ReadonlyMap<string, number>;

/** What scoring assumes for a container that requests nothing (pkg/scheduler/util/pod_resources.go). */
const assumedCpuMilli = 100;
const assumedMemoryBytes = 200 * 1024 * 1024;

/** Quantities of an object as numbers. */
export function quantities(map: Readonly<Record<string, string>> | undefined): Resources {
  return new Map(
    Object.entries(map ?? {}).map(([name, text]) => [
      name,
      name === 'cpu' ? milliValue(text) : value(text),
    ]),
  );
}

const isSidecar = ({ restartPolicy }: Container): boolean => restartPolicy === 'Always';

function add(sum: Map<string, number>, more: Resources): void {
  for (const [name, amount] of more) sum.set(name, (sum.get(name) ?? 0) + amount);
}

function raise(most: Map<string, number>, other: Resources): void {
  for (const [name, amount] of other) most.set(name, Math.max(most.get(name) ?? 0, amount));
}

/** The demand of a Pod given each container's: the sum of containers and sidecars, or the largest init step if higher. */
function demand(spec: PodSpec, of: (container: Container) => Resources): Map<string, number> {
  const total = new Map<string, number>();
  for (const container of spec.containers) add(total, of(container));
  const sidecarsSoFar = new Map<string, number>();
  const largestInit = new Map<string, number>();
  for (const container of spec.initContainers ?? []) {
    if (isSidecar(container)) {
      add(sidecarsSoFar, of(container));
      add(total, of(container));
      raise(largestInit, sidecarsSoFar);
    } else {
      const step = new Map(sidecarsSoFar);
      add(step, of(container));
      raise(largestInit, step);
    }
  }
  raise(total, largestInit);
  add(total, quantities(spec.overhead));
  return total;
}

/** What the scheduler reserves for a Pod (k8s.io/component-helpers/resource, PodRequests). */
export function podRequests(spec: PodSpec): Resources {
  return demand(spec, (container) => quantities(container.resources?.requests));
}

/** The same for scoring only, where a container without a request counts for a little. */
export function nonZeroRequests(spec: PodSpec): { cpuMilli: number; memoryBytes: number } {
  const total = demand(spec, (container) => {
    const requests = quantities(container.resources?.requests);
    return new Map([
      ['cpu', requests.get('cpu') ?? assumedCpuMilli],
      ['memory', requests.get('memory') ?? assumedMemoryBytes],
    ]);
  });
  return { cpuMilli: total.get('cpu') ?? 0, memoryBytes: total.get('memory') ?? 0 };
}
