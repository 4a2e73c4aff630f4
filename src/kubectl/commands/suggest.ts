// "Did you mean this?": names close to what was typed (cobra's SuggestionsFor).
import type { Command } from './tree.ts';

/** The Levenshtein distance, without regard to case. */
export function editDistance(left: string, right: string): number {
  const a = left.toLowerCase();
  const b = right.toLowerCase();
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const cheapest = Math.min(row[j] ?? 0, next[j - 1] ?? 0, row[j - 1] ?? 0);
      next.push(same ? (row[j - 1] ?? 0) : cheapest + 1);
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Names of children at most two edits away, or that begin with what was typed; in their own order. */
export function suggestions(parent: Command, typed: string): readonly string[] {
  if (typed.length > 100) return [];
  return parent.children
    .map((command) => command.name)
    .filter((name) => editDistance(typed, name) <= 2 || name.startsWith(typed.toLowerCase()));
}
