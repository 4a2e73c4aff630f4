import { expect, test } from 'vitest';
import { counted, text } from './strings.ts';
import { fill, plural } from './words.ts';

test('fills every name of a text with its value', () => {
  expect(fill('Part {number} of {count}', { number: 1, count: 3 })).toBe('Part 1 of 3');
});

test('names the value that a text misses', () => {
  expect(() => fill('Part {number}')).toThrow('text "Part {number}" needs a value for {number}');
});

test('chooses the form of a text by number', () => {
  const forms = { one: 'One lesson', other: '{count} lessons' };
  expect([plural(forms, 1), plural(forms, 0), plural(forms, 11)]).toEqual([
    'One lesson',
    '0 lessons',
    '11 lessons',
  ]);
});

test('reads the words of the interface by their address', () => {
  expect([text('nav.course'), counted('home.lessons', 1)]).toEqual(['Course', 'One lesson']);
});
