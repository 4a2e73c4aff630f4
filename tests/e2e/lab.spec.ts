// The lab of lesson 1 as a new reader uses it: from the home page to every goal, at a desk and on a phone.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { courseLessons } from '../../scripts/course.ts';
import { lesson } from './pages.ts';

const [first] = courseLessons();
if (!first) throw new Error('the course has no lesson');
const { lab } = first;
const phone = { width: 390, height: 844 };

const goalsReached = (page: Page) =>
  page.getByRole('heading', { name: `All ${lab.goals.length} goals reached` });

async function openLesson(page: Page): Promise<string[]> {
  const problems: string[] = [];
  // A transition between pages that is overtaken by the next navigation is no fault of the page.
  page.on('pageerror', (error) => {
    if (!error.message.includes('ViewTransition')) problems.push(String(error));
  });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto('/');
  await page
    .getByRole('link', { name: /What a Pod is/ })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`${lesson}$`));
  return problems;
}

async function startLab(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Start the lab' }).first().click();
  await page.waitForSelector('pod-lab[data-open]');
}

/** Types a command at the screen. */
async function type(page: Page, command: string): Promise<void> {
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type(command);
  await page.keyboard.press('Enter');
}

async function commit(page: Page, prediction: string, option: string): Promise<void> {
  const question = page.locator(`pod-predict[data-prediction="${prediction}"]`);
  // The lines about what is missing come and go above it, so a click may miss; a reader clicks again too.
  await expect(() =>
    question.locator(`input[value="${option}"]`).check({ timeout: 2000 }),
  ).toPass();
  await question.getByRole('button').first().click();
}

/** Goes through the solution goal by goal, as the pane of goals asks for them. */
async function reachAll(page: Page, run: (command: string) => Promise<void>): Promise<void> {
  for (const [index, { steps }] of lab.solution.entries()) {
    for (const step of steps) {
      if ('predict' in step) await commit(page, step.predict, step.choose);
      else if ('run' in step) await run(step.run);
    }
    const next = index + 2;
    const of = lab.goals.length;
    const heading = next > of ? `All ${of} goals reached` : `Goal ${next} of ${of}`;
    await expect(page.locator('[data-area="goals"]')).toContainText(heading, { timeout: 60_000 });
  }
}

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

test.describe.configure({ timeout: 240_000 });

test('reaches every goal by typed commands, and finds them kept after a reload', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const problems = await openLesson(page);
  await startLab(page);
  await reachAll(page, (command) => type(page, command));
  expect(await violations(page)).toEqual([]);
  await page.waitForTimeout(1000);
  await page.reload();
  await startLab(page);
  await expect(goalsReached(page)).toBeVisible();
  await expect(page.getByText('Your lab is as you left it.')).toBeVisible();
  expect(problems).toEqual([]);
});

test('reaches the goals on a phone by the Run keys of the text alone', async ({ browser }) => {
  const context = await browser.newContext({ viewport: phone, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  const problems = await openLesson(page);
  // The first Run key opens the lab.
  await reachAll(page, (command) =>
    page
      .locator(`pod-run[data-command=${JSON.stringify(command)}]`)
      .getByRole('button', { name: 'Run' })
      .first()
      .click(),
  );
  expect(await violations(page)).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(phone.width);
  expect(problems).toEqual([]);
  await context.close();
});

test('completes words with Tab, and lets the keyboard leave', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await openLesson(page);
  await startLab(page);
  await page.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('kubectl desc');
  await page.keyboard.press('Tab');
  await page.keyboard.type('nodes node-1');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Plain', exact: true }).click();
  await expect(page.locator('.plain-log')).toContainText('kubectl describe nodes node-1');
  await expect(page.locator('.plain-log')).toContainText('kubernetes.io/hostname=node-1');
  await page.getByRole('button', { name: 'Screen', exact: true }).click();
  await page.keyboard.press('Shift+Tab');
  await expect(page.locator('.xterm-helper-textarea')).not.toBeFocused();
});
