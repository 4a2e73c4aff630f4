// How many Pods of old and new a rolling update may have (pkg/controller/deployment/util/deployment_util.go).
import type { DeploymentSpec } from '../../api/generated/types.ts';

/** A number as it is, a percentage of the total rounded up or down. */
export function shareOf(
  value: number | string | undefined,
  total: number,
  roundUp: boolean,
): number {
  if (typeof value !== 'string') return value ?? 0;
  const exact = (Number(value.replace('%', '')) * total) / 100;
  return roundUp ? Math.ceil(exact) : Math.floor(exact);
}

export interface Fenceposts {
  readonly maxSurge: number;
  readonly maxUnavailable: number;
}

/** The bounds of a rolling update in Pods; never both zero. */
export function fenceposts(spec: DeploymentSpec): Fenceposts {
  const replicas = spec.replicas ?? 1;
  if (spec.strategy?.type !== 'RollingUpdate') return { maxSurge: 0, maxUnavailable: replicas };
  const { rollingUpdate } = spec.strategy;
  const maxSurge = shareOf(rollingUpdate?.maxSurge as number | string, replicas, true);
  const maxUnavailable = shareOf(rollingUpdate?.maxUnavailable as number | string, replicas, false);
  const bothZero = maxSurge === 0 && maxUnavailable === 0;
  return {
    maxSurge,
    maxUnavailable: Math.min(bothZero ? 1 : maxUnavailable, Math.max(replicas, bothZero ? 1 : 0)),
  };
}

/** Spreads a change of the total over several sets in proportion to their sizes, the largest first. */
export function proportions(
  sizes: readonly number[],
  change: number,
  total: number,
): readonly number[] {
  let left = change;
  const shares = sizes.map((size) => {
    const exact = total === 0 ? 0 : (size * change) / total;
    const share = exact < 0 ? Math.ceil(exact) : Math.floor(exact);
    left -= share;
    return share;
  });
  return shares.map((share, index) => (index === 0 ? share + left : share));
}
