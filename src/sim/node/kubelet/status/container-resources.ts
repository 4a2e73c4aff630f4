// `resources` and `allocatedResources` of a container status.
import type { Container, ContainerStatus } from '../../../api/generated/types.ts';
import type { ContainerSnapshot } from '../runtime/snapshot.ts';

/** What the container has while it runs, else what it was promised; and the promised requests. */
export function containerResources(
  container: Container,
  seen: ContainerSnapshot,
): Partial<ContainerStatus> {
  const promised = container.resources ?? {};
  const { requests = {} } = promised;
  const { limits: l, requests: r } = seen.state === 'running' ? seen.resources : promised;
  const has = (amounts: Readonly<Record<string, string>> | undefined): boolean =>
    amounts !== undefined && Object.keys(amounts).length > 0;
  return {
    ...(has(requests) ? { allocatedResources: requests } : {}),
    resources: { ...(has(l) ? { limits: l } : {}), ...(has(r) ? { requests: r } : {}) },
  };
}
