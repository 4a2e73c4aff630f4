// The clock: where it stands and why, speed, what comes next, and the last Events.
import { panes as words } from '../../../content/strings/en.json';
import type { EventView } from '#lab/view/types.ts';
import { fill } from '../site/words.ts';
import { el, key } from './elements.ts';
import type { Update } from './lab-client.ts';
import type { ToWorker } from './protocol.ts';
import { clockText, spanText } from './times.ts';

const speeds = [1, 10, 60] as const;
const shownEvents = 40;

export class TimePane {
  readonly #clock = el('span', { class: 'clock' });
  readonly #state = el('span', { class: 'clock-state' });
  readonly #pause: HTMLButtonElement;
  readonly #speeds: readonly HTMLButtonElement[];
  readonly #jump: HTMLButtonElement;
  readonly #next = el('span');
  readonly #manual = el('input', { type: 'checkbox', id: 'lab-manual-time' });
  readonly #events = el('ol', { class: 'event-list' });
  #running = false;
  #shownEvents = '';

  constructor(area: HTMLElement, send: (message: ToWorker) => void) {
    this.#pause = key(words.runOn, () => send({ type: this.#running ? 'pause' : 'resume' }));
    this.#speeds = speeds.map((speed) =>
      key(`${speed}×`, () => send({ type: 'speed', speed }), { 'aria-pressed': 'false' }),
    );
    this.#jump = key(words.jump, () => send({ type: 'jump' }));
    const undo = key(words.undo, () => send({ type: 'undo' }));
    this.#manual.addEventListener('change', () =>
      send({ type: 'mode', mode: this.#manual.checked ? 'manual' : 'settle' }),
    );
    const speedKeys = el(
      'span',
      { class: 'keys', role: 'group', 'aria-label': words.speed },
      ...this.#speeds,
    );
    area.append(
      el(
        'div',
        { class: 'pane-bar' },
        this.#pause,
        speedKeys,
        undo,
        this.#clock,
        this.#state,
        el('span', { class: 'next' }, this.#next, this.#jump),
      ),
      el(
        'details',
        { class: 'events canvas' },
        el('summary', {}, words.events),
        this.#events,
        el(
          'p',
          { class: 'manual' },
          this.#manual,
          ' ',
          el('label', { for: 'lab-manual-time' }, words.manualTime),
        ),
      ),
    );
  }

  update({ view, speed, mode }: Update): void {
    const { clock, events } = view;
    this.#running = clock.running;
    this.#clock.textContent = clockText(clock.nowMs);
    this.#state.textContent = clock.running ? words.running : words.standsStill;
    this.#pause.textContent = clock.running ? words.pause : words.runOn;
    for (const [index, button] of this.#speeds.entries()) {
      button.setAttribute('aria-pressed', String(speeds[index] === speed));
    }
    this.#manual.checked = mode === 'manual';
    const { next } = clock;
    this.#jump.disabled = next === undefined;
    this.#next.textContent =
      next === undefined
        ? words.nothingNext
        : fill(words.next, { what: next.label, in: spanText(next.atMs - clock.nowMs) });
    this.#showEvents(events);
  }

  #showEvents(events: readonly EventView[]): void {
    const newest = events.slice(-shownEvents).reverse();
    const facts = JSON.stringify(
      newest.map(({ atMs, on, reason, count }) => [atMs, on, reason, count]),
    );
    if (facts === this.#shownEvents) return;
    this.#shownEvents = facts;
    if (newest.length === 0) {
      this.#events.replaceChildren(el('li', {}, words.noEvents));
      return;
    }
    this.#events.replaceChildren(
      ...newest.map(({ atMs, on, reason, message, count, type }) =>
        el(
          'li',
          { class: type === 'Warning' ? 'warning' : undefined },
          el('time', {}, clockText(atMs)),
          ' ',
          el('b', {}, reason),
          ` ${on}`,
          count > 1 ? ` ×${count}` : undefined,
          el('span', { class: 'message' }, ` ${message}`),
        ),
      ),
    );
  }
}
