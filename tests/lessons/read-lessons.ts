// The lessons of the course as the tests need them: lab, quiz and manifests of each.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { labSchema, type LabFile } from '../../src/lab/schema.ts';
import { quizSchema, type QuizFile } from '../../src/quiz/schema.ts';

const folder = new URL('../../content/lessons/en/', import.meta.url);

export interface LessonData {
  readonly slug: string;
  readonly lab: LabFile;
  readonly quiz: QuizFile;
  readonly files: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Every lesson, in order. */
export function readLessons(): readonly LessonData[] {
  return readdirSync(folder)
    .sort()
    .map((slug) => {
      const own = new URL(`${slug}/`, folder);
      const read = (name: string): string => readFileSync(new URL(name, own), 'utf8');
      const manifests = new URL('manifests/', own);
      const names = existsSync(manifests) ? readdirSync(manifests) : [];
      return {
        slug,
        lab: labSchema.parse(load(read('lab.yaml'))),
        quiz: quizSchema.parse(load(read('quiz.yaml'))),
        files: Object.fromEntries(names.map((name) => [name, read(`manifests/${name}`)])),
        text: read('index.mdx'),
      };
    });
}
