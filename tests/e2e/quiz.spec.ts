// The quiz of a lesson, as a reader uses it: wrong first, the belief, again, right, the summary.
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from 'playwright/test';
import { rightAnswer } from '../../src/quiz/right.ts';
import type { QuizItem } from '../../src/quiz/schema.ts';
import { courseLessons } from '../../scripts/course.ts';
import { lesson } from './pages.ts';

const [first] = courseLessons();
if (!first) throw new Error('the course has no lesson');
const { quiz } = first;
const phone = { width: 390, height: 844 };
const plain = (text: string) => text.replaceAll('`', '');

const quizOf = (page: Page) => page.locator('pod-quiz');
const form = (page: Page) => quizOf(page).getByRole('form', { name: /^Question \d of \d$/ });

async function begin(page: Page): Promise<void> {
  await page.goto(lesson);
  await quizOf(page).getByRole('button', { name: 'Begin' }).click();
  await expect(form(page)).toBeVisible();
}

/** The item of the bank that the page asks now. */
async function asked(page: Page): Promise<QuizItem> {
  const legend = await form(page).locator('legend').first().innerText();
  const item = quiz.items.find(({ ask }) => plain(ask) === legend.trim());
  if (!item) throw new Error(`the bank has no question "${legend}"`);
  return item;
}

const says = (item: QuizItem, right: boolean) =>
  'options' in item
    ? item.options.filter((o) => o.right === right).map(({ say }) => plain(say))
    : [];

/** Brings the steps into the order of their ids by their buttons. */
async function putInOrder(question: Locator, order: readonly string[]): Promise<void> {
  for (const [place, say] of order.entries()) {
    const rows = question.getByRole('listitem');
    const texts = await rows.allInnerTexts();
    let at = texts.findIndex((text) => text.trim() === say);
    for (; at > place; at -= 1) {
      await question.getByRole('button', { name: `Move up: ${say}` }).click();
    }
  }
}

async function answer(page: Page, item: QuizItem, rightly: boolean): Promise<void> {
  const question = form(page);
  if (item.format === 'single') {
    await question.getByRole('radio', { name: says(item, rightly)[0] ?? '' }).check();
  } else if (item.format === 'multiple') {
    for (const say of rightly ? says(item, true) : says(item, false).slice(0, 1)) {
      await question.getByRole('checkbox', { name: say, exact: true }).check();
    }
  } else if (item.format === 'order') {
    const order = item.items.map(({ say }) => plain(say));
    await putInOrder(question, rightly ? order : order.toReversed());
  } else if (item.format === 'match') {
    const choices = [...new Set(item.pairs.map((pair) => pair.with))];
    for (const pair of item.pairs) {
      const other = choices.find((choice) => choice !== pair.with) ?? '';
      const choice = rightly ? pair.with : other;
      await question.getByRole('combobox', { name: plain(pair.say) }).selectOption(choice);
    }
  } else {
    const right = item.format === 'typed' ? (item.accept[0] ?? '') : String(item.value);
    await question.getByRole('textbox').fill(rightly ? right : '77');
  }
  await question.getByRole('button', { name: 'Answer', exact: true }).click();
}

const next = (page: Page) =>
  form(page).getByRole('button', { name: /^(Next question|To the summary)$/ });

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include('pod-quiz').analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** Answers every question of a run, first wrongly and then rightly; returns their ids. */
async function goThrough(page: Page): Promise<string[]> {
  const status = quizOf(page).getByRole('status').last();
  const met: string[] = [];
  while (await form(page).isVisible()) {
    const item = await asked(page);
    met.push(item.id);
    await answer(page, item, false);
    await expect(form(page)).toContainText('Behind this is the belief');
    await expect(status).toContainText('Behind this is the belief');
    if (item.format === 'single') {
      await expect(status).not.toContainText(plain(rightAnswer(item)[0] ?? ''));
    }
    expect(await findings(page)).toEqual([]);
    await form(page).getByRole('button', { name: 'Try again' }).click();
    await expect(form(page)).toContainText('second try');
    await answer(page, item, true);
    await expect(form(page)).toContainText(plain(item.explain));
    await expect(next(page)).toBeFocused();
    await next(page).click();
  }
  return met;
}

const of = Math.min(quiz.asks, quiz.items.length);
const summaryOf = (page: Page) => quizOf(page).getByRole('region', { name: 'Where you stand' });

test('wrong first, then right, to the summary, and a second run asks the rest of the bank', async ({
  page,
}) => {
  test.slow();
  await begin(page);
  const met = await goThrough(page);
  expect(met).toHaveLength(of);
  await expect(summaryOf(page)).toContainText(
    `0 of ${of} right at the first try, ${of} in the end.`,
  );
  const reread = summaryOf(page).getByRole('link').first();
  const target = (await reread.getAttribute('href')) ?? '';
  await expect(page.locator(target)).toHaveText(await reread.innerText());
  expect(await findings(page)).toEqual([]);
  await summaryOf(page).getByRole('button', { name: 'Ask me others' }).click();
  await expect(form(page)).toBeVisible();
  const all = new Set([...met, ...(await goThrough(page))]);
  expect([...all].sort()).toEqual(quiz.items.map(({ id }) => id).sort());
});

