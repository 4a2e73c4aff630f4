// The goals that the lab has seen reached, kept with the rest of the progress.
import { goalRecordId } from '#progress/records.ts';
import { progressStore, type Kept } from './store.ts';

const known = new Set<string>();

/**
 * Keeps that these goals of the lesson's lab are reached; saying it again changes nothing.
 * @param lesson the slug
 * @param goals ids of all reached goals
 * @param of how many goals the lab has
 */
export async function recordGoals(
  lesson: string,
  goals: readonly string[],
  of: number,
): Promise<Kept> {
  const fresh = goals.filter((goal) => !known.has(goalRecordId(lesson, goal)));
  if (fresh.length === 0) return { kept: true };
  const atMs = Date.now();
  const records = fresh.map((goal) => ({
    kind: 'goal' as const,
    id: goalRecordId(lesson, goal),
    lesson,
    goal,
    of,
    atMs,
  }));
  for (const { id } of records) known.add(id);
  return progressStore.append(records);
}
