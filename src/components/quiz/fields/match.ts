// A choice for every line.
import type { QuizItem } from '#quiz/schema.ts';
import { quiz as words } from '../../../../content/strings/en.json';
import { arrange, rowsOf, setOwn, type Field } from './field.ts';

type Item = Extract<QuizItem, { format: 'match' }>;

export function matchField(item: Item, form: HTMLElement): Field {
  const selectOf = (row: HTMLElement) => row.querySelector('select');
  const right = new Map(item.pairs.map((pair) => [pair.id, pair.with]));
  const show = (pairs: Readonly<Record<string, string>>) => {
    for (const row of rowsOf(form)) {
      const select = selectOf(row);
      const id = row.dataset.option ?? '';
      if (select) select.value = Object.hasOwn(pairs, id) ? (pairs[id] ?? '') : '';
    }
  };
  return {
    reset: (order) => {
      arrange(form, order);
      show({});
    },
    answer: () => {
      const rows = rowsOf(form).map((row) => [
        row.dataset.option ?? '',
        selectOf(row)?.value ?? '',
      ]);
      const isComplete = rows.every(([, chosen]) => chosen !== '');
      return isComplete ? { format: 'match', pairs: Object.fromEntries(rows) } : undefined;
    },
    show: (answer) => {
      if (answer.format === 'match') show(answer.pairs);
    },
    mark: (mark) => {
      for (const row of rowsOf(form)) {
        const isRight = selectOf(row)?.value === right.get(row.dataset.option ?? '');
        if (!mark) setOwn(row, '', '');
        else if (!isRight) setOwn(row, 'wrong', words.notSo);
        else setOwn(row, 'right', words.right);
      }
    },
    markShown: () => {
      for (const row of rowsOf(form)) setOwn(row, 'right', words.isSo);
    },
    placeOf: (about) => rowsOf(form).find((row) => row.dataset.option === about),
  };
}
