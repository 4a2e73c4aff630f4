// axe finds nothing on any page, at a wide and a narrow window, in both themes.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { addresses, lesson } from '../e2e/pages.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const windows = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

for (const address of [...addresses(), '/no/such/page/']) {
  for (const size of windows) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`${address} at ${size.width} px, ${colorScheme}`, async ({ page }) => {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        await page.goto(address);
        expect(await findings(page)).toEqual([]);
      });
    }
  }
}

test('the open menu of a phone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(lesson);
  await page.getByRole('button', { name: /^Course menu/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('the open rail of a lesson', async ({ page }) => {
  await page.goto(lesson);
  await page.locator('.rail a').first().focus();
  await expect(page.locator('.rail-in')).toHaveCSS('width', '288px');
  expect(await findings(page)).toEqual([]);
});
