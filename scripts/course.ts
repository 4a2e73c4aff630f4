// The course's files as plain data, read from content/ without Astro: for reports and tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import type { z } from 'zod';
import { labSchema, type LabFile } from '../src/lab/schema.ts';
import { explainIssues } from '../src/components/site/explain-issues.ts';
import {
  misconceptionSchema,
  quizSchema,
  type Misconceptions,
  type QuizFile,
} from '../src/quiz/schema.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const lessonsFolder = 'content/lessons/en';

export interface CourseLesson {
  /** Its folder, such as `01-what-is-a-pod`. */
  readonly slug: string;
  /** The text of index.mdx. */
  readonly text: string;
  /** The claims of its front matter. */
  readonly claims: readonly string[];
  readonly lab: LabFile;
  readonly quiz: QuizFile;
}

function read<Out>(path: string, schema: z.ZodType<Out>): Out {
  const data = load(readFileSync(join(root, path), 'utf8'), { filename: path });
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw new Error(explainIssues(path, data, schema, result.error));
}

/** All lessons in order. Throws with file and field where one of their files is wrong. */
export function courseLessons(): CourseLesson[] {
  const folders = readdirSync(join(root, lessonsFolder)).filter((name) => /^\d\d-/.test(name));
  return folders.sort().map((slug) => {
    const folder = `${lessonsFolder}/${slug}`;
    const text = readFileSync(join(root, folder, 'index.mdx'), 'utf8');
    const front = load(/^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? '') as { claims?: string[] };
    return {
      slug,
      text,
      claims: front.claims ?? [],
      lab: read(`${folder}/lab.yaml`, labSchema),
      quiz: read(`${folder}/quiz.yaml`, quizSchema),
    };
  });
}

/** The catalogue of beliefs. */
export function courseMisconceptions(): Misconceptions {
  return read('content/misconceptions.yaml', misconceptionSchema);
}
