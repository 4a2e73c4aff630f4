// The right answer of an item: as lines to read, and as an answer that marks as correct.
import type { Answer } from './mark.ts';
import type { QuizItem } from './schema.ts';

/** What is right, a line for each option, step or pair. */
export function rightAnswer(item: QuizItem): string[] {
  if ('options' in item) return item.options.flatMap(({ right, say }) => (right ? [say] : []));
  if (item.format === 'order') return item.items.map(({ say }, index) => `${index + 1}. ${say}`);
  if (item.format === 'match') return item.pairs.map((pair) => `${pair.say}: ${pair.with}`);
  if (item.format === 'typed') return item.accept.slice(0, 1);
  return [item.unit === undefined ? `${item.value}` : `${item.value} ${item.unit}`];
}

/** An answer that is right. */
export function keyOf(item: QuizItem): Answer {
  switch (item.format) {
    case 'single':
      return { format: 'single', option: item.options.find(({ right }) => right)?.id ?? '' };
    case 'multiple': {
      const options = item.options.filter(({ right }) => right).map(({ id }) => id);
      return { format: 'multiple', options };
    }
    case 'order':
      return { format: 'order', order: item.items.map(({ id }) => id) };
    case 'match': {
      const pairs = Object.fromEntries(item.pairs.map((pair) => [pair.id, pair.with]));
      return { format: 'match', pairs };
    }
    case 'typed':
      return { format: 'typed', text: item.accept[0] ?? '' };
    case 'number':
      return { format: 'number', text: String(item.value) };
  }
}
