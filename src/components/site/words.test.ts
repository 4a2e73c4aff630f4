import { expect, test } from 'vitest';
import { counted, numberWord, text } from './strings.ts';
import { fill } from './words.ts';

test('fills every name of a text with its value', () => {
  expect(fill('Part {number} of {count}', { number: 1, count: 3 })).toBe('Part 1 of 3');
});

test('names the value that a text misses', () => {
  expect(() => fill('Part {number}')).toThrow('text "Part {number}" needs a value for {number}');
});

test('reads the words of the interface by their address', () => {
  expect([text('nav.course'), counted('home.lessons', 1)]).toEqual(['Course', 'One lesson']);
});

test('chooses the form of a text by number, and says small numbers in words', () => {
  const heading = (count: number) => counted('home.lessons', count, numberWord(count));
  expect([heading(1), heading(11), heading(13)]).toEqual([
    'One lesson',
    'Eleven lessons',
    '13 lessons',
  ]);
});
