import { expect, test } from 'vitest';
import { codeToHtml } from 'shiki';
import { shikiClasses, shikiStyles } from '../../scripts/astro/shiki-classes.mjs';

const themes = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' };

test('highlighted code has classes and no style attribute', async () => {
  const html = await codeToHtml('kind: Pod # the smallest thing', {
    lang: 'yaml',
    themes,
    defaultColor: false,
    transformers: [shikiClasses()],
  });
  expect(html).not.toContain('style=');
  expect(html).toMatch(/<span class="l[0-9a-f]{6,8} d[0-9a-f]{6,8}">/);
});

test('the style sheet knows every class that the code can have', async () => {
  const sheet = await shikiStyles(themes).load('\0virtual:shiki.css');
  const html = await codeToHtml('kind: Pod\nspec: { containers: ["a", 1, true] } # c', {
    lang: 'yaml',
    themes,
    defaultColor: false,
    transformers: [shikiClasses()],
  });
  const used = new Set([...html.matchAll(/\b([ld][0-9a-f]{6,8})\b/g)].map(([name]) => name));
  expect([...used].filter((name) => !sheet?.includes(`.${name}{`))).toEqual([]);
});
