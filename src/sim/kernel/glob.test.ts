import { describe, expect, it } from 'vitest';
import { escapeGlob, globMatches, unescapeGlob } from './glob.ts';

describe('globMatches', () => {
  it('fits the whole text', () => {
    const fits = (pattern: string, text: string): boolean => globMatches(pattern, text);
    expect(fits('*.txt', 'a.txt')).toBe(true);
    expect(fits('*.txt', 'a.txtx')).toBe(false);
    expect(fits('a?c*', 'abcde')).toBe(true);
    expect(fits('[a-c]x', 'bx')).toBe(true);
    expect(fits('[!a-c]x', 'bx')).toBe(false);
    expect(fits('[[:digit:]]*', '7up')).toBe(true);
    expect(fits('[]]', ']')).toBe(true);
    expect(fits('[a', '[a')).toBe(true);
    expect(fits('a\\*b', 'a*b')).toBe(true);
    expect(fits('a\\*b', 'axb')).toBe(false);
    expect(fits('', '')).toBe(true);
    expect(fits('**', '')).toBe(true);
    expect(fits('?', '😀')).toBe(true);
  });

  it('does not hang on many stars', () => {
    expect(globMatches('*a'.repeat(50), 'a'.repeat(2000) + 'b')).toBe(false);
  });

  it('takes a quoted text as it is', () => {
    for (const text of ['a*b', '[x]', 'a\\b', 'a-b', '?']) {
      expect(globMatches(escapeGlob(text), text)).toBe(true);
      expect(unescapeGlob(escapeGlob(text))).toBe(text);
    }
  });
});
