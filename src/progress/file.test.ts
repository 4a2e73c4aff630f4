import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportFile, fileLimits, importFile, readStored } from './file.ts';
import { merge } from './records.ts';
import { anyRecords } from './testing.ts';

const goal = {
  kind: 'goal',
  id: 'goal.01-a.x',
  lesson: '01-a',
  atMs: 5,
  goal: 'x',
  of: 6,
} as const;
const fileOf = (...records: unknown[]) =>
  JSON.stringify({ podlab: 'progress', format: 1, records });
const problemOf = (text: string) => {
  const result = importFile(text);
  return result.ok ? undefined : result.problem;
};

test('what was exported is imported as it was', () => {
  fc.assert(
    fc.property(anyRecords, (records) => {
      const result = importFile(exportFile(records));
      expect(result).toEqual({ ok: true, records: merge(records, []) });
    }),
  );
});

test.each([
  ['not JSON', 'hello', { reason: 'not-json' }],
  ['nothing', '', { reason: 'not-json' }],
  ['half a file', fileOf(goal).slice(0, 40), { reason: 'not-json' }],
  ['deep brackets', '['.repeat(20_000), { reason: 'not-json' }],
  ['null', 'null', { reason: 'not-progress' }],
  ['a file of something else', '{"format":1}', { reason: 'not-progress' }],
  ['a list', '[]', { reason: 'not-progress' }],
  ['an older format than there ever was', fileOf().replace('1', '0'), { reason: 'not-progress' }],
  ['a newer format', fileOf().replace('1', '7'), { reason: 'newer', format: 7 }],
  ['too much text', ' '.repeat(fileLimits.chars + 1), { reason: 'too-large' }],
  [
    'too many records',
    fileOf(...new Array<number>(fileLimits.records + 1).fill(0)),
    { reason: 'too-many' },
  ],
])('%s is refused', (_, text, problem) => {
  expect(problemOf(text)).toEqual(problem);
});

const answer = {
  kind: 'answer',
  id: 'a1',
  lesson: '01-a',
  atMs: 1,
  run: 'r1',
  item: 'i',
  version: 1,
  answer: { format: 'single', option: 'x' },
  correct: true,
};

test.each([
  ['kind', { ...answer, kind: 'else' }],
  ['id', { ...answer, id: '' }],
  ['id', { ...answer, id: '<b>' }],
  ['id', { ...answer, id: 'a'.repeat(121) }],
  ['lesson', { ...answer, lesson: '../x' }],
  ['atMs', { ...answer, atMs: -1 }],
  ['atMs', { ...answer, atMs: '1' }],
  ['atMs', { ...answer, atMs: 9e15 }],
  ['version', { ...answer, version: 0.5 }],
  ['correct', { ...answer, correct: 'yes' }],
  ['confidence', { ...answer, confidence: 'very' }],
  ['answer', { ...answer, answer: null }],
  ['answer.format', { ...answer, answer: { format: 'essay', text: '' } }],
  ['answer.option', { ...answer, answer: { format: 'single', option: 1 } }],
  ['answer.text', { ...answer, answer: { format: 'typed', text: 'x'.repeat(301) } }],
  [
    'answer.options',
    { ...answer, answer: { format: 'multiple', options: new Array(65).fill('x') } },
  ],
  ['items[1].item', { ...goal, kind: 'run', seed: 1, items: [{ item: 'a', version: 1 }, {}] }],
  ['items', { ...goal, kind: 'run', seed: 1, items: [] }],
  ['seed', { ...goal, kind: 'run', seed: 2 ** 33, items: [] }],
  ['record', [answer]],
  ['record', null],
])('a record with a wrong %s spoils the whole file', (field, record) => {
  expect(problemOf(fileOf(goal, record))).toEqual({ reason: 'bad-record', at: 2, field });
});

test('fields that nobody knows are left behind, those of the prototype too', () => {
  const text = fileOf(goal).replace('{"kind"', '{"__proto__":{"evil":1},"more":2,"kind"');
  expect(importFile(text)).toEqual({ ok: true, records: [goal] });
});

test('any text is answered, never with an error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.json().map(fileOf)), (text) => {
      expect(typeof importFile(text).ok).toBe('boolean');
    }),
  );
});

test('a stored record that is damaged costs only itself', () => {
  expect(readStored([{ ...goal, of: 'six' }, goal, undefined])).toEqual([goal]);
});
