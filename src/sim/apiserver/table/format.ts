// Pieces of cells that several kinds share.
import type { Container, LabelSelector, PodTemplateSpec } from '../../api/generated/types.ts';
import { humanDuration } from '../../api/duration.ts';
import { formatSelector, requirementsOf } from '../../api/selector.ts';
import { parseTime } from '../../runtime/time.ts';

/** The time since a timestamp; `<unknown>` when there is none. */
export function since(nowMs: number, timestamp: string | null | undefined): string {
  const ms = timestamp === undefined || timestamp === null ? undefined : parseTime(timestamp);
  return ms === undefined ? '<unknown>' : humanDuration(nowMs - ms);
}

export const none = '<none>';
export const unset = '<unset>';

/** `a=1,b=2` sorted by key, or `<none>` (labels.FormatLabels). */
export function formatLabels(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? none : pairs.sort().join(',');
}

/** A selector in the syntax of -l, or `<none>` (metav1.FormatLabelSelector). */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  return formatSelector(requirementsOf(selector ?? {})) || none;
}

/** The cells CONTAINERS and IMAGES of a Pod template. */
export function containerCells(template: PodTemplateSpec | undefined): readonly [string, string] {
  const containers: readonly Container[] = template?.spec?.containers ?? [];
  return [
    containers.map(({ name }) => name).join(','),
    containers.map(({ image }) => image ?? '').join(','),
  ];
}

/** The first few of a list, and how many more there are. */
export function listWithMore(all: readonly string[], max: number, separator = ','): string {
  const shown = all.slice(0, max).join(separator);
  return all.length > max ? `${shown} + ${all.length - max} more...` : shown;
}

const accessModeNames = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
] as const;

/** `RWO,ROX` (pkg/apis/core/v1/helper GetAccessModesAsString). */
export function formatAccessModes(modes: readonly string[] | undefined): string {
  return accessModeNames
    .filter(([mode]) => modes?.includes(mode))
    .map(([, short]) => short)
    .join(',');
}