test('on a phone nothing scrolls sideways, and controls are as large as a finger', async ({
  page,
}) => {
  await page.setViewportSize(phone);
  await begin(page);
  while (await form(page).isVisible()) {
    const item = await asked(page);
    await answer(page, item, false);
    for (const button of await form(page).getByRole('button').all()) {
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(43.5);
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBe(0);
    await next(page).click();
  }
  expect(await findings(page)).toEqual([]);
  await expect(summaryOf(page)).toContainText(`0 of ${of} right at the first try, 0 in the end.`);
});

test('a reload in the middle keeps the answers, and the summary asks the wrong ones again', async ({
  page,
}) => {
  await begin(page);
  const first = await asked(page);
  await answer(page, first, false);
  await next(page).click();
  const second = await asked(page);
  await answer(page, second, true);
  await next(page).click();
  const third = await asked(page);
  await page.reload();
  await expect(form(page)).toBeVisible();
  expect((await asked(page)).id).toBe(third.id);
  for (let at = 3; at <= of; at += 1) {
    await answer(page, await asked(page), true);
    await next(page).click();
  }
  const summary = summaryOf(page);
  await expect(summary).toContainText(`${of - 1} of ${of} right at the first try`);
  await page.reload();
  await summary.getByRole('button', { name: 'Try the wrong ones again' }).click();
  expect((await asked(page)).id).toBe(first.id);
  await answer(page, first, true);
  await next(page).click();
  await expect(summary).toContainText(`${of} in the end`);
  await expect(summary.getByRole('button', { name: 'Try the wrong ones again' })).toBeHidden();
});

test('who gives up is shown the answer, and it is not counted', async ({ page }) => {
  await begin(page);
  const item = await asked(page);
  await answer(page, item, false);
  await form(page).getByRole('button', { name: 'Give up and see it' }).click();
  await expect(form(page)).toContainText(plain(item.explain));
  await expect(quizOf(page).getByRole('status').last()).toContainText('Shown, not found');
  await next(page).click();
  await page.reload();
  expect((await asked(page)).id).not.toBe(item.id);
});

test('everything is reached with the keyboard alone', async ({ page }) => {
  await page.goto(lesson);
  await quizOf(page).getByRole('button', { name: 'Begin' }).focus();
  await page.keyboard.press('Enter');
  await expect(form(page)).toBeVisible();
  for (let at = 1; at <= of; at += 1) {
    const item = await asked(page);
    const question = form(page);
    const right = rightAnswer(item).map(plain);
    await page.keyboard.press('Tab');
    if (item.format === 'single') {
      const radio = question.getByRole('radio', { name: right[0] ?? '' });
      await page.keyboard.press('Space');
      for (let step = 0; step < 6 && !(await radio.isChecked()); step += 1) {
        await page.keyboard.press('ArrowDown');
      }
    } else if (item.format === 'multiple') {
      for (const option of await question.locator('.options').getByRole('checkbox').all()) {
        await expect(option).toBeFocused();
        const value = await option.inputValue();
        if (item.options.some(({ id, right }) => right && id === value)) {
          await page.keyboard.press('Space');
        }
        await page.keyboard.press('Tab');
      }
    } else if (item.format === 'order') {
      for (const [place, { say }] of item.items.entries()) {
        const button = question.getByRole('button', { name: `Move up: ${plain(say)}` });
        await button.focus();
        const texts = await question.getByRole('listitem').allInnerTexts();
        for (let step = texts.findIndex((t) => t.trim() === plain(say)); step > place; step -= 1) {
          await page.keyboard.press('ArrowUp');
          await expect(button).toBeFocused();
        }
      }
    } else if (item.format === 'match') {
      for (const pair of item.pairs) {
        const select = question.getByRole('combobox', { name: plain(pair.say) });
        await select.focus();
        await page.keyboard.type(pair.with);
        await expect(select).toHaveValue(pair.with);
      }
    } else {
      await page.keyboard.type(
        item.format === 'typed' ? (item.accept[0] ?? '') : String(item.value),
      );
    }
    await question.getByRole('radio', { name: 'certain' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await expect(question).toContainText(plain(item.explain));
    await expect(next(page)).toBeFocused();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('heading', { name: 'Where you stand' })).toBeFocused();
});

test('show me hands the proof to the lab', async ({ page }) => {
  await begin(page);
  await page.evaluate(() => {
    document.addEventListener('podlab:show-me', ({ detail }: CustomEventInit) => {
      document.documentElement.dataset.played = JSON.stringify(detail);
    });
  });
  for (;;) {
    const item = await asked(page);
    await answer(page, item, false);
    if (item.proof) {
      await form(page).getByRole('button', { name: 'Show me' }).first().click();
      const played = await page.evaluate(() => document.documentElement.dataset.played ?? '');
      const { item: id, lines, files } = JSON.parse(played);
      expect(id).toBe(item.id);
      expect(lines.slice(0, item.proof.start.length)).toEqual(item.proof.start);
      expect(files).toEqual(item.proof.files);
      return;
    }
    await next(page).click();
  }
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('all questions can be read and their answers open', async ({ page }) => {
    await page.goto(lesson);
    for (const item of quiz.items) {
      await expect(page.getByText(plain(item.ask)).first()).toBeVisible();
    }
    const key = page.locator('form[data-item]').first();
    await key.locator('summary').click();
    await expect(key).toContainText(plain(quiz.items[0]?.explain ?? '-'));
  });
});
