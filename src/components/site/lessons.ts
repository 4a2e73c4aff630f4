// The lessons of the course in order, with what lists, navigation and their own pages need.
import { readFile } from 'node:fs/promises';
import { getCollection, type CollectionEntry } from 'astro:content';
import { readOutline, type LessonOutline } from './lesson-outline.ts';

export interface Lesson {
  /** Its folder, such as `01-what-is-a-pod`; the key of progress, labs and assignments. */
  readonly slug: string;
  /** Two digits, as they are printed. */
  readonly number: string;
  readonly title: string;
  /** The name in lists. */
  readonly short: string;
  readonly question: string;
  readonly description: string;
  readonly minutes: number;
  readonly claims: readonly string[];
  /** Address from the site's root. */
  readonly path: string;
  readonly outline: LessonOutline;
  readonly entry: CollectionEntry<'lessons'>;
}

/** All lessons in order. Throws where a lesson's text or its place in the course is wrong. */
export async function allLessons(): Promise<Lesson[]> {
  const entries = await getCollection('lessons');
  entries.sort((a, b) => a.data.order - b.data.order);
  return Promise.all(entries.map(toLesson));
}

async function toLesson(entry: CollectionEntry<'lessons'>): Promise<Lesson> {
  const file = entry.filePath ?? `content/lessons/en/${entry.id}/index.mdx`;
  const { data } = entry;
  const number = String(data.order).padStart(2, '0');
  if (!entry.id.startsWith(`${number}-`)) {
    const advice = `write order: ${Number(entry.id.slice(0, 2))}, as its folder says`;
    throw new Error(`${file}: order is ${data.order}; ${advice}`);
  }
  const outline = readOutline(file, await readFile(file, 'utf8'));
  const sum = outline.parts.reduce((minutes, part) => minutes + part.minutes, 0);
  if (outline.parts.length > 0 && sum !== data.minutes) {
    throw new Error(`${file}: minutes is ${data.minutes}; its parts take ${sum}: write that`);
  }
  return {
    slug: entry.id,
    number,
    title: data.title,
    short: data.short ?? data.title,
    question: data.question,
    description: data.description,
    minutes: data.minutes,
    claims: data.claims,
    path: `/lessons/${entry.id}/`,
    outline,
    entry,
  };
}
