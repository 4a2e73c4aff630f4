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
  goals: z.array(z.strictObject({ id: z.string(), when: condition })),
});
const path = 'content/lessons/en/01-what-is-a-pod/lab.yaml';

function explanation(data: unknown): string {
  const result = schema.safeParse(data);
  return result.success ? 'right' : explainIssues(path, data, result.error);
}

test('names an unknown field and the thing it stands in', () => {
  const data = { goals: [{ id: 'ran', when: { run: 'x' }, wehn: 1 }] };
  expect(explanation(data)).toBe(`${path}: goals[0] ("ran"): unknown field "wehn"`);
});

test('says what a choice allows when nothing of it was meant', () => {
  const data = { goals: [{ id: 'ran', when: { evnt: {} } }] };
  expect(explanation(data)).toBe(
    `${path}: goals[0].when ("ran"): is not a condition; write one of: event, run`,
  );
});

test('finds the mistake inside the choice that was meant', () => {
  const data = { goals: [{ id: 'ran', when: { event: { reason: 3 } } }] };
  expect(explanation(data)).toBe(
    `${path}: goals[0].when.event.reason ("ran"): Invalid input: expected string, received number`,
  );
});

test('has a line for each mistake', () => {
  expect(explanation({ seed: '3', goals: 1 })).toBe(
    [
      `${path}: seed: Invalid input: expected number, received string`,
      `${path}: goals: Invalid input: expected array, received number`,
    ].join('\n'),
  );
});
