// One or several of the options.
import type { Answer } from '#quiz/mark.ts';
import type { QuizItem } from '#quiz/schema.ts';
import { quiz as words } from '../../../../content/strings/en.json';
import { arrange, rowsOf, setOwn, type Field } from './field.ts';

type Item = Extract<QuizItem, { format: 'single' | 'multiple' }>;

export function choiceField(item: Item, form: HTMLElement): Field {
  const inputs = () => [...form.querySelectorAll<HTMLInputElement>('.options input')];
  const chosen = () => inputs().flatMap((input) => (input.checked ? [input.value] : []));
  const isRight = (id: string | undefined) =>
    item.options.some((option) => option.id === id && option.right);
  const show = (ids: readonly string[]) => {
    for (const input of inputs()) input.checked = ids.includes(input.value);
  };
  return {
    reset: (order) => {
      arrange(form, order);
      show([]);
    },
    answer: (): Answer | undefined => {
      const options = chosen();
      const [option] = options;
      if (option === undefined) return undefined;
      if (item.format === 'single') return { format: 'single', option };
      // In the order of the bank, so that the same choice is the same answer.
      const ids = item.options.map(({ id }) => id).filter((id) => options.includes(id));
      return { format: 'multiple', options: ids };
    },
    show: (answer) => {
      if (answer.format === 'single') show([answer.option]);
      if (answer.format === 'multiple') show(answer.options);
    },
    mark: (mark) => {
      const ids = chosen();
      for (const row of rowsOf(form)) {
        const id = row.dataset.option ?? '';
        if (!mark || !ids.includes(id)) setOwn(row, '', '');
        else if (!isRight(id)) setOwn(row, 'wrong', words.yoursWrong);
        else if (mark.correct) setOwn(row, 'right', words.yoursRight);
        else setOwn(row, '', '');
      }
    },
    markShown: () => {
      for (const row of rowsOf(form)) {
        const right = isRight(row.dataset.option);
        setOwn(row, right ? 'right' : '', right ? words.isSo : '');
      }
    },
    placeOf: (about) => rowsOf(form).find((row) => row.dataset.option === about),
  };
}
