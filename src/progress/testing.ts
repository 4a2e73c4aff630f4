// Records for tests.
import fc from 'fast-check';
import type { Answer } from '#quiz/mark.ts';
import { confidences, type ProgressRecord } from './records.ts';

const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const few = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ format: fc.constant('single' as const), option: word }),
  fc.record({ format: fc.constant('multiple' as const), options: fc.array(word) }),
  fc.record({ format: fc.constant('order' as const), order: fc.array(word) }),
  fc.record({ format: fc.constant('match' as const), pairs: fc.dictionary(word, fc.string()) }),
  fc.record({ format: fc.constantFrom('typed' as const, 'number' as const), text: fc.string() }),
);
const base = { id: few, lesson: few, atMs: fc.nat(20) };
const asked = { item: few, version: fc.integer({ min: 1, max: 3 }) };
const confidence = fc.constantFrom(...confidences);

/** Any record, from so few ids and times that they often meet. */
export const anyRecord: fc.Arbitrary<ProgressRecord> = fc.oneof(
  fc.record({
    kind: fc.constant('run' as const),
    ...base,
    seed: fc.nat(),
    items: fc.array(fc.record(asked), { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('answer' as const),
    ...base,
    ...asked,
    run: few,
    answer,
    correct: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('answer' as const),
    ...base,
    ...asked,
    run: few,
    answer,
    correct: fc.boolean(),
    confidence,
  }),
  fc.record({ kind: fc.constant('gave-up' as const), ...base, ...asked, run: few }),
  fc.record({ kind: fc.constant('goal' as const), ...base, goal: few, of: fc.nat(9) }),
);
export const anyRecords = fc.array(anyRecord, { maxLength: 12 });
