import { expect, test } from 'vitest';
import { nextLesson, type LessonMark } from './progress-marks.ts';

const slugs = ['01-what-is-a-pod', '02-why-pods-exist', '03-single-container'];
const done: LessonMark = { state: 'done', lastAtMs: 1 };
const begun = (lastAtMs: number): LessonMark => ({ state: 'begun', lastAtMs });

test('a new reader starts with the first lesson', () => {
  expect(nextLesson(slugs, new Map())).toBe('01-what-is-a-pod');
});

test('a reader continues with the lesson begun last', () => {
  const marks = new Map([
    ['01-what-is-a-pod', begun(5)],
    ['03-single-container', begun(9)],
  ]);
  expect(nextLesson(slugs, marks)).toBe('03-single-container');
});

test('after a finished lesson comes the first that is not done', () => {
  expect(nextLesson(slugs, new Map([['01-what-is-a-pod', done]]))).toBe('02-why-pods-exist');
});

test('nothing comes after all of them', () => {
  expect(nextLesson(slugs, new Map(slugs.map((slug) => [slug, done])))).toBe(undefined);
});
