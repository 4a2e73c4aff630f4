// The site around the lab, as a reader uses it: pages, menu, theme, the split, the sheet, offline.
import { gzipSync } from 'node:zlib';
import { expect, test, type Page } from 'playwright/test';
import { addresses, lesson } from './pages.ts';

const phone = { width: 390, height: 844 };
const LESSON_SCRIPT_BYTES = 5 * 1024;

function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

for (const address of addresses()) {
  test(`${address} loads without a complaint from the browser`, async ({ page }) => {
    const complaints = complaintsOf(page);
    await page.goto(address, { waitUntil: 'networkidle' });
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    expect(complaints).toEqual([]);
  });

  test(`${address} fits a phone without scrolling sideways`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(address);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBe(0);
  });
}

test('a lesson runs at most 5 kB of script before its lab is opened', async ({ page }) => {
  const bodies: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') bodies.push(response.body());
  });
  await page.goto(lesson, { waitUntil: 'networkidle' });
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LESSON_SCRIPT_BYTES);
});

test('an address without a page says so and leads back', async ({ page }) => {
  const response = await page.goto('/no/such/page/');
  expect(response?.status()).toBe(404);
  await page.getByRole('link', { name: 'To the course' }).click();
  await expect(page).toHaveURL(/\/$/);
});

test('the theme is chosen once and kept on every page', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).color);
  const light = await ground();
  await page.getByRole('contentinfo').getByRole('button', { name: 'Dark' }).click();
  await expect.poll(ground).not.toBe(light);
  await page.goto(lesson);
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
  await page.locator('.rail').hover();
  await page.getByRole('button', { name: 'Light or dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('the first Tab leads to links that skip to the text and to the lab', async ({ page }) => {
  await page.goto(lesson);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'To the text' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#lab$/);
});

test('the split between text and lab moves by keyboard and is remembered', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(lesson);
  const handle = page.getByRole('separator', { name: 'Width of the text and the lab' });
  const width = async () => (await page.getByRole('complementary').boundingBox())?.width ?? 0;
  const before = await width();
  await handle.focus();
  await expect(handle).toHaveAttribute('data-works', '');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBeLessThan(before - 40);
  const chosen = await width();
  await page.reload();
  expect(Math.round(await width())).toBe(Math.round(chosen));
  await handle.focus();
  await expect(handle).toHaveAttribute('data-works', '');
  await page.keyboard.press('Enter');
  await expect.poll(width).toBe(before);
});

test('the split is dragged with the mouse, and leaves both sides room', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(lesson);
  const handle = page.getByRole('separator');
  await handle.hover();
  await expect(handle).toHaveAttribute('data-works', '');
  await page.mouse.down();
  await page.mouse.move(20, 400, { steps: 5 });
  await page.mouse.up();
  const text = await page.getByRole('main').boundingBox();
  expect(text?.width).toBeGreaterThanOrEqual(24 * 16 - 1);
});

test('on a phone the lab is a sheet of three heights', async ({ page }) => {
  await page.setViewportSize(phone);
  await page.goto(lesson);
  const grip = page.getByRole('button', { name: /The lab for this lesson/ });
  const covered = async () => {
    const box = await page.getByRole('complementary').boundingBox();
    return Math.round(((box?.height ?? 0) / phone.height) * 100);
  };
  expect(await covered()).toBeLessThan(20);
  await grip.click();
  await expect.poll(covered).toBe(62);
  await grip.click();
  await expect.poll(covered).toBeGreaterThan(90);
  await page.keyboard.press('Escape');
  await expect.poll(covered).toBeLessThan(20);
});

test('on a phone the course opens as a menu, and a section of the page closes it', async ({
  page,
}) => {
  await page.setViewportSize(phone);
  await page.goto(lesson);
  await page.getByRole('button', { name: /^Course menu/ }).click();
  const menu = page.getByRole('dialog', { name: 'Course' });
  await expect(menu.getByRole('link', { name: /What a Pod is/ })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await menu.getByRole('link', { name: 'Take away' }).click();
  await expect(menu).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Take away' })).toBeInViewport();
});

test('a prediction is locked once it is made', async ({ page }) => {
  await page.goto(lesson);
  const prediction = page.locator('pod-predict').first();
  const lock = prediction.getByRole('button', { name: 'That is my prediction' });
  await lock.click();
  await expect(prediction.getByRole('status')).toHaveText('Choose one of the answers first.');
  await prediction.getByRole('radio').first().check();
  await lock.click();
  await expect(prediction.getByText('yours')).toBeVisible();
  await expect(prediction.getByRole('radio').first()).toBeDisabled();
  await expect(lock).toBeHidden();
});

test('after the first visit the course opens without a network', async ({ page, context }) => {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await page.goto(lesson);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What a Pod is');
  await page.goto('/versions/index.html');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Which Kubernetes this is');
  const lab = await page.evaluate(() =>
    fetch('../lessons/01-what-is-a-pod/lab.json').then((r) => r.json()),
  );
  expect(lab).toHaveProperty('lesson', '01-what-is-a-pod');
});

test('without scripts the text and the course are there, and no dead control', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(lesson);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What a Pod is');
  await expect(page.getByRole('navigation', { name: 'Course' }).first()).toBeVisible();
  await expect(page.getByText('The lab needs JavaScript.')).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
  await context.close();
});
