// <pod-predict>: the reader commits to an answer; the lab says later what is so.
import { writeInline } from './inline-text.ts';
import { announce, listen, type PredictionMark } from './lesson-events.ts';

class PodPredict extends HTMLElement {
  private end: (() => void) | undefined;

  connectedCallback(): void {
    this.querySelector('form')?.addEventListener('submit', (event) => {
      event.preventDefault();
      this.commit();
    });
    this.end = listen('podlab:predictions', ({ predictions }) => {
      const own = predictions.find(({ id }) => id === this.dataset.prediction);
      if (own) this.show(own);
    });
  }

  disconnectedCallback(): void {
    this.end?.();
  }

  /** Locks the chosen answer and hands it to the lab. */
  private commit(): void {
    const chosen = this.querySelector<HTMLInputElement>('input:checked');
    if (!chosen) {
      this.say('choose');
      return;
    }
    const prediction = this.dataset.prediction ?? '';
    this.show({ id: prediction, chosen: chosen.value });
    announce('podlab:predict', { prediction, option: chosen.value }, this);
  }

  private say(word: 'choose' | 'deciding'): void {
    const verdict = this.querySelector<HTMLElement>('[data-predict-verdict]');
    if (verdict) verdict.textContent = verdict.dataset[word] ?? '';
  }

  private show(mark: PredictionMark): void {
    const isLocked = mark.chosen !== undefined;
    this.classList.toggle('locked', isLocked);
    this.querySelector('fieldset')?.toggleAttribute('disabled', isLocked);
    this.querySelector('[type="submit"]')?.toggleAttribute('hidden', isLocked);
    for (const item of this.querySelectorAll<HTMLElement>('[data-option]')) {
      showOption(item, mark);
    }
    const locked = this.querySelector<HTMLElement>('[data-predict-locked]');
    if (locked) {
      const at = mark.lockedAt === undefined ? '' : ` ${mark.lockedAt}`;
      locked.textContent = isLocked ? `${locked.dataset.words}${at}` : '';
    }
    if (isLocked && !mark.answer) this.say('deciding');
    this.showAnswer(mark);
  }

  private showAnswer({ answer }: PredictionMark): void {
    const place = this.querySelector<HTMLElement>('[data-predict-answer]');
    const verdict = this.querySelector<HTMLElement>('.verdict');
    if (!place || !verdict) return;
    place.hidden = !answer;
    verdict.hidden = answer !== undefined;
    if (!answer) return;
    place.replaceChildren(
      ...[answer.because, answer.explain].map((words) => {
        const paragraph = document.createElement('p');
        writeInline(paragraph, words);
        return paragraph;
      }),
    );
  }
}

function showOption(item: HTMLElement, { chosen, answer }: PredictionMark): void {
  const isChosen = chosen !== undefined && item.dataset.option === chosen;
  const isRight = answer !== undefined && item.dataset.option === answer.right;
  item.classList.toggle('chosen', isChosen);
  item.classList.toggle('wrong', isChosen && answer !== undefined && !isRight);
  item.classList.toggle('right', isRight);
  const input = item.querySelector('input');
  if (input && isChosen) input.checked = true;
  const own = item.querySelector<HTMLElement>('.own');
  if (!own) return;
  const { yours = '', right = '', yoursRight = '', yoursWrong = '' } = own.dataset;
  if (answer === undefined) own.textContent = isChosen ? yours : '';
  else if (isChosen) own.textContent = isRight ? yoursRight : yoursWrong;
  else own.textContent = isRight ? right : '';
}

customElements.define('pod-predict', PodPredict);

export type { PodPredict };
