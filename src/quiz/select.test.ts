import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '#sim/runtime/random.ts';
import { chooseItems, matchChoices, optionOrder, shuffled } from './select.ts';
import { sampleItem, sampleQuiz } from './testing.ts';

const seeds = fc.integer({ min: 0, max: 0xffffffff });

test('shuffling keeps every value', () => {
  fc.assert(
    fc.property(seeds, fc.array(fc.integer()), (seed, values) => {
      const sorted = (list: readonly number[]) => list.toSorted((a, b) => a - b);
      expect(sorted(shuffled(values, new Random(seed, 'test')))).toEqual(sorted(values));
    }),
  );
});

test('a run asks as many items as the quiz says, each once, in the order of the bank', () => {
  const ids = sampleQuiz.items.map(({ id }) => id);
  fc.assert(
    fc.property(seeds, (seed) => {
      const places = chooseItems(sampleQuiz, seed).map(({ id }) => ids.indexOf(id));
      expect(places).toHaveLength(3);
      expect(places).toEqual([...new Set(places)].sort());
    }),
  );
});

test('the same seed asks the same, and some other seed asks something else', () => {
  const asked = (seed: number) => chooseItems(sampleQuiz, seed).map(({ id }) => id);
  expect(asked(1)).toEqual(asked(1));
  expect(new Set([1, 2, 3, 4, 5, 6].map((seed) => asked(seed).join())).size).toBeGreaterThan(1);
});

test('a run takes claims and formats that it does not have yet', () => {
  const [one, some, steps] = sampleQuiz.items;
  if (!one || !some || !steps) throw new Error('the sample has six items');
  const items = [one, { ...one, id: 'same' }, { ...one, id: 'again' }, some, steps];
  fc.assert(
    fc.property(seeds, (seed) => {
      const chosen = chooseItems({ asks: 3, items }, seed);
      expect(chosen.map(({ format }) => format)).toEqual(['single', 'multiple', 'order']);
    }),
  );
});

test('what was asked before comes again only when the others run out', () => {
  const met = new Set(['one', 'some', 'steps', 'pairs']);
  fc.assert(
    fc.property(seeds, (seed) => {
      const ids = chooseItems(sampleQuiz, seed, met).map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(['word', 'count']));
    }),
  );
});

test('options are all there in an order of their own for every attempt', () => {
  const orders = [0, 1, 2, 3, 4].map((attempt) => optionOrder(sampleItem('single'), 1, attempt));
  for (const order of orders) expect(order.toSorted()).toEqual(['a', 'b', 'c']);
  expect(new Set(orders.map((order) => order.join())).size).toBeGreaterThan(1);
});

test('steps to be ordered never stand in the right order at first', () => {
  fc.assert(
    fc.property(seeds, fc.nat(20), (seed, attempt) => {
      expect(optionOrder(sampleItem('order'), seed, attempt)).not.toEqual(['a', 'b', 'c']);
    }),
  );
});

test('the choices of a match are each there once', () => {
  expect(matchChoices(sampleItem('match'))).toEqual(['x', 'y', 'z']);
});
