// The marks that the lists of lessons show, out of what is kept.
import { lessonProgress, type LessonProgress } from '#progress/standing.ts';
import { progressStore } from './store.ts';

/** Marks by the lesson's slug. */
export async function readMarks(): Promise<ReadonlyMap<string, LessonProgress>> {
  return lessonProgress(await progressStore.read());
}
