// Patterns of KEYS and SCAN: `*`, `?`, `[abc]`, and a backslash before what is meant literally. Linear in both texts
// up to a factor: a star only ever goes back to the last one.

/** Whether a key matches a pattern. */
export function globMatches(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (t < text.length) {
    const step = pattern[p] === '*' ? undefined : matchOne(pattern, p, text[t] ?? '');
    if (pattern[p] === '*') {
      starAt = p;
      resumeAt = t;
      p += 1;
    } else if (step !== undefined) {
      p = step;
      t += 1;
    } else if (starAt >= 0) {
      p = starAt + 1;
      resumeAt += 1;
      t = resumeAt;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** Where the pattern goes on when its next element takes the character; undefined when it does not. */
function matchOne(pattern: string, at: number, character: string): number | undefined {
  const element = pattern[at];
  if (element === undefined) return undefined;
  if (element === '?') return at + 1;
  if (element === '\\' && at + 1 < pattern.length) {
    return pattern[at + 1] === character ? at + 2 : undefined;
  }
  const end = element === '[' ? pattern.indexOf(']', at + 1) : -1;
  if (end < 0) return element === character ? at + 1 : undefined;
  const set = pattern.slice(at + 1, end);
  const isNegated = set.startsWith('^');
  const isIn = inSet(isNegated ? set.slice(1) : set, character);
  return isIn !== isNegated ? end + 1 : undefined;
}

function inSet(set: string, character: string): boolean {
  for (let index = 0; index < set.length; index += 1) {
    const first = set[index] ?? '';
    if (set[index + 1] === '-' && index + 2 < set.length) {
      if (character >= first && character <= (set[index + 2] ?? '')) return true;
      index += 2;
    } else if (first === character) return true;
  }
  return false;
}
