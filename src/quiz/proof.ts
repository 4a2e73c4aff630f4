// Which items the simulator can prove. The tests in tests/lessons execute these proofs; an author
// cannot claim one.
import type { QuizItem } from './schema.ts';

/**
 * Whether the item has a proof that decides every one of its answers: a test for each option or
 * pair, or a command that prints the answer.
 */
export function isProvable(item: QuizItem): boolean {
  if (!item.proof) return false;
  if ('options' in item) return item.options.every(({ check }) => check !== undefined);
  if (item.format === 'match') return item.pairs.every(({ check }) => check !== undefined);
  return item.proof.answer !== undefined;
}
