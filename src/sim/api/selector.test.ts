import { describe, expect, it } from 'vitest';
import {
  formatSelector,
  matchesLabelSelector,
  matchesSelector,
  parseSelector,
} from './selector.ts';

const parse = (text: string) => {
  const parsed = parseSelector(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.selector;
};

describe('label selectors', () => {
  it.each([
    ['', {}, true],
    ['app', { app: 'x' }, true],
    ['app', {}, false],
    ['!app', {}, true],
    ['app=web', { app: 'web' }, true],
    ['app==web,tier!=back', { app: 'web' }, true],
    ['app in (web, shop)', { app: 'shop' }, true],
    ['app notin (web)', { app: 'web' }, false],
    ['app notin (web)', {}, true],
    ['size>3', { size: '4' }, true],
    ['size<3', { size: '4' }, false],
    ['app=', { app: '' }, true],
    ['constructor', {}, false],
  ])('%j on %j is %s', (text, labels, expected) => {
    expect(matchesSelector(parse(text), labels as Record<string, string>)).toBe(expected);
  });

  it.each([
    ['app in web', "unable to parse requirement: found 'web' expected: '('"],
    ['=web', "found '=', expected: !, identifier, or 'end of string'"],
    ['app=my shop', "found 'shop', expected: ',' or 'end of string'"],
  ])('says of %j what the server says', (text, error) => {
    expect(parseSelector(text)).toEqual({ ok: false, error });
  });

  it('reads selectors of specs', () => {
    const selector = {
      matchLabels: { app: 'web' },
      matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['back'] }],
    };
    expect(matchesLabelSelector(selector, { app: 'web' })).toBe(true);
    expect(matchesLabelSelector(selector, { app: 'web', tier: 'back' })).toBe(false);
  });

  it('writes them sorted by key', () => {
    expect(formatSelector(parse('b in (2,1),!c,a=x'))).toBe('a=x,b in (1,2),!c');
  });
});
