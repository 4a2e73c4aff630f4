// What must hold over all questions of the course.
import { expect, test } from 'vitest';
import { courseLessons, courseMisconceptions } from '../../scripts/course.ts';
import { anchorOf } from '../../src/components/site/lesson-outline.ts';
import { beliefsOf } from '../../src/quiz/beliefs.ts';
import { mark } from '../../src/quiz/mark.ts';
import { keyOf } from '../../src/quiz/right.ts';
import { optionOrder } from '../../src/quiz/select.ts';
import type { QuizItem } from '../../src/quiz/schema.ts';

const lessons = courseLessons();
const items = lessons.flatMap(({ slug, quiz }) => quiz.items.map((item) => ({ slug, item })));
type Choice = Extract<QuizItem, { format: 'single' }>;
const choices = items.flatMap(({ item }) => (item.format === 'single' ? [item] : []));

/** Ids of all headings of a lesson: its parts and the ### inside them. */
function headings(text: string): string[] {
  const parts = [...text.matchAll(/<Part title="([^"]*)"/g)];
  const sections = [...text.matchAll(/^#{2,4} (.+)$/gm)];
  return [...parts, ...sections].map((found) => anchorOf(found[1] ?? ''));
}

test('what to read again is a heading of its lesson', () => {
  const missing = lessons.flatMap(({ slug, text, quiz }) => {
    const known = headings(text);
    return quiz.items
      .filter(({ reread }) => reread !== undefined && !known.includes(reread))
      .map(({ id, reread }) => `${slug}#${id}: ${reread} is none of ${known.join(', ')}`);
  });
  expect(missing).toEqual([]);
});

test('every belief stands in the catalogue', () => {
  const known = Object.keys(courseMisconceptions());
  const unknown = items.flatMap(({ slug, item }) =>
    beliefsOf(item)
      .filter((belief) => !known.includes(belief))
      .map((belief) => `${slug}#${item.id}: ${belief}`),
  );
  expect(unknown).toEqual([]);
});

test('every key is marked as right, and no wrong option is', () => {
  for (const { item } of items) {
    expect(mark(item, keyOf(item))?.correct).toBe(true);
    if (item.format !== 'single') continue;
    const wrong = item.options.filter(({ right }) => !right);
    for (const { id } of wrong) {
      expect(mark(item, { format: 'single', option: id })?.correct).toBe(false);
    }
  }
});

test('every claim of a lesson is asked by it', () => {
  const open = lessons.flatMap(({ slug, claims, quiz }) => {
    const asked = new Set(quiz.items.flatMap((item) => item.claims));
    return claims.filter((claim) => !asked.has(claim)).map((claim) => `${slug}: ${claim}`);
  });
  expect(open).toEqual([]);
});

test('no question is asked twice', () => {
  const asks = items.map(({ item }) => item.ask);
  expect(asks.filter((ask, index) => asks.indexOf(ask) !== index)).toEqual([]);
});

test('at least a third of the questions ask why or what if', () => {
  const deeper = items.filter(({ item }) => item.asks !== 'fact');
  expect(deeper.length).toBeGreaterThanOrEqual(items.length / 3);
});

const DRAWS = 200;

/** The mean score of a reader who always takes the option that the strategy rates highest. */
function expectedScore(
  worth: (option: Choice['options'][number], place: number, item: Choice) => number,
): number {
  let sum = 0;
  for (const item of choices) {
    for (let seed = 0; seed < DRAWS; seed += 1) {
      const shown = optionOrder(item, seed, 0).flatMap((id) =>
        item.options.filter((option) => option.id === id),
      );
      const worths = shown.map((option, place) => worth(option, place, item));
      const taken = shown[worths.indexOf(Math.max(...worths))];
      sum += taken?.right ? 1 : 0;
    }
  }
  return sum / choices.length / DRAWS;
}

const keywords = (text: string) => new Set(text.toLowerCase().match(/[a-z][a-z0-9-]{3,}/g));

const strategies: readonly (readonly [string, Parameters<typeof expectedScore>[0]])[] = [
  ['the longest', ({ say }) => say.length],
  ['the shortest', ({ say }) => -say.length],
  ['the first', (_, place) => -place],
  ['the last', (_, place) => place],
  [
    'the one with most words of the question',
    ({ say }, _, { ask }) => [...keywords(say)].filter((word) => keywords(ask).has(word)).length,
  ],
];

test.each(strategies)('choosing %s is at most ten points above chance', (_, worth) => {
  const shares = choices.map(({ options }) => 1 / options.length);
  const chance = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  expect(expectedScore(worth)).toBeLessThanOrEqual(chance + 0.1);
});
