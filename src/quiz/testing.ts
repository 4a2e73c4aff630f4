// Items for tests, one of each format.
import { quizSchema, type QuizFile, type QuizFormat, type QuizItem } from './schema.ts';

const because = 'It is not so, and this sentence says what is so.';
const belief = 'some-belief';
const common = (id: string, claim: string) => ({
  id,
  claims: [claim],
  asks: 'fact',
  ask: `What is ${id}?`,
  explain: 'This is so, for a reason that is named here.',
});

/** A bank of six items, each of another format and claim. */
export const sampleQuiz: QuizFile = quizSchema.parse({
  asks: 3,
  items: [
    {
      ...common('one', 'C01'),
      format: 'single',
      options: [
        { id: 'a', say: 'right', right: true },
        { id: 'b', say: 'wrong', belief, because },
        { id: 'c', say: 'wrong too', belief: 'other-belief', because, check: 'false' },
      ],
      proof: { start: ['first'], steps: [{ run: 'second' }, { wait: '1.5m' }], answer: 'last' },
    },
    {
      ...common('some', 'C02'),
      format: 'multiple',
      options: [
        { id: 'a', say: 'right', right: true, because: 'This one belongs to it as well.' },
        { id: 'b', say: 'right too', right: true },
        { id: 'c', say: 'wrong', belief, because },
      ],
    },
    {
      ...common('steps', 'C03'),
      format: 'order',
      items: ['a', 'b', 'c'].map((id) => ({ id, say: `step ${id}` })),
      wrong: [
        { before: 'b', after: 'a', belief, because },
        { before: 'c', after: 'b', belief: 'other-belief', because },
      ],
    },
    {
      ...common('pairs', 'C04'),
      format: 'match',
      pairs: [
        { id: 'a', say: 'first', with: 'x' },
        { id: 'b', say: 'second', with: 'y' },
        { id: 'c', say: 'third', with: 'x' },
      ],
      extra: ['z'],
      wrong: [{ pair: 'a', with: 'y', belief, because }],
      otherwise: { belief: 'other-belief', because },
    },
    {
      ...common('word', 'C05'),
      format: 'typed',
      accept: ['CrashLoopBackOff'],
      wrong: [{ answers: ['Completed'], belief, because }],
      otherwise: { belief: 'other-belief', because },
    },
    {
      ...common('count', 'C06'),
      format: 'number',
      value: 30,
      tolerance: 1,
      unit: 's',
      wrong: [{ value: 60, belief, because }],
      otherwise: { belief: 'other-belief', because },
    },
  ],
});

/** The item of that format. */
export function sampleItem<Format extends QuizFormat>(
  format: Format,
): Extract<QuizItem, { format: Format }> {
  const found = sampleQuiz.items.find((item) => item.format === format);
  if (!found) throw new Error(`no sample of format ${format}`);
  return found as Extract<QuizItem, { format: Format }>;
}
