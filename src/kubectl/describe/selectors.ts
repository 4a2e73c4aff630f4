// Label selectors of specs as text (metav1.FormatLabelSelector).
import type { LabelSelector } from '#sim/api/generated/types.ts';
import { formatSelector, requirementsOf } from '#sim/api/selector.ts';

export function selectorText(selector: LabelSelector | undefined): string {
  if (selector === undefined) return '<none>';
  return formatSelector(requirementsOf(selector)) || '<none>';
}
