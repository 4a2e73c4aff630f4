// Steps put in order, with buttons or the arrow keys.
import { quiz as words } from '../../../../content/strings/en.json';
import { fill } from '../../site/words.ts';
import { arrange, rowsOf, type Field } from './field.ts';

/** @param say told after each move, for who cannot see it */
export function orderField(form: HTMLElement, say: (words: string) => void): Field {
  const list = form.querySelector<HTMLElement>('.options');

  const refresh = () => {
    const rows = rowsOf(form);
    rows.forEach((row, index) => {
      row.querySelector('[data-move="up"]')?.setAttribute('aria-disabled', `${index === 0}`);
      const isLast = index === rows.length - 1;
      row.querySelector('[data-move="down"]')?.setAttribute('aria-disabled', `${isLast}`);
    });
  };
  const move = (row: HTMLElement, by: -1 | 1, focused: HTMLElement) => {
    const rows = rowsOf(form);
    const to = rows.indexOf(row) + by;
    const other = rows[to];
    if (!other) return;
    if (by === -1) other.before(row);
    else other.after(row);
    refresh();
    // An element that is moved loses the focus.
    focused.focus();
    say(fill(words.moved, { say: row.dataset.say ?? '', at: to + 1, of: rows.length }));
  };

  list?.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-move]') : null;
    const row = button?.closest<HTMLElement>('[data-option]');
    if (button && row) move(row, button.dataset.move === 'up' ? -1 : 1, button);
  });
  list?.addEventListener('keydown', (event) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined;
    const button = event.target instanceof HTMLButtonElement ? event.target : undefined;
    const row = button?.closest<HTMLElement>('[data-option]');
    if (!by || !button || button.disabled || !row) return;
    event.preventDefault();
    move(row, by, button);
  });

  const order = () => rowsOf(form).map((row) => row.dataset.option ?? '');
  const show = (ids: readonly string[]) => {
    arrange(form, ids);
    refresh();
  };
  return {
    reset: show,
    answer: () => ({ format: 'order', order: order() }),
    show: (answer) => {
      if (answer.format === 'order') show(answer.order);
    },
    mark: (mark) => {
      list?.classList.toggle('right', mark?.correct === true);
      list?.classList.toggle('wrong', mark?.correct === false);
    },
    markShown: () => {
      list?.classList.remove('wrong');
      list?.classList.add('right');
    },
    placeOf: () => undefined,
  };
}
