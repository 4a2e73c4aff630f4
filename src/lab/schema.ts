// The author's `lab.yaml`: what it may hold, checked strictly, with messages that name the field.
import { z } from 'zod';

const id = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]*$/,
    'ids are lower-case words joined by hyphens, such as "pod-is-running"',
  );
const claim = z.string().regex(/^C\d\d$/, 'claims are written C01 to C55');
const seconds = z
  .string()
  .regex(/^\d+(\.\d+)?(s|m|h)$/, 'write a duration such as "30s", "5m" or "1h"');
const text = z.string().min(1);

/** A comparison of what a JSONPath finds with a value. Exactly one operator. */
export const fieldTest = z
  .strictObject({
    path: text.describe('kubectl JSONPath, such as {.status.phase}'),
    is: z.union([z.string(), z.number(), z.boolean()]).optional(),
    isNot: z.union([z.string(), z.number(), z.boolean()]).optional(),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    exists: z.boolean().optional(),
    changed: z
      .literal(true)
      .optional()
      .describe('the value is another than the first one that was seen on this object'),
    includes: z.string().optional().describe('the text, or one of the words, holds this'),
  })
  .refine(
    (test) => Object.keys(test).filter((key) => key !== 'path').length === 1,
    'needs exactly one of: is, isNot, atLeast, atMost, exists, changed, includes',
  );

export const objectTest = z.strictObject({
  kind: text.describe('Pod, Deployment ...'),
  name: text.optional().describe('a name; * at its end stands for anything'),
  namespace: text.optional(),
  selector: text.optional().describe('a label selector'),
  where: z.array(fieldTest).optional(),
  count: z
    .strictObject({ atLeast: z.number().int().optional(), exactly: z.number().int().optional() })
    .optional()
    .describe('how many objects must fit; at least one when left out'),
});

export const eventTest = z.strictObject({
  reason: text,
  on: text.optional().describe('kind/name of the object, such as pod/web'),
  message: text.optional().describe('words that the message holds'),
});

/** A kubectl command that the learner gave, by what it did and not by how it was typed. */
export const commandTest = z.strictObject({
  verb: text,
  resource: text.optional().describe('as in the API: pods'),
  name: text.optional(),
  flags: z.array(text).optional().describe('flags that were given, such as --previous'),
  exit: z.union([z.literal('zero'), z.literal('nonzero')]).optional(),
  output: text.optional().describe('words that were printed'),
});

/** A program that ran in a container, however it was started there. */
export const programTest = z.strictObject({
  pod: text.optional(),
  container: text.optional(),
  program: text.describe('the name of the program, such as hostname'),
  arguments: z.array(text).optional().describe('words among its arguments'),
  exit: z.union([z.literal('zero'), z.literal('nonzero')]).optional(),
  output: text.optional().describe('words that it printed'),
});

export type FieldTest = z.infer<typeof fieldTest>;
export type ObjectTest = z.infer<typeof objectTest>;
export type EventTest = z.infer<typeof eventTest>;
export type CommandTest = z.infer<typeof commandTest>;
export type ProgramTest = z.infer<typeof programTest>;

/** What must be true. Exactly one key. */
export type Condition =
  | { readonly object: ObjectTest; readonly hold?: string | undefined }
  | { readonly event: EventTest }
  | { readonly command: CommandTest }
  | { readonly program: ProgramTest }
  | { readonly predicted: string }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** Was true at some time since the start. */
  | { readonly once: Condition }
  /** Was never true since the other became true (or since the start). */
  | { readonly never: Condition; readonly since?: Condition | undefined };

export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union(
    [
      z.strictObject({ object: objectTest, hold: seconds.optional() }),
      z.strictObject({ event: eventTest }),
      z.strictObject({ command: commandTest }),
      z.strictObject({ program: programTest }),
      z.strictObject({ predicted: id }),
      z.strictObject({ all: z.array(condition).min(1) }),
      z.strictObject({ any: z.array(condition).min(1) }),
      z.strictObject({ not: condition }),
      z.strictObject({ once: condition }),
      z.strictObject({ never: condition, since: condition.optional() }),
    ],
    {
      error:
        'is not a condition; write one of: object (with hold), event, command, program, predicted, all, any, not, once, never (with since)',
    },
  ),
);

const missing = z.strictObject({
  unless: condition.optional().describe('this line is shown while the condition is not true'),
  say: text.describe('may hold values: ${pod/shop {.status.phase}}'),
});

const goal = z.strictObject({
  id,
  say: text,
  claims: z.array(claim).max(3, 'at most three claims per goal').default([]),
  when: condition,
  missing: z.array(missing).min(1, 'say what is still missing'),
  hints: z.array(text).default([]),
  read: text.optional().describe('a command through which the asked value can be read'),
  part: z.number().int().min(1).default(1),
});

export const step = z.union(
  [
    z.strictObject({ run: text }),
    z.strictObject({ keys: z.enum(['ctrl-c', 'ctrl-d']) }),
    z.strictObject({ wait: seconds }),
    z.strictObject({ until: condition, within: seconds }),
    z.strictObject({ predict: id, choose: id }),
    z.strictObject({ fault: text }),
  ],
  {
    error:
      'is not a step; write one of: run, keys, wait, until (with within), predict (with choose), fault',
  },
);

const prediction = z.strictObject({
  id,
  ask: text,
  claims: z.array(claim).max(3).default([]),
  /** The goal whose being reached opens the answer. */
  revealedBy: id,
  options: z
    .array(
      z.strictObject({
        id,
        say: text,
        when: condition.describe('what the cluster shows if this option is right'),
        because: text.describe('said when this option was chosen and the answer is open'),
      }),
    )
    .min(2),
  explain: text,
});

export const labSchema = z.strictObject({
  title: text,
  seed: z.number().int().min(0).default(1),
  nodes: z.number().int().min(1).max(5).default(2),
  addons: z.array(z.enum(['metrics'])).default([]),
  start: z.array(text).default([]).describe('command lines run before the learner arrives'),
  goals: z.array(goal).min(1),
  predictions: z.array(prediction).default([]),
  solution: z.array(z.strictObject({ goal: id, steps: z.array(step).min(1) })),
  /** Further ways to the goals, for the tests: any route counts. */
  routes: z
    .array(z.strictObject({ name: text, reaches: z.array(id).min(1), steps: z.array(step).min(1) }))
    .default([]),
  words: z.array(text).default([]).describe('words offered as chips on a phone'),
});

export type LabFile = z.infer<typeof labSchema>;
export type LabGoal = LabFile['goals'][number];
export type LabStep = z.infer<typeof step>;
export type LabPrediction = LabFile['predictions'][number];
