// What a browser keeps of the reader's progress: shown in the lists, saved, added, deleted.
import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { courseLessons } from '../../scripts/course.ts';
import { keyOf } from '../../src/quiz/right.ts';
import { lesson } from './pages.ts';

const [course] = courseLessons();
if (!course) throw new Error('the course has no lesson');
const { slug, quiz, lab } = course;

/** A file as another browser would have saved it: all goals reached, the quiz passed. */
function fileOfADoneLesson(): string {
  const base = { lesson: slug, atMs: 1_700_000_000_000 };
  const items = quiz.items.slice(0, quiz.asks);
  const asked = items.map(({ id, version }) => ({ item: id, version }));
  const records = [
    { kind: 'run', id: 'run-1', ...base, seed: 7, items: asked },
    ...items.map((item, at) => ({
      kind: 'answer',
      id: `answer-${at}`,
      ...base,
      ...asked[at],
      run: 'run-1',
      answer: keyOf(item),
      correct: true,
    })),
    ...lab.goals.map(({ id }) => ({
      kind: 'goal',
      id: `goal.${slug}.${id}`,
      ...base,
      goal: id,
      of: lab.goals.length,
    })),
  ];
  return JSON.stringify({ podlab: 'progress', format: 1, records });
}

async function add(page: Page, text: string): Promise<void> {
  await page.locator('pod-progress input[type="file"]').setInputFiles({
    name: 'podlab-progress.json',
    mimeType: 'application/json',
    buffer: Buffer.from(text),
  });
}

const controls = (page: Page) => page.locator('pod-progress');
const status = (page: Page) => controls(page).getByRole('status');
const records = quiz.asks + 1 + lab.goals.length;

test('a file from another browser is added once, and the course shows what is done', async ({
  page,
}) => {
  await page.goto('/about/');
  await expect(controls(page)).toContainText('Nothing is kept in this browser yet.');
  await add(page, fileOfADoneLesson());
  await expect(status(page)).toHaveText(`${records} records were added.`);
  await add(page, fileOfADoneLesson());
  await expect(status(page)).toHaveText('Everything in this file was here already.');
  const { violations } = await new AxeBuilder({ page }).include('pod-progress').analyze();
  expect(violations).toEqual([]);
  await page.goto('/');
  const row = page.locator(`.toc [data-lesson-mark="${slug}"]`);
  await expect(row).toContainText(`${quiz.asks} of ${quiz.asks}`);
  await page.goto(lesson);
  await expect(page.getByRole('region', { name: 'Where you stand' })).toContainText(
    `${quiz.asks} of ${quiz.asks} right at the first try`,
  );
});

test('what is saved can be added in another browser', async ({ page, browser }) => {
  await page.goto('/about/');
  await add(page, fileOfADoneLesson());
  await expect(status(page)).toContainText('added');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  const text = await readFile(await download.path(), 'utf8');
  const other = await (await browser.newContext()).newPage();
  await other.goto('/about/');
  await add(other, text);
  await expect(status(other)).toHaveText(`${records} records were added.`);
  await other.context().close();
});

test('a file that is damaged or not ours changes nothing, and the page says why', async ({
  page,
}) => {
  await page.goto('/about/');
  const damaged = fileOfADoneLesson().replace('"correct":true', '"correct":"<img src=x>"');
  for (const [text, words] of [
    ['{', 'This file is not JSON'],
    ['[]', 'This file holds no progress of Podlab.'],
    [damaged, 'Record 2 of this file is damaged, in "correct".'],
    [fileOfADoneLesson().replace('"format":1', '"format":2'), 'written by a newer Podlab'],
  ] as const) {
    await add(page, text);
    await expect(status(page)).toContainText(words);
    await expect(status(page)).toContainText('Nothing was changed.');
  }
  await expect(controls(page)).toContainText('Nothing is kept in this browser yet.');
});

test('everything is deleted after one question', async ({ page }) => {
  await page.goto('/about/');
  await add(page, fileOfADoneLesson());
  await expect(controls(page)).toContainText(`${records} records are kept in this browser.`);
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await expect(status(page)).toHaveText('Everything is deleted.');
  await page.reload();
  await expect(controls(page)).toContainText('Nothing is kept in this browser yet.');
  const left = await page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...(await indexedDB.databases()).map(({ name }) => name),
  ]);
  expect(left.filter((name) => name !== 'podlab-progress')).toEqual([]);
});

test('two tabs answer at once, and both are kept', async ({ page, context }) => {
  const other = await context.newPage();
  for (const tab of [page, other]) await tab.goto('/about/');
  await add(page, fileOfADoneLesson());
  await expect(controls(other)).toContainText(`${records} records are kept in this browser.`);
  const extra = JSON.parse(fileOfADoneLesson()) as { records: { id: string }[] };
  const one = { ...extra, records: [{ ...extra.records[1], id: 'from-the-other' }] };
  await add(other, JSON.stringify(one));
  await expect(controls(page)).toContainText(`${records + 1} records are kept in this browser.`);
});

test('a browser that forbids storage asks the questions all the same, and says so', async ({
  page,
}) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('forbidden', 'SecurityError');
    };
  });
  await page.goto(lesson);
  await page.locator('pod-quiz').getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByText('does not let the page store anything')).toBeVisible();
  await expect(page.getByRole('form', { name: /^Question 1/ })).toBeVisible();
});
