import { expect, test } from 'vitest';
import { showMe } from './show-me.ts';
import { sampleItem } from './testing.ts';

const verdict = { so: 'Yes.', notSo: 'No.' };

test('the proof is played with the test of the chosen option last', () => {
  expect(showMe(sampleItem('single'), verdict, 'c')).toEqual({
    item: 'one',
    nodes: 2,
    files: {},
    lines: ['first', 'second', 'sleep 90', 'false'],
  });
});

test('an option without a test shows what is right instead', () => {
  expect(showMe(sampleItem('single'), verdict, 'b')?.lines.at(-1)).toBe('last');
});

test('an item without a proof has nothing to show', () => {
  expect(showMe(sampleItem('typed'), verdict)).toBeUndefined();
});

test('a test that prints nothing is followed by how it ended', () => {
  const item = sampleItem('single');
  const options = item.options.map((option) => ({ ...option, check: 'true && test 1 = 2' }));
  expect(showMe({ ...item, options }, verdict, 'b')?.lines.at(-1)).toBe(
    "if true && test 1 = 2; then echo 'Yes.'; else echo 'No.'; fi",
  );
});
