// What every kind of question can do with its form.
import type { Answer, Mark } from '#quiz/mark.ts';

export interface Field {
  /** Empties it; options stand in this order afterwards. */
  reset(order: readonly string[]): void;
  /** The answer as it stands, undefined while something is missing. */
  answer(): Answer | undefined;
  /** Shows this answer. */
  show(answer: Answer): void;
  /** Marks what was chosen; undefined takes the marks away. */
  mark(mark: Mark | undefined): void;
  /** Marks what is shown as right without having been found. */
  markShown(): void;
  /** Where a remark about an option or pair stands; undefined: below the whole question. */
  placeOf(about: string | undefined): HTMLElement | undefined;
}

/** The rows of a question by the id of their option, as they stand. */
export function rowsOf(form: HTMLElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>('[data-option]')];
}

/** Puts the rows in this order. */
export function arrange(form: HTMLElement, order: readonly string[]): void {
  const rows = new Map(rowsOf(form).map((row) => [row.dataset.option, row]));
  const list = form.querySelector('.options');
  for (const id of order) {
    const row = rows.get(id);
    if (row) list?.append(row);
  }
}

/** The word beside an option; empty takes it away. */
export function setOwn(row: HTMLElement, state: 'right' | 'wrong' | '', word: string): void {
  row.classList.toggle('right', state === 'right');
  row.classList.toggle('wrong', state === 'wrong');
  const own = row.querySelector('.own');
  if (own) own.textContent = word;
}
