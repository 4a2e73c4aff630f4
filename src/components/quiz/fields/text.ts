// A word or a number, typed.
import { readNumber } from '#quiz/mark.ts';
import { quiz as words } from '../../../../content/strings/en.json';
import { setOwn, type Field } from './field.ts';

export function textField(format: 'typed' | 'number', form: HTMLElement): Field {
  const row = form.querySelector<HTMLElement>('.typed');
  const input = row?.querySelector('input');
  const show = (text: string) => {
    if (input) input.value = text;
  };
  return {
    reset: () => show(''),
    answer: () => {
      const text = input?.value.trim() ?? '';
      const isThere = format === 'typed' ? text !== '' : readNumber(text) !== undefined;
      return isThere ? { format, text } : undefined;
    },
    show: (answer) => {
      if (answer.format === 'typed' || answer.format === 'number') show(answer.text);
    },
    mark: (mark) => {
      if (!row) return;
      if (!mark) setOwn(row, '', '');
      else if (mark.correct) setOwn(row, 'right', words.yoursRight);
      else setOwn(row, 'wrong', words.yoursWrong);
    },
    markShown: () => {
      if (row) setOwn(row, 'right', words.isSo);
    },
    placeOf: () => undefined,
  };
}
