import { expect, test } from 'vitest';
import { markupFrom, stylesFrom } from '../../scripts/astro/relocatable.mjs';

test('an address from the root becomes relative to the page', () => {
  const markup = '<a href="/versions/">v</a><img src="/a.png" alt=""><a href="/">home</a>';
  expect(markupFrom('lessons/01/index.html', markup)).toBe(
    '<a href="../../versions/">v</a><img src="../../a.png" alt=""><a href="../../">home</a>',
  );
});

test('on the page at the root it starts with a dot', () => {
  expect(markupFrom('index.html', '<a href="/">home</a>')).toBe('<a href="./">home</a>');
});

test('addresses of other hosts, anchors and relative addresses stay', () => {
  const markup =
    '<a href="https://a.b/">1</a><a href="//a.b/">2</a><a href="#x">3</a><a href="x/">4</a>';
  expect(markupFrom('about/index.html', markup)).toBe(markup);
});

test('what a style sheet fetches is found from the sheet', () => {
  expect(stylesFrom('_astro/site.css', 'src:url(/_astro/a.woff2),url("/b.svg")')).toBe(
    'src:url(../_astro/a.woff2),url("../b.svg")',
  );
});
