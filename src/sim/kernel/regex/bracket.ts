// Bracket expressions: `[a-z]`, `[^[:space:]]`, `[]x]`.
import { characterClass } from './classes.ts';
import { type CharacterSet, PatternError } from './tree.ts';

const unmatched = 'Unmatched [, [^, [:, [., or [=';

/** Reads a bracket expression whose `[` stands at `at`; returns the set and the position after its `]`. Throws PatternError. */
export function readBracket(
  pattern: string,
  at: number,
): { readonly set: CharacterSet; readonly end: number } {
  let index = at + 1;
  const negated = pattern[index] === '^';
  if (negated) index += 1;
  const ranges: (readonly [number, number])[] = [];
  const first = index;
  for (;;) {
    if (index >= pattern.length) throw new PatternError(unmatched);
    if (pattern[index] === ']' && index > first)
      return { set: { negated, ranges }, end: index + 1 };
    if (pattern[index] === '[' && pattern[index + 1] === ':') {
      const close = pattern.indexOf(':]', index + 2);
      if (close < 0) throw new PatternError(unmatched);
      const named = characterClass(pattern.slice(index + 2, close));
      if (named === undefined) throw new PatternError('Invalid character class name');
      ranges.push(...named);
      index = close + 2;
      continue;
    }
    const from = readElement(pattern, index);
    index = from.end;
    if (pattern[index] === '-' && index + 1 < pattern.length && pattern[index + 1] !== ']') {
      const to = readElement(pattern, index + 1);
      if (to.code < from.code) throw new PatternError('Invalid range end');
      ranges.push([from.code, to.code]);
      index = to.end;
    } else {
      ranges.push([from.code, from.code]);
    }
  }
}

function readElement(pattern: string, at: number): { readonly code: number; readonly end: number } {
  const opening = pattern[at] === '[' ? pattern[at + 1] : undefined;
  if (opening === '.' || opening === '=') {
    const close = pattern.indexOf(`${opening}]`, at + 2);
    if (close < 0) throw new PatternError(unmatched);
    const element = pattern.slice(at + 2, close);
    const code = element.codePointAt(0);
    if (code === undefined || String.fromCodePoint(code) !== element) {
      throw new PatternError('Invalid collation character');
    }
    return { code, end: close + 2 };
  }
  const code = pattern.codePointAt(at) ?? 0;
  return { code, end: at + (code > 0xffff ? 2 : 1) };
}
