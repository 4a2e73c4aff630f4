// "Did you mean": the known word that is nearest to a misspelt one.

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word within two letters of `word` (fewer for short words), or undefined. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const allowed = word.length < 5 ? 1 : 2;
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of known) {
    const found = swapped(word, candidate)
      ? 1
      : distance(word.toLowerCase(), candidate.toLowerCase());
    if (found < bestDistance) [best, bestDistance] = [candidate, found];
  }
  return best;
}

/** Whether the words differ in two letters that changed places, the commonest slip. */
function swapped(a: string, b: string): boolean {
  if (a.length !== b.length || a === b) return false;
  return [...a].sort().join('') === [...b].sort().join('') && distance(a, b) === 2;
}
