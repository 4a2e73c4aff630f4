// Shell patterns: `*`, `?`, `[a-z]`, `[!x]` and `\` (XCU 2.14). For file names, case, `${x%pat}`, find -name and the like.
import { characterClass } from './regex/classes.ts';

/** Whether the text as a whole fits the pattern. Takes time proportional to both at worst multiplied. */
export function globMatches(pattern: string, text: string): boolean {
  let at = 0;
  let index = 0;
  let starAt = -1;
  let starIndex = 0;
  while (index < text.length) {
    if (pattern[at] === '*') {
      at += 1;
      starAt = at;
      starIndex = index;
      continue;
    }
    const code = text.codePointAt(index) ?? 0;
    const next = at < pattern.length ? matchOne(pattern, at, code) : -1;
    if (next >= 0) {
      at = next;
      index += code > 0xffff ? 2 : 1;
    } else if (starAt >= 0) {
      at = starAt;
      starIndex += 1;
      index = starIndex;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Whether a text holds anything that means something in a pattern. */
export function hasGlob(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (character === '*' || character === '?' || character === '[') return true;
  }
  return false;
}

/** The text as a pattern that fits only itself. */
export function escapeGlob(text: string): string {
  if (!/[\\*?[\]-]/.test(text)) return text;
  return text.replace(/[\\*?[\]!^-]/g, '\\$&');
}

/** A pattern without its backslashes. */
export function unescapeGlob(pattern: string): string {
  return pattern.includes('\\') ? pattern.replace(/\\([^])/g, '$1') : pattern;
}

/** The position after the one pattern element at `at` if it takes the code point, else -1. */
function matchOne(pattern: string, at: number, code: number): number {
  const character = pattern[at];
  if (character === '?') return at + 1;
  if (character === '\\' && at + 1 < pattern.length) return matchLiteral(pattern, at + 1, code);
  if (character === '[') {
    const bracket = matchBracket(pattern, at, code);
    if (bracket !== undefined) return bracket;
  }
  return matchLiteral(pattern, at, code);
}

function matchLiteral(pattern: string, at: number, code: number): number {
  const own = pattern.codePointAt(at) ?? 0;
  return own === code ? at + (own > 0xffff ? 2 : 1) : -1;
}

/** Undefined where the bracket has no end and so is an ordinary character. */
function matchBracket(pattern: string, at: number, code: number): number | undefined {
  let index = at + 1;
  const negated = pattern[index] === '!' || pattern[index] === '^';
  if (negated) index += 1;
  let found = false;
  for (let first = true; ; first = false) {
    if (index >= pattern.length) return undefined;
    if (pattern[index] === ']' && !first) break;
    if (pattern.startsWith('[:', index)) {
      const close = pattern.indexOf(':]', index + 2);
      const named = close < 0 ? undefined : characterClass(pattern.slice(index + 2, close));
      if (named !== undefined) {
        found ||= named.some(([from, to]) => code >= from && code <= to);
        index = close + 2;
        continue;
      }
    }
    const from = element(pattern, index);
    index = from.end;
    let last = from.code;
    if (pattern[index] === '-' && index + 1 < pattern.length && pattern[index + 1] !== ']') {
      const to = element(pattern, index + 1);
      last = to.code;
      index = to.end;
    }
    found ||= code >= from.code && code <= last;
  }
  return found !== negated ? index + 1 : -1;
}

function element(pattern: string, at: number): { readonly code: number; readonly end: number } {
  const start = pattern[at] === '\\' && at + 1 < pattern.length ? at + 1 : at;
  const code = pattern.codePointAt(start) ?? 0;
  return { code, end: start + (code > 0xffff ? 2 : 1) };
}
