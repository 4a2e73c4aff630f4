import { expect, test } from 'vitest';
import { showMe } from './show-me.ts';
import { sampleItem } from './testing.ts';

test('the proof is played with the test of the chosen option last', () => {
  expect(showMe(sampleItem('single'), 'c')).toEqual({
    item: 'one',
    nodes: 2,
    files: {},
    lines: ['first', 'second', 'sleep 90', 'false'],
  });
});

test('an option without a test shows what is right instead', () => {
  expect(showMe(sampleItem('single'), 'b')?.lines.at(-1)).toBe('last');
});

test('an item without a proof has nothing to show', () => {
  expect(showMe(sampleItem('typed'))).toBeUndefined();
});
