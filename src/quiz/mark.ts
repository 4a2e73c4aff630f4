// Marking: an answer in, a verdict and the beliefs behind what was wrong out.
import type { QuizItem } from './schema.ts';

/** An answer as a form gives it. Ids of options; items in the chosen order; pair id to right-hand side; text; number as typed. */
export type Answer =
  | { readonly format: 'single'; readonly option: string }
  | { readonly format: 'multiple'; readonly options: readonly string[] }
  | { readonly format: 'order'; readonly order: readonly string[] }
  | { readonly format: 'match'; readonly pairs: Readonly<Record<string, string>> }
  | { readonly format: 'typed'; readonly text: string }
  | { readonly format: 'number'; readonly text: string };

/** One thing that was wrong, or (for choices) right, and what to say to it. */
export interface Remark {
  /** The option, item or pair it is about; undefined for the answer as a whole. */
  readonly about: string | undefined;
  /** An id of the catalogue of misconceptions; undefined for remarks on what was right. */
  readonly belief: string | undefined;
  readonly because: string;
}

export interface Mark {
  readonly correct: boolean;
  readonly remarks: readonly Remark[];
}

type Of<Format extends QuizItem['format']> = Extract<QuizItem, { format: Format }>;

/** Folds what does not matter in a typed answer: case, outer and doubled blanks, quotes, a full stop at the end. */
export function normalise(text: string): string {
  const bare = text
    .trim()
    .toLowerCase()
    .replaceAll(/["'`‘’“”]/g, '');
  return bare.replaceAll(/\s+/g, ' ').replace(/\.$/, '');
}

/** Reads a number as people type it: "30", "30 s", "1.5". Undefined where there is none. */
export function readNumber(text: string): number | undefined {
  const found = /^\s*([+-]?\d{1,12}(?:[.,]\d{1,6})?)\s*[a-z%]{0,12}\.?\s*$/i.exec(text);
  return found ? Number((found[1] ?? '').replace(',', '.')) : undefined;
}

function markOptions(item: Of<'single'> | Of<'multiple'>, chosen: readonly string[]): Mark {
  const remarks: Remark[] = [];
  let correct = true;
  for (const option of item.options) {
    const wasChosen = chosen.includes(option.id);
    if (wasChosen !== option.right) correct = false;
    if (!wasChosen) continue;
    if (!option.right) {
      remarks.push({ about: option.id, belief: option.belief, because: option.because });
    } else if (option.because !== undefined) {
      remarks.push({ about: option.id, belief: undefined, because: option.because });
    }
  }
  return { correct, remarks };
}

function markOrder(item: Of<'order'>, order: readonly string[]): Mark {
  const correct =
    order.length === item.items.length && item.items.every(({ id }, index) => order[index] === id);
  if (correct) return { correct, remarks: [] };
  const remarks = item.wrong
    .filter(({ before, after }) => order.indexOf(before) < order.indexOf(after))
    .map(({ before, belief, because }) => ({ about: before, belief, because }));
  return { correct, remarks };
}

function markMatch(item: Of<'match'>, pairs: Readonly<Record<string, string>>): Mark {
  const remarks: Remark[] = [];
  for (const pair of item.pairs) {
    const given = Object.hasOwn(pairs, pair.id) ? pairs[pair.id] : undefined;
    if (given === pair.with) continue;
    const known = item.wrong.find((wrong) => wrong.pair === pair.id && wrong.with === given);
    const { belief, because } = known ?? item.otherwise;
    remarks.push({ about: pair.id, belief, because });
  }
  return { correct: remarks.length === 0, remarks };
}

function markTyped(item: Of<'typed'>, text: string): Mark {
  const given = normalise(text);
  const isAmong = (answers: readonly string[]) =>
    answers.some((answer) => normalise(answer) === given);
  if (isAmong(item.accept)) return { correct: true, remarks: [] };
  const { belief, because } = item.wrong.find(({ answers }) => isAmong(answers)) ?? item.otherwise;
  return { correct: false, remarks: [{ about: undefined, belief, because }] };
}

function markNumber(item: Of<'number'>, text: string): Mark {
  const given = readNumber(text);
  const isNear = (value: number) =>
    given !== undefined && Math.abs(given - value) <= item.tolerance;
  if (isNear(item.value)) return { correct: true, remarks: [] };
  const { belief, because } = item.wrong.find(({ value }) => isNear(value)) ?? item.otherwise;
  return { correct: false, remarks: [{ about: undefined, belief, because }] };
}

/**
 * Marks an answer.
 * @returns undefined when the answer is not of the item's format (stored data may be of an older version).
 */
export function mark(item: QuizItem, answer: Answer): Mark | undefined {
  if (item.format === 'single' && answer.format === 'single') {
    return markOptions(item, [answer.option]);
  }
  if (item.format === 'multiple' && answer.format === 'multiple') {
    return markOptions(item, answer.options);
  }
  if (item.format === 'order' && answer.format === 'order') return markOrder(item, answer.order);
  if (item.format === 'match' && answer.format === 'match') return markMatch(item, answer.pairs);
  if (item.format === 'typed' && answer.format === 'typed') return markTyped(item, answer.text);
  if (item.format === 'number' && answer.format === 'number') return markNumber(item, answer.text);
  return undefined;
}
