import { describe, expect, it } from 'vitest';
import { hostHeader, parseUrl, printUrl, resolveLocation, type Url } from './url.ts';

function read(text: string): Url {
  const url = parseUrl(text);
  if (typeof url === 'string') throw new Error(url);
  return url;
}

describe('parseUrl', () => {
  it.each([
    ['web', 'http://web/'],
    ['web:8080', 'http://web:8080/'],
    ['http://web:80/a?b=c#d', 'http://web/a?b=c'],
    ['HTTPS://web', 'https://web/'],
    ['https://web:8443?x', 'https://web:8443/?x'],
    ['http://anna:secret@web/', 'http://web/'],
    ['http://[fd00::1]:81/', 'http://[fd00::1]:81/'],
  ])('reads %s as %s', (text, printed) => {
    expect(printUrl(read(text))).toBe(printed);
  });

  it.each([
    ['ftp://web', 'scheme'],
    ['http://', 'host'],
    ['http://web:99999', 'port'],
    ['http://web:x', 'port'],
  ])('refuses %s because of its %s', (text, problem) => {
    expect(parseUrl(text)).toBe(problem);
  });

  it('keeps the name and the password apart from the host', () => {
    expect(read('http://anna:se@cret@web/').credentials).toBe('anna:se@cret');
    expect(hostHeader(read('https://web:443'))).toBe('web');
  });
});

describe('resolveLocation', () => {
  it.each([
    ['/new', 'http://web:8080/new'],
    ['page', 'http://web:8080/shop/page'],
    ['//other/x', 'http://other/x'],
    ['https://other/x', 'https://other/x'],
  ])('follows %s to %s', (location, printed) => {
    expect(printUrl(resolveLocation(read('http://web:8080/shop/cart?x=/y'), location) as Url)).toBe(
      printed,
    );
  });
});
