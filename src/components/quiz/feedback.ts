// What is said to an answer: beside the options that were chosen, below the question, and once more
// as one sentence for the live region.
import type { Mark, Remark } from '#quiz/mark.ts';
import type { Misconceptions, QuizItem } from '#quiz/schema.ts';
import { showMe } from '#quiz/show-me.ts';
import { quiz as words } from '../../../content/strings/en.json';
import { writeInline } from '../site/inline-text.ts';
import { announce } from '../site/lesson-events.ts';
import { fill } from '../site/words.ts';
import type { Field } from './fields/field.ts';

/** An element with text; between backticks it is code. */
export function element(tag: string, className: string, words = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  writeInline(made, words);
  return made;
}

const verdict = { so: words.rightAlone, notSo: words.wrongAlone };
const spoken = (text: string) => text.replaceAll('`', '');

export class Feedback {
  private readonly item: QuizItem;
  private readonly beliefs: Misconceptions;
  private readonly field: Field;
  private readonly place: HTMLElement | null;
  private readonly shown: HTMLElement[] = [];
  /** What can be played already: one proof has one key, however many remarks it answers. */
  private readonly offered = new Set<string>();

  constructor(item: QuizItem, beliefs: Misconceptions, field: Field, form: HTMLElement) {
    this.item = item;
    this.beliefs = beliefs;
    this.field = field;
    this.place = form.querySelector<HTMLElement>('[data-ask-feedback]');
  }

  clear(): void {
    for (const made of this.shown.splice(0)) made.remove();
    this.offered.clear();
  }

  /** Shows the remarks on an answer. Returns them as one text to be spoken. */
  say(mark: Mark): string {
    this.clear();
    const remarks = mark.remarks.filter(({ belief }) => mark.correct || belief !== undefined);
    const said = remarks.map((remark) => this.remark(remark));
    if (mark.correct) {
      this.below(this.item.explain, true);
      return [words.rightAlone, ...said, spoken(this.item.explain)].join(' ');
    }
    if (remarks.length > 0) return [words.wrongAlone, ...said].join(' ');
    this.below(words.partly, false);
    return words.partly;
  }

  /** Shows what is so to who gave up. Returns it as one text to be spoken. */
  sayShown(lines: readonly string[]): string {
    this.clear();
    this.below(this.item.explain, true);
    return [words.shown, ...lines.map(spoken), spoken(this.item.explain)].join(' ');
  }

  private remark(remark: Remark): string {
    const box = element('div', 'belief');
    const sentence = document.createElement('p');
    const name = remark.belief === undefined ? '' : (this.beliefs[remark.belief]?.name ?? '');
    const because = element('span', '', remark.because);
    if (name === '') sentence.append(because);
    else {
      sentence.append(`${words.belief} `, element('span', 'name', `“${name}”`), ' ', because);
    }
    box.append(sentence);
    if (name !== '') box.append(...this.showMeRow(remark.about));
    (this.field.placeOf(remark.about) ?? this.place)?.append(box);
    this.shown.push(box);
    const belief = name === '' ? '' : `${words.belief} “${spoken(name)}” `;
    return belief + spoken(remark.because);
  }

  private below(text: string, withShowMe: boolean): void {
    const box = element('div', 'explain');
    box.append(element('p', '', text), ...(withShowMe ? this.showMeRow(undefined) : []));
    this.place?.append(box);
    this.shown.push(box);
  }

  private showMeRow(about: string | undefined): HTMLElement[] {
    const play = showMe(this.item, verdict, about);
    const script = play?.lines.join('\n');
    if (!play || script === undefined || this.offered.has(script)) return [];
    this.offered.add(script);
    const row = element('div', 'row');
    const button = element('button', 'key', words.showMe) as HTMLButtonElement;
    button.type = 'button';
    button.addEventListener('click', () => announce('podlab:show-me', play, button));
    const count = play.lines.length;
    const form = count === 1 ? words.showMeNote.one : words.showMeNote.other;
    row.append(button, element('span', 'note', fill(form, { count })));
    return [row];
  }
}
