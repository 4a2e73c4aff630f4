// The contract of a score plugin: raw numbers per node, brought to 0..100 over all candidates.
import type { FilterContext } from '../filters/filter.ts';
import type { NodeInfo, SchedulablePod } from '../node-info.ts';

export const maxScore = 100;

export interface ScorePlugin {
  readonly weight: number;
  /** A score from 0 to 100 for each candidate, in their order. */
  scores(
    pod: SchedulablePod,
    nodes: readonly NodeInfo[],
    context: FilterContext,
  ): readonly number[];
}

/** Scales so that the largest becomes 100; reversed, the smallest is best (helper.DefaultNormalizeScore). */
export function normalised(raw: readonly number[], reversed = false): readonly number[] {
  const most = Math.max(0, ...raw);
  if (most === 0) return raw.map(() => (reversed ? maxScore : 0));
  const scaled = raw.map((score) => Math.floor((maxScore * score) / most));
  return reversed ? scaled.map((score) => maxScore - score) : scaled;
}

/** Scales the range from smallest to largest to 0..100. */
export function spreadOut(raw: readonly number[]): readonly number[] {
  const least = Math.min(...raw);
  const range = Math.max(...raw) - least;
  return raw.map((score) => (range === 0 ? 0 : Math.floor((maxScore * (score - least)) / range)));
}
