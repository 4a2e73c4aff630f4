// One question on the page: its form, from the first look to its answer.
import { mark as markAnswer, type Answer, type Mark } from '#quiz/mark.ts';
import { keyOf, rightAnswer } from '#quiz/right.ts';
import type { Misconceptions, QuizItem } from '#quiz/schema.ts';
import { optionOrder } from '#quiz/select.ts';
import type { Confidence } from '#progress/records.ts';
import { quiz as words } from '../../../content/strings/en.json';
import { fill } from '../site/words.ts';
import { Feedback } from './feedback.ts';
import { choiceField } from './fields/choice.ts';
import type { Field } from './fields/field.ts';
import { matchField } from './fields/match.ts';
import { orderField } from './fields/order.ts';
import { textField } from './fields/text.ts';

/** What a question tells the run that it is part of. */
export interface AskEvents {
  answered(answer: Answer, mark: Mark, confidence: Confidence | undefined): void;
  gaveUp(): void;
  next(): void;
  /** For the live region. */
  say(words: string): void;
}

function fieldFor(item: QuizItem, form: HTMLElement, say: (words: string) => void): Field {
  if (item.format === 'single' || item.format === 'multiple') return choiceField(item, form);
  if (item.format === 'order') return orderField(form, say);
  if (item.format === 'match') return matchField(item, form);
  return textField(item.format, form);
}

const missing: Readonly<Record<QuizItem['format'], string>> = {
  single: words.missingChoice,
  multiple: words.missingChoice,
  order: words.missingChoice,
  match: words.missingMatch,
  typed: words.missingText,
  number: words.missingNumber,
};

function tryWords(tries: number): string {
  if (tries < 2) return tries === 0 ? '' : words.secondTry;
  return tries === 2 ? words.thirdTry : fill(words.laterTry, { count: tries + 1 });
}

/** Where in its run the question stands. */
export interface Place {
  readonly place: number;
  readonly of: number;
  readonly isLast: boolean;
  /** The run's seed, from which the order of the options follows. */
  readonly seed: number;
  /** Answers that were given to it before. */
  readonly tries: number;
}

export class Ask {
  readonly item: QuizItem;
  private readonly form: HTMLFormElement;
  private readonly events: AskEvents;
  private readonly field: Field;
  private readonly feedback: Feedback;
  private seed = 0;
  private tries = 0;

  constructor(item: QuizItem, form: HTMLFormElement, beliefs: Misconceptions, events: AskEvents) {
    this.item = item;
    this.form = form;
    this.events = events;
    this.field = fieldFor(item, form, events.say);
    this.feedback = new Feedback(item, beliefs, this.field, form);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.part('answer').hidden) this.answer();
    });
    const press = (part: string, pressed: () => void) =>
      this.part(part).addEventListener('click', ({ detail }) => {
        // The second half of a double click on the button that stood here before.
        if (detail < 2) pressed();
      });
    press('again', () => this.again());
    press('next', () => events.next());
    press('give-up', () => this.giveUp());
  }

  /** Shows the question, unanswered, and moves the focus to it when `withFocus`. */
  open(at: Place, withFocus: boolean): void {
    this.seed = at.seed;
    this.tries = at.tries;
    this.part('place').textContent = fill(words.place, { at: at.place, of: at.of });
    this.part('next').textContent = at.isLast ? words.finish : words.next;
    this.form.classList.add('current');
    this.start();
    if (withFocus) this.part('place').focus();
  }

  close(): void {
    this.form.classList.remove('current');
  }

  private part(name: string): HTMLElement {
    const found = this.form.querySelector<HTMLElement>(`[data-ask-${name}]`);
    if (!found) throw new Error(`the form of "${this.item.id}" has no [data-ask-${name}]`);
    return found;
  }

  private start(): void {
    this.feedback.clear();
    this.field.mark(undefined);
    this.field.reset(optionOrder(this.item, this.seed, this.tries));
    this.lock(false);
    for (const input of this.form.querySelectorAll<HTMLInputElement>('.sure input')) {
      input.checked = false;
    }
    this.part('try').textContent = tryWords(this.tries);
    this.offer(['answer']);
  }

  private answer(): void {
    const answer = this.field.answer();
    const mark = answer && markAnswer(this.item, answer);
    if (!answer || !mark) {
      const words = missing[this.item.format];
      this.part('missing').textContent = words;
      this.events.say(words);
      return;
    }
    this.field.mark(mark);
    this.lock(true);
    this.events.say(this.feedback.say(mark));
    const sure = this.form.querySelector<HTMLInputElement>('.sure input:checked');
    this.tries += 1;
    this.offer(mark.correct ? ['next'] : ['again', 'next', 'give-up']);
    this.part(mark.correct ? 'next' : 'again').focus();
    this.events.answered(answer, mark, sure?.value as Confidence | undefined);
  }

  private again(): void {
    this.start();
    this.part('place').focus();
  }

  private giveUp(): void {
    this.field.show(keyOf(this.item));
    this.field.markShown();
    this.lock(true);
    this.events.say(this.feedback.sayShown(rightAnswer(this.item)));
    this.offer(['next']);
    this.part('next').focus();
    this.events.gaveUp();
  }

  /** Shows these buttons alone. */
  private offer(buttons: readonly string[]): void {
    for (const name of ['answer', 'again', 'next', 'give-up']) {
      this.part(name).hidden = !buttons.includes(name);
    }
    this.part('sure').hidden = !buttons.includes('answer');
    this.part('missing').textContent = '';
    this.part('next').classList.toggle('btn-main', !buttons.includes('again'));
  }

  /** Fields take no more input; buttons of the feedback still do. */
  private lock(isLocked: boolean): void {
    this.form.classList.toggle('locked', isLocked);
    const fields = '[data-ask-body] :is(input, select, [data-move])';
    for (const field of this.form.querySelectorAll<HTMLInputElement>(fields)) {
      field.disabled = isLocked;
    }
  }
}
