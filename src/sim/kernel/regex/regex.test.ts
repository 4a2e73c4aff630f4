import { describe, expect, it } from 'vitest';
import { compileRegex, type RegexOptions } from './regex.ts';

function find(pattern: string, text: string, options: RegexOptions = {}): unknown {
  const regex = compileRegex(pattern, options);
  if (typeof regex === 'string') return regex;
  const match = regex.exec(text);
  return match === undefined ? undefined : [match.start, match.end, ...match.groups.slice(1)];
}
const extended = { extended: true };

describe('compileRegex', () => {
  it('finds the leftmost and then the longest match', () => {
    expect(find('ab*', 'xxabbbab')).toEqual([2, 6]);
    expect(find('a|ab|abc', 'xabcd', extended)).toEqual([1, 4]);
    expect(find('(a|ab)(c|bcd)', 'abcd', extended)).toEqual([0, 4, 'a', 'bcd']);
    expect(find('x*', 'aaa')).toEqual([0, 0]);
    expect(find('[0-9]+', 'a12b345', extended)).toEqual([1, 3]);
  });

  it('reads basic patterns: plain characters, escaped operators, stars and anchors in the middle', () => {
    expect(find('a+b', 'aab a+b')).toEqual([4, 7]);
    expect(find('a\\+b', 'aab')).toEqual([0, 3]);
    expect(find('\\(a*\\)b\\{2\\}', 'aabbb')).toEqual([0, 4, 'aa']);
    expect(find('*a', 'b*a')).toEqual([1, 3]);
    expect(find('a^b$c', 'a^b$c')).toEqual([0, 5]);
    expect(find('cat\\|dog', 'hotdog')).toEqual([3, 6]);
    expect(find('^$', '')).toEqual([0, 0]);
  });

  it('reads extended patterns: groups, counts, choices, braces that are no count', () => {
    expect(find('^([a-z]+)-([0-9]{2,3})$', 'web-123', extended)).toEqual([0, 7, 'web', '123']);
    expect(find('a{2}', 'aaa', extended)).toEqual([0, 2]);
    expect(find('{"a"', '{"a":1}', extended)).toEqual([0, 4]);
    expect(find('(x)?y', 'y', extended)).toEqual([0, 1, undefined]);
    expect(find('a)', 'a)', extended)).toEqual([0, 2]);
  });

  it('knows bracket expressions with classes, ranges and a leading bracket', () => {
    expect(find('[[:upper:]][[:digit:]_]*', 'xA1_2b')).toEqual([1, 5]);
    expect(find('[]x]*', ']x]y')).toEqual([0, 3]);
    expect(find('[^a-c]', 'abcd')).toEqual([3, 4]);
    expect(find('[a\\]', '\\')).toEqual([0, 1]);
    expect(find('[a-]', '-')).toEqual([0, 1]);
  });

  it('knows word edges, case folding and characters beyond the first plane', () => {
    expect(find('\\bpod\\b', 'pods pod', extended)).toEqual([5, 8]);
    expect(find('\\<p', 'app pod')).toEqual([4, 5]);
    expect(find('POD[S]', 'pods', { ignoreCase: true })).toEqual([0, 4]);
    expect(find('^.$', '😀')).toEqual([0, 2]);
  });

  it('tells what is wrong with a bad pattern in the words of the C library', () => {
    const errors = ['[a', 'a\\', '\\(a', 'a\\)', 'a\\{1', 'a\\{x\\}', '[b-a]', '[[:nope:]]'];
    expect(errors.map((pattern) => find(pattern, ''))).toEqual([
      'Unmatched [, [^, [:, [., or [=',
      'Trailing backslash',
      'Unmatched ( or \\(',
      'Unmatched ) or \\)',
      'Unmatched { or \\{',
      'Invalid content of \\{\\}',
      'Invalid range end',
      'Invalid character class name',
    ]);
    expect(find('+a', '', extended)).toBe('Invalid preceding regular expression');
    expect(find('\\(a\\)\\1', 'aa')).toBe('back reference \\1 is not supported here');
  });

  it('takes linear time for patterns that make backtracking matchers hang', () => {
    const text = 'a'.repeat(5000);
    for (const pattern of ['^(a+)+$', '(a*)*b', '(a|a)*b', '(a|aa)+$', '(.*)(.*)(.*)(.*)(.*)x']) {
      find(pattern, `${text}!`, extended);
    }
    expect(find('(((((a{1,50}){1,50}){1,50}){1,50}){1,50})', text, extended)).toBe(
      'Regular expression too big',
    );
  });
});
