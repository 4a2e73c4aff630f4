// What each container has been promised by its node (kubelet's allocation checkpoint). Lives on the
// node's disk.
import type { Container, ResourceRequirements } from '../../../api/generated/types.ts';
import { initContainers, isSidecar, regularContainers, type PodObject } from '../pod.ts';
import { sameJson } from '../status/equal.ts';

/** The containers whose resources may change while they run. */
export function resizable(pod: PodObject): readonly Container[] {
  return [...initContainers(pod).filter(isSidecar), ...regularContainers(pod)];
}

export class Allocations {
  readonly #byPod = new Map<string, ReadonlyMap<string, ResourceRequirements>>();

  /** Promises a Pod what its spec asks for now. */
  allocate(pod: PodObject): void {
    const amounts = resizable(pod).map(({ name, resources }) => [name, resources ?? {}] as const);
    this.#byPod.set(pod.metadata.uid, new Map(amounts));
  }

  forget(uid: string): void {
    this.#byPod.delete(uid);
  }

  /** Whether the spec asks for something else than was promised. */
  differs(pod: PodObject): boolean {
    const known = this.#byPod.get(pod.metadata.uid);
    if (known === undefined) return false;
    return resizable(pod).some(
      ({ name, resources }) => !sameJson(known.get(name) ?? {}, resources ?? {}),
    );
  }

  /** The Pod with what it was promised in place of what it asks for. */
  apply(pod: PodObject): PodObject {
    const known = this.#byPod.get(pod.metadata.uid);
    if (known === undefined || !this.differs(pod)) return pod;
    const allocated = (container: Container): Container => {
      const resources = known.get(container.name);
      return resources === undefined ? container : { ...container, resources };
    };
    const { spec } = pod;
    return {
      ...pod,
      spec: {
        ...spec,
        containers: spec.containers.map(allocated),
        ...(spec.initContainers === undefined
          ? {}
          : { initContainers: spec.initContainers.map(allocated) }),
      },
    };
  }
}
