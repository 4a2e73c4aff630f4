// The author's files beside a lesson: lab.yaml, quiz.yaml and manifests. They are read here; what
// they may hold is said by src/lab/schema.ts and src/quiz/schema.ts.
import { load, YAMLException } from 'js-yaml';
import type { z } from 'zod';
import { labSchema, type LabFile } from '#lab/schema.ts';
import { quizSchema, type QuizFile } from '#quiz/schema.ts';
import { explainIssues } from './explain-issues.ts';

const labs = import.meta.glob<string>('/content/lessons/en/*/lab.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const quizzes = import.meta.glob<string>('/content/lessons/en/*/quiz.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const manifests = import.meta.glob<string>('/content/lessons/en/*/manifests/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** A file of an author: where it is (for messages), its text, and its YAML as plain data. */
export interface AuthorFile {
  readonly path: string;
  readonly text: string;
  readonly data: unknown;
}

export interface LessonFiles {
  readonly lab: AuthorFile | undefined;
  readonly quiz: AuthorFile | undefined;
  /** Text of each manifest by its name, such as `web.yaml`. */
  readonly manifests: Readonly<Record<string, string>>;
}

/** The files beside the lesson; a YAML mistake throws with file, line and column. */
export function lessonFiles(slug: string): LessonFiles {
  const folder = `/content/lessons/en/${slug}/`;
  const own = Object.entries(manifests)
    .filter(([path]) => path.startsWith(`${folder}manifests/`))
    .map(([path, text]) => [path.slice(`${folder}manifests/`.length), text] as const);
  return {
    lab: authorFile(labs, `${folder}lab.yaml`),
    quiz: authorFile(quizzes, `${folder}quiz.yaml`),
    manifests: Object.fromEntries(own),
  };
}

function authorFile(files: Readonly<Record<string, string>>, key: string): AuthorFile | undefined {
  const text = files[key];
  if (text === undefined) return undefined;
  const path = key.slice(1);
  return { path, text, data: readYaml(path, text) };
}

/** The lesson's lab, checked. Throws with file, field and what to write instead. */
export function lessonLab(files: LessonFiles): LabFile {
  return checked(files.lab, labSchema, 'lab.yaml');
}

/** The lesson's quiz, checked. Throws with file, field and what to write instead. */
export function lessonQuiz(files: LessonFiles): QuizFile {
  return checked(files.quiz, quizSchema, 'quiz.yaml');
}

function checked<Out>(file: AuthorFile | undefined, schema: z.ZodType<Out>, name: string): Out {
  if (!file) throw new Error(`the lesson has no ${name}; write one beside its index.mdx`);
  const result = schema.safeParse(file.data);
  if (result.success) return result.data;
  throw new Error(explainIssues(file.path, file.data, schema, result.error));
}

/** YAML as plain data; a mistake throws `file:line:column: reason`. */
export function readYaml(path: string, text: string): unknown {
  try {
    return load(text, { filename: path });
  } catch (error) {
    if (!(error instanceof YAMLException) || !error.mark) throw error;
    const { line, column } = error.mark;
    throw new Error(`${path}:${line + 1}:${column + 1}: ${error.reason}`, { cause: error });
  }
}
