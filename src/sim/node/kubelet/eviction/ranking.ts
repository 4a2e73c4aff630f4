// Which Pod goes first when a node runs out of something (eviction/helpers.go rankMemoryPressure).
import { value } from '../../../api/quantity.ts';
import type { PodObject } from '../pod.ts';
import { podRequests } from '../resize/requests.ts';

/** A Pod with what it uses of the resource that is short. */
export interface Usage {
  readonly pod: PodObject;
  readonly bytes: number;
}

/**
 * Those over their request first, then the less important, then those furthest over their request.
 */
export function rank(usages: readonly Usage[], resource: string): readonly Usage[] {
  const over = ({ pod, bytes }: Usage): number => bytes - value(podRequests(pod)[resource] ?? '0');
  const priority = ({ pod }: Usage): number => pod.spec.priority ?? 0;
  return [...usages].sort(
    (a, b) =>
      Number(over(b) > 0) - Number(over(a) > 0) || priority(a) - priority(b) || over(b) - over(a),
  );
}
