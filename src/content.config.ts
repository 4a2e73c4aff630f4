// The collections of content/: lessons and the few pages of prose. Schemas are strict, and a wrong
// field is answered with its name and the one to write instead.
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { strictFields } from './components/site/strict-fields.ts';

/** A claim of the course, C01 to C55. */
const claim = z
  .string()
  .regex(/^C(0[1-9]|[1-4]\d|5[0-5])$/, 'is not a claim; write one of "C01" to "C55"');

const text = (what: string) => z.string().trim().min(1, `is empty; write ${what}`);

const lessons = defineCollection({
  loader: glob({
    pattern: '[0-9][0-9]-*/index.mdx',
    base: './content/lessons/en',
    generateId: ({ entry }) => entry.replace(/\/index\.mdx$/, ''),
  }),
  schema: strictFields({
    title: text('the heading of the lesson').describe('The heading of the lesson.'),
    short: text('the name in lists')
      .max(28, 'is longer than 28 characters and does not fit the lists')
      .optional()
      .describe('The name in lists and in the rail; the title where it is left out.'),
    question: text('the question that opens the lesson').describe(
      'The question from practice that opens the lesson.',
    ),
    minutes: z
      .int('must be a whole number of minutes')
      .min(5)
      .max(60)
      .describe('How long the lesson takes: the sum of its parts.'),
    claims: z.array(claim).min(1).describe('The claims that the lesson teaches.'),
    order: z.int().min(1).max(99).describe('Its place in the course; the number in its folder.'),
    description: text('a sentence for search engines and link previews')
      .max(200, 'is longer than 200 characters')
      .describe('One sentence for search engines and link previews.'),
  }),
});

const pages = defineCollection({
  loader: glob({ pattern: '*.mdx', base: './content/pages/en' }),
  schema: strictFields({
    title: text('the heading of the page'),
    description: text('a sentence for search engines and link previews').max(200),
  }),
});

export const collections = { lessons, pages };
