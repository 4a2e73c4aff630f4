import { expect, test } from 'vitest';
import { quizSchema } from './schema.ts';
import { sampleItem } from './testing.ts';

const messages = (item: object) => {
  const { error } = quizSchema.safeParse({ items: [item] });
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};

test('an option without a belief is refused', () => {
  const item = sampleItem('single');
  const options = [...item.options.slice(0, 2), { id: 'd', say: 'no' }];
  expect(messages({ ...item, options })).toEqual([
    'items.0.options.2: an option needs either "right: true", or "belief" and "because"',
  ]);
});

test('a bare verdict is refused', () => {
  const item = sampleItem('typed');
  expect(messages({ ...item, otherwise: { belief: 'some-belief', because: 'No.' } })).toEqual([
    'items.0.otherwise.because: a bare verdict is not feedback: say what is so, in a sentence',
  ]);
});

test('two parts with one id are refused', () => {
  const item = sampleItem('match');
  const pairs = item.pairs.map((pair, at) => (at === 2 ? { ...pair, id: 'a' } : pair));
  expect(messages({ ...item, pairs })).toEqual([
    'items.0.pairs.2.id: stands here for the second time',
  ]);
});

test('neighbours of an order that can be swapped need their words', () => {
  const item = sampleItem('order');
  expect(messages({ ...item, wrong: item.wrong.slice(0, 1) })).toEqual([
    'items.0.wrong: lacks "before: c, after: b": neighbours that can be swapped',
  ]);
});

test('a wrong order that is right, and a wrong pair that is none, are refused', () => {
  const order = sampleItem('order');
  const [first] = order.wrong;
  const wrong = [...order.wrong, { ...first, before: 'a', after: 'c' }];
  expect(messages({ ...order, wrong })).toEqual([
    'items.0.wrong.2: "a" before "c" is not a wrong order',
  ]);
  const match = sampleItem('match');
  const pair = { ...match.wrong[0], pair: 'q' };
  expect(messages({ ...match, wrong: [pair] })).toEqual([
    'items.0.wrong.0.pair: is not one of the pairs a, b, c',
  ]);
});

test('two items with one id are refused', () => {
  const item = sampleItem('typed');
  const { error } = quizSchema.safeParse({ items: [item, item] });
  expect(error?.issues.map(({ message }) => message)).toEqual(['stands here for the second time']);
});
