import { expect, test } from 'vitest';
import type { AnswerRecord, ProgressRecord, RunRecord } from './records.ts';
import { isPassed, lessonProgress, runsOf, standingOf } from './standing.ts';

const lesson = '01-a';
const asked = (item: string) => ({ item, version: 1 });
const run: RunRecord = {
  kind: 'run',
  id: 'r1',
  lesson,
  atMs: 1,
  seed: 3,
  items: ['i', 'j', 'k', 'l', 'm'].map(asked),
};
let count = 0;
const answer = (item: string, correct: boolean, atMs: number, version = 1): AnswerRecord => ({
  kind: 'answer',
  id: `a${(count += 1)}`,
  lesson,
  atMs,
  run: 'r1',
  item,
  version,
  answer: { format: 'single', option: 'x' },
  correct,
});
const gaveUp = (item: string, atMs: number): ProgressRecord => ({
  kind: 'gave-up',
  id: `g${(count += 1)}`,
  lesson,
  atMs,
  run: 'r1',
  ...asked(item),
});
const goal = (name: string): ProgressRecord => ({
  kind: 'goal',
  id: `goal.${lesson}.${name}`,
  lesson,
  atMs: 9,
  goal: name,
  of: 2,
});

test('an item is open, wrong, right or given up, and the first try is told from the best', () => {
  const records = [
    answer('i', true, 2),
    answer('j', false, 3),
    answer('j', true, 4),
    answer('k', false, 5),
    gaveUp('l', 6),
    answer('l', true, 7),
  ];
  const { items, first, best } = standingOf(records, run);
  expect(items.map(({ item, state, answers }) => [item, state, answers.length])).toEqual([
    ['i', 'right', 1],
    ['j', 'right', 2],
    ['k', 'wrong', 1],
    ['l', 'given-up', 1],
    ['m', 'open', 0],
  ]);
  expect([first, best]).toEqual([2, 2]);
});

test('what is answered wrongly after it was right stays right', () => {
  const records = [answer('i', true, 2), answer('i', false, 3)];
  expect(standingOf(records, run).items[0]?.state).toBe('right');
});

test('answers to another version or in another run do not count', () => {
  const records = [answer('i', true, 2, 2), { ...answer('i', true, 3), run: 'r2' }];
  expect(standingOf(records, run).items[0]?.state).toBe('open');
});

test('four of five are enough', () => {
  const right = ['i', 'j', 'k', 'l'].map((item, at) => answer(item, true, at));
  expect(isPassed(standingOf(right, run))).toBe(true);
  expect(isPassed(standingOf(right.slice(1), run))).toBe(false);
  expect(isPassed(standingOf([], { ...run, items: [] }))).toBe(false);
});

test('a lesson is done when its quiz is passed and all goals are reached', () => {
  const right = ['i', 'j', 'k', 'l'].map((item, at) => answer(item, true, at));
  const state = (records: readonly ProgressRecord[]) => lessonProgress(records).get(lesson);
  expect(state([run, ...right, goal('x'), goal('y')])).toEqual({
    state: 'done',
    goals: { reached: 2, of: 2 },
    score: { right: 4, of: 5 },
    lastAtMs: 9,
  });
  expect(state([run, ...right])?.state).toBe('begun');
  expect(state([goal('x')])).toEqual({
    state: 'begun',
    goals: { reached: 1, of: 2 },
    lastAtMs: 9,
  });
  expect(state([])).toBeUndefined();
});

test('runs are those of the lesson, the latest last', () => {
  const other = { ...run, id: 'r2', lesson: '02-b' };
  const later = { ...run, id: 'r3', atMs: 4 };
  expect(runsOf([run, other, later], lesson)).toEqual([run, later]);
});
