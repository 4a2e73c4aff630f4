import { expect, test } from 'vitest';
import { z } from 'zod';
import { explainIssues } from './explain-issues.ts';

const condition = z.union(
  [
    z.strictObject({ event: z.strictObject({ reason: z.string() }) }),
    z.strictObject({ run: z.string() }),
  ],
  { error: 'is not a condition; write one of: event, run' },
);
const schema = z.strictObject({
  seed: z.number().default(1),
  words: z.array(z.string()).optional(),
  goals: z.array(z.strictObject({ id: z.string(), when: condition })),
});
const path = 'content/lessons/en/01-what-is-a-pod/lab.yaml';
const right = { id: 'ran', when: { run: 'x' } };

function explanation(data: unknown): string {
  const result = schema.safeParse(data);
  return result.success ? 'right' : explainIssues(path, data, schema, result.error);
}

test('names the field to write for a misspelt one, and does not call that one missing', () => {
  expect(explanation({ goals: [{ id: 'ran', wehn: { run: 'x' } }] })).toBe(
    `${path}: goals[0] ("ran"): unknown field "wehn"; write "when"`,
  );
});

test('knows the fields that may be left out', () => {
  expect(explanation({ goals: [right], wrods: [] })).toBe(
    `${path}: the file: unknown field "wrods"; write "words"`,
  );
});

test('lists the fields there are when none is near', () => {
  expect(explanation({ goals: [{ ...right, colour: 'red' }] })).toBe(
    `${path}: goals[0] ("ran"): unknown field "colour"; it may have id, when`,
  );
});

test('says what a choice allows when nothing of it was meant', () => {
  expect(explanation({ goals: [{ id: 'ran', when: { until: {} } }] })).toBe(
    `${path}: goals[0].when ("ran"): is not a condition; write one of: event, run`,
  );
});

test('names the choice to write for a misspelt one', () => {
  expect(explanation({ goals: [{ id: 'ran', when: { evnt: { reason: 'Killing' } } }] })).toBe(
    `${path}: goals[0].when ("ran"): unknown field "evnt"; write "event"`,
  );
});

test('finds the mistake inside the choice that was meant', () => {
  expect(explanation({ goals: [{ id: 'ran', when: { event: { reasno: 'Killing' } } }] })).toBe(
    `${path}: goals[0].when.event ("ran"): unknown field "reasno"; write "reason"`,
  );
  expect(explanation({ goals: [{ id: 'ran', when: { event: { reason: 3 } } }] })).toBe(
    `${path}: goals[0].when.event.reason ("ran"): is something else; write a text`,
  );
});

test('lists the values there are', () => {
  const lamp = z.strictObject({ colour: z.enum(['red', 'green']) });
  const data = { colour: 'rde' };
  const { error } = lamp.safeParse(data);
  expect(error && explainIssues('lamp.yaml', data, lamp, error)).toBe(
    'lamp.yaml: colour: write red or green',
  );
});

test('has a line for each mistake', () => {
  expect(explanation({ seed: '3' })).toBe(
    [
      `${path}: seed: is something else; write a number`,
      `${path}: goals: is missing; write a list`,
    ].join('\n'),
  );
});
