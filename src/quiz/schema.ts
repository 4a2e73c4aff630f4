// The author's `quiz.yaml`: what it may hold, checked strictly. A wrong answer without the belief behind it is refused.
import { z } from 'zod';
import { step } from '#lab/schema.ts';

const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'ids are lower-case words joined by hyphens, such as "ip-survives"');
const text = z.string().min(1);
const belief = id.describe('an id of content/misconceptions.yaml');
const sentence = text.min(20, 'a bare verdict is not feedback: say what is so, in a sentence');

/**
 * How the simulator proves an item: a fresh lab, what is done in it, and then a command line for each answer.
 * "Show me" plays the same in the reader's own lab.
 */
const proof = z.strictObject({
  nodes: z.number().int().min(1).max(5).default(2),
  files: z.record(z.string(), z.string()).default({}).describe('files of the home folder'),
  start: z.array(text).default([]).describe('command lines run before anything is shown'),
  steps: z.array(step).min(1),
  answer: text
    .optional()
    .describe('a command line that prints the right answer: for typed, number and order'),
});
const check = text.optional().describe('a command line that ends with 0 only where this is so');

const common = {
  id,
  /** Rises when the item asks something else than before; answers to older versions are kept apart. */
  version: z.number().int().min(1).default(1),
  claims: z.array(z.string().regex(/^C\d\d$/, 'claims are written C01 to C55')).min(1),
  asks: z.enum(['fact', 'why', 'what-if']),
  ask: text,
  /** Said once the item was answered rightly. */
  explain: sentence,
  /** A section of the lesson to read again: the id of a heading. */
  reread: text.optional(),
  /** An ungraded prompt: "In one sentence, why?" */
  reflect: text.optional(),
  proof: proof.optional(),
};

const rightOption = z.strictObject({
  id,
  say: text,
  right: z.literal(true),
  because: sentence.optional(),
  check,
});
const wrongOption = z.strictObject({
  id,
  say: text,
  right: z.literal(false).default(false),
  belief,
  because: sentence,
  check,
});
const option = z.union([rightOption, wrongOption], {
  error: 'an option needs either "right: true", or "belief" and "because"',
});

const named = z.strictObject({ belief, because: sentence });

const single = z
  .strictObject({ format: z.literal('single'), ...common, options: z.array(option).min(3).max(6) })
  .refine(
    ({ options }) => options.filter((candidate) => candidate.right).length === 1,
    'exactly one option has "right: true"',
  );
const multiple = z
  .strictObject({
    format: z.literal('multiple'),
    ...common,
    options: z.array(option).min(3).max(8),
  })
  .refine(
    ({ options }) => options.some((candidate) => candidate.right),
    'at least one option has "right: true"',
  );
const order = z.strictObject({
  format: z.literal('order'),
  ...common,
  /** In the right order. */
  items: z
    .array(
      z.strictObject({
        id,
        say: text,
        shows: text.optional().describe('the word of the proof’s answer that stands for it'),
      }),
    )
    .min(3)
    .max(8),
  /** Named wrong orders: this item was put before that one. */
  wrong: z.array(z.strictObject({ before: id, after: id, ...named.shape })).min(1),
});
const match = z.strictObject({
  format: z.literal('match'),
  ...common,
  pairs: z
    .array(z.strictObject({ id, say: text, with: text, check }))
    .min(3)
    .max(8),
  /** Further right-hand sides that belong to nothing. */
  extra: z.array(text).default([]),
  wrong: z.array(z.strictObject({ pair: id, with: text, ...named.shape })).min(1),
  otherwise: named,
});
const typed = z.strictObject({
  format: z.literal('typed'),
  ...common,
  accept: z.array(text).min(1),
  wrong: z.array(z.strictObject({ answers: z.array(text).min(1), ...named.shape })).min(1),
  otherwise: named,
});
const number = z.strictObject({
  format: z.literal('number'),
  ...common,
  value: z.number(),
  tolerance: z.number().min(0).default(0),
  unit: text.optional(),
  wrong: z.array(z.strictObject({ value: z.number(), ...named.shape })).min(1),
  otherwise: named,
});

const anyItem = z.discriminatedUnion('format', [single, multiple, order, match, typed, number]);
export const quizItem = anyItem.superRefine((item, context) => {
  const refuse = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message });
  const field = partsField[item.format];
  const parts = partIds(item);
  const twice = parts.findIndex((part, index) => parts.indexOf(part) !== index);
  if (twice !== -1 && field) refuse([field, twice, 'id'], 'stands here for the second time');
  if (item.format === 'order') checkOrder(item, parts, refuse);
  if (item.format === 'match') {
    item.wrong.forEach(({ pair }, index) => {
      const message = `is not one of the pairs ${parts.join(', ')}`;
      if (!parts.includes(pair)) refuse(['wrong', index, 'pair'], message);
    });
  }
});

const partsField = {
  single: 'options',
  multiple: 'options',
  order: 'items',
  match: 'pairs',
  typed: undefined,
  number: undefined,
} as const;

function partIds(item: z.infer<typeof anyItem>): string[] {
  if ('options' in item) return item.options.map((part) => part.id);
  if (item.format === 'order') return item.items.map((part) => part.id);
  return item.format === 'match' ? item.pairs.map((part) => part.id) : [];
}

/** Every wrong order has two neighbours the wrong way round, so these must have their words. */
function checkOrder(
  item: z.infer<typeof order>,
  parts: readonly string[],
  refuse: (path: (string | number)[], message: string) => void,
): void {
  item.wrong.forEach(({ before, after }, index) => {
    const isWrong = parts.includes(after) && parts.indexOf(before) > parts.indexOf(after);
    if (!isWrong) refuse(['wrong', index], `"${before}" before "${after}" is not a wrong order`);
  });
  parts.slice(1).forEach((later, index) => {
    const earlier = parts[index];
    const isNamed = item.wrong.some(({ before, after }) => before === later && after === earlier);
    const advice = `lacks "before: ${later}, after: ${earlier}": neighbours that can be swapped`;
    if (!isNamed) refuse(['wrong'], advice);
  });
}

export const quizSchema = z
  .strictObject({
    /** How many items a first run asks. */
    asks: z.number().int().min(3).default(6),
    items: z.array(quizItem).min(1),
  })
  .superRefine(({ items }, context) => {
    const ids = items.map((item) => item.id);
    ids.forEach((name, index) => {
      if (ids.indexOf(name) === index) return;
      const path = ['items', index, 'id'];
      context.addIssue({ code: 'custom', path, message: 'stands here for the second time' });
    });
  });

export type QuizItem = z.infer<typeof quizItem>;
export type QuizFile = z.infer<typeof quizSchema>;
export type QuizProof = z.infer<typeof proof>;
export type QuizFormat = QuizItem['format'];

export const misconceptionSchema = z.record(
  id,
  z.strictObject({
    name: text.describe('the belief in the words of who holds it'),
    truth: sentence,
  }),
);
export type Misconceptions = z.infer<typeof misconceptionSchema>;
