import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mark, normalise, readNumber } from './mark.ts';
import { keyOf } from './right.ts';
import { sampleItem, sampleQuiz } from './testing.ts';

const because = 'It is not so, and this sentence says what is so.';

test.each(sampleQuiz.items)('the key of $format is right', (item) => {
  expect(mark(item, keyOf(item))?.correct).toBe(true);
});

test('a wrong option names its belief and says what is so', () => {
  expect(mark(sampleItem('single'), { format: 'single', option: 'b' })).toEqual({
    correct: false,
    remarks: [{ about: 'b', belief: 'some-belief', because }],
  });
});

test('of several, each that was chosen has its remark, and one that is missing makes it wrong', () => {
  const item = sampleItem('multiple');
  expect(mark(item, { format: 'multiple', options: ['a', 'c'] })).toEqual({
    correct: false,
    remarks: [
      { about: 'a', belief: undefined, because: 'This one belongs to it as well.' },
      { about: 'c', belief: 'some-belief', because },
    ],
  });
  expect(mark(item, { format: 'multiple', options: ['b'] })).toEqual({
    correct: false,
    remarks: [],
  });
});

test('every wrong order has a remark', () => {
  const item = sampleItem('order');
  const orders = fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 3 });
  fc.assert(
    fc.property(orders, (order) => {
      const { correct, remarks } = mark(item, { format: 'order', order }) ?? {};
      expect(correct).toBe(order.join('') === 'abc');
      expect(remarks?.length === 0).toBe(correct);
    }),
  );
});

test('a pair has the remark for what it was given, or the general one', () => {
  const pairs = { a: 'y', b: 'z', c: 'x' };
  expect(mark(sampleItem('match'), { format: 'match', pairs })).toEqual({
    correct: false,
    remarks: [
      { about: 'a', belief: 'some-belief', because },
      { about: 'b', belief: 'other-belief', because },
    ],
  });
});

test('a pair that was left out is wrong, and so is one from the prototype', () => {
  const item = sampleItem('match');
  expect(mark(item, { format: 'match', pairs: {} })?.remarks).toHaveLength(3);
});

test.each([
  ['crashloopbackoff', true, undefined],
  [' `CrashLoopBackOff`. ', true, undefined],
  ['completed', false, 'some-belief'],
  ['anything', false, 'other-belief'],
])('the typed answer %j is right: %j', (text, correct, belief) => {
  const result = mark(sampleItem('typed'), { format: 'typed', text });
  expect([result?.correct, result?.remarks[0]?.belief]).toEqual([correct, belief]);
});

test.each([
  ['30', true, undefined],
  ['31 s', true, undefined],
  ['29,0', true, undefined],
  ['60', false, 'some-belief'],
  ['32', false, 'other-belief'],
  ['thirty', false, 'other-belief'],
])('the number %j is right: %j', (text, correct, belief) => {
  const result = mark(sampleItem('number'), { format: 'number', text });
  expect([result?.correct, result?.remarks[0]?.belief]).toEqual([correct, belief]);
});

test('an answer of another format is not marked', () => {
  expect(mark(sampleItem('single'), { format: 'number', text: '1' })).toBeUndefined();
});

test('case, quotes, blanks around and a full stop do not matter in a typed answer', () => {
  const letters = fc.stringMatching(/^[a-z]{1,20}( [a-z]{1,20})?$/);
  fc.assert(
    fc.property(letters, (words) => {
      const typed = `  "${words.toUpperCase().replace(' ', ' \t ')}". `;
      expect(normalise(typed)).toBe(words);
    }),
  );
});

test('any whole number of at most twelve digits is read as it is', () => {
  fc.assert(
    fc.property(fc.integer(), (value) => {
      expect(readNumber(` ${value} s `)).toBe(value);
    }),
  );
});
