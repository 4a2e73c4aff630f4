// The beliefs behind the wrong answers of an item.
import type { QuizItem } from './schema.ts';

/** Ids of the catalogue of misconceptions, each once, in the order of the item. */
export function beliefsOf(item: QuizItem): string[] {
  const beliefs: string[] = [];
  if ('options' in item) {
    for (const option of item.options) if (!option.right) beliefs.push(option.belief);
  } else {
    beliefs.push(...item.wrong.map(({ belief }) => belief));
    if ('otherwise' in item) beliefs.push(item.otherwise.belief);
  }
  return [...new Set(beliefs)];
}
