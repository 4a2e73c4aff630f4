// Which items of a bank a run asks, and in which order their options stand. All of it follows from
// a seed, so that a reload shows the same and a second reader sees something else.
import { Random } from '#sim/runtime/random.ts';
import type { QuizFile, QuizItem } from './schema.ts';

/** The same values in an order that depends on the stream alone (Fisher and Yates). */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const rest = [...values];
  const result: T[] = [];
  while (rest.length > 0) result.push(...rest.splice(random.below(rest.length), 1));
  return result;
}

/**
 * The items that a run asks, in the order of the bank.
 * @param met ids of items that earlier runs asked; they come again only when the others run out
 * @returns `quiz.asks` items spread over claims and formats, or the whole bank where it is smaller
 */
export function chooseItems(
  quiz: QuizFile,
  seed: number,
  met: ReadonlySet<string> = new Set(),
): QuizItem[] {
  const pool = shuffled(quiz.items, new Random(seed, 'quiz/items'));
  const claims = new Set<string>();
  const formats = new Set<string>();
  const chosen = new Set<QuizItem>();
  while (chosen.size < Math.min(quiz.asks, quiz.items.length)) {
    const next = best(pool, chosen, (item) => {
      const newClaims = item.claims.filter((claim) => !claims.has(claim)).length;
      return [met.has(item.id) ? 0 : 1, newClaims, formats.has(item.format) ? 0 : 1];
    });
    if (!next) break;
    chosen.add(next);
    for (const claim of next.claims) claims.add(claim);
    formats.add(next.format);
  }
  return quiz.items.filter((item) => chosen.has(item));
}

/** The first item with the highest worth; worths are compared number by number. */
function best(
  pool: readonly QuizItem[],
  taken: ReadonlySet<QuizItem>,
  worth: (item: QuizItem) => readonly number[],
): QuizItem | undefined {
  let found: { readonly item: QuizItem; readonly worth: readonly number[] } | undefined;
  for (const item of pool) {
    if (taken.has(item)) continue;
    const candidate = { item, worth: worth(item) };
    if (!found || isMore(candidate.worth, found.worth)) found = candidate;
  }
  return found?.item;
}

function isMore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at !== -1 && (a[at] ?? 0) > (b[at] ?? 0);
}

/**
 * The order in which an item's options (or things to be put in order) stand at one attempt.
 * @param attempt 0 for the first; every further attempt has an order of its own
 * @returns ids; for an item that asks for an order never the right one
 */
export function optionOrder(item: QuizItem, seed: number, attempt: number): string[] {
  const random = new Random(seed, `quiz/options/${item.id}/${attempt}`);
  if (item.format === 'single' || item.format === 'multiple') {
    return shuffled(
      item.options.map(({ id }) => id),
      random,
    );
  }
  if (item.format === 'match') {
    return shuffled(
      item.pairs.map(({ id }) => id),
      random,
    );
  }
  if (item.format !== 'order') return [];
  const right = item.items.map(({ id }) => id);
  const order = shuffled(right, random);
  const isRight = order.every((id, index) => id === right[index]);
  return isRight ? [...order.slice(1), ...order.slice(0, 1)] : order;
}

/** What stands on the right of a matching item, each once, in the order of the bank. */
export function matchChoices(item: Extract<QuizItem, { format: 'match' }>): string[] {
  return [...new Set([...item.pairs.map((pair) => pair.with), ...item.extra])];
}
