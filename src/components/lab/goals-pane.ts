// The goals: which is next, what is still missing, hints in steps, and the whole list.
import { panes as words } from '../../../content/strings/en.json';
import type { GoalState } from '#lab/goals/board.ts';
import { writeInline } from '../site/inline-text.ts';
import { fill } from '../site/words.ts';
import { el } from './elements.ts';

export interface GoalsPaneOptions {
  readonly onSolution: (goal: string) => void;
  readonly onReset: () => void;
}

function inline<Tag extends 'p' | 'span' | 'li'>(
  tag: Tag,
  text: string,
  attributes: Record<string, string> = {},
) {
  const element = el(tag, attributes);
  writeInline(element, text);
  return element;
}

export class GoalsPane {
  readonly #area: HTMLElement;
  readonly #options: GoalsPaneOptions;
  readonly #hintsShown = new Map<string, number>();
  #shown = '';
  #goals: readonly GoalState[] = [];

  constructor(area: HTMLElement, options: GoalsPaneOptions) {
    this.#area = area;
    this.#options = options;
  }

  update(goals: readonly GoalState[]): void {
    this.#goals = goals;
    const facts = JSON.stringify([
      goals.map(({ id, reached, missing }) => [id, reached, missing]),
      [...this.#hintsShown],
    ]);
    if (facts === this.#shown) return;
    this.#shown = facts;
    this.#render();
  }

  #current(): GoalState | undefined {
    return this.#goals.find(({ reached }) => !reached);
  }

  #button(label: string, name: string, onPress: () => void): HTMLButtonElement {
    const button = el('button', { type: 'button', 'data-lab-action': name }, label);
    button.addEventListener('click', onPress);
    return button;
  }

  #render(): void {
    const focused = document.activeElement?.getAttribute('data-lab-action');
    const current = this.#current();
    const at = current === undefined ? this.#goals.length : this.#goals.indexOf(current) + 1;
    const heading = current === undefined ? words.goalsDone : words.goalAt;
    const notches = this.#goals.map((goal) =>
      el('li', { class: goal.reached ? 'done' : goal === current ? 'now' : undefined }),
    );
    const links = el('div', { class: 'links' });
    if (current !== undefined) {
      const more = current.hints.length > (this.#hintsShown.get(current.id) ?? 0);
      if (more) links.append(this.#button(words.hint, 'hint', () => this.#hint(current)));
      links.append(
        this.#button(words.solution, 'solution', () => this.#options.onSolution(current.id)),
      );
    }
    links.append(this.#button(words.reset, 'reset', () => this.#options.onReset()));
    this.#area.replaceChildren(
      el('h2', {}, fill(heading, { goal: at, of: this.#goals.length })),
      el('ol', { class: 'notches', 'aria-hidden': 'true' }, ...notches),
      links,
      ...this.#say(current),
      this.#list(current),
    );
    if (focused) this.#area.querySelector<HTMLElement>(`[data-lab-action="${focused}"]`)?.focus();
  }

  #say(current: GoalState | undefined): readonly HTMLElement[] {
    if (current === undefined) return [inline('p', words.freePlay, { class: 'goal-now' })];
    const missing = el('p', { class: 'goal-missing' }, `${words.stillMissing} `);
    const detail = el('span');
    writeInline(detail, current.missing);
    missing.append(detail);
    const hints = current.hints.slice(0, this.#hintsShown.get(current.id) ?? 0);
    return [
      inline('p', current.say, { class: 'goal-now' }),
      missing,
      ...hints.map((hint) => inline('p', `${words.hint}: ${hint}`, { class: 'goal-missing hint' })),
    ];
  }

  #list(current: GoalState | undefined): HTMLElement {
    const details = el('details', { class: 'all-goals' });
    details.append(el('summary', {}, words.allGoals));
    const list = el('ol', { class: 'goal-list' });
    for (const goal of this.#goals) {
      const state = goal.reached
        ? words.goalReached
        : goal === current
          ? words.goalCurrent
          : words.goalOpen;
      const item = el('li', { class: goal === current ? 'now' : undefined });
      item.append(inline('span', goal.say), el('span', { class: 'state' }, state));
      list.append(item);
    }
    details.append(list);
    details.open = this.#area.querySelector<HTMLDetailsElement>('.all-goals')?.open === true;
    return details;
  }

  #hint(goal: GoalState): void {
    this.#hintsShown.set(goal.id, (this.#hintsShown.get(goal.id) ?? 0) + 1);
    this.update(this.#goals);
  }
}
