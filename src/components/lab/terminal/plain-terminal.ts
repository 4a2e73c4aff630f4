// The terminal without a screen: a labelled field, and each command as a heading with its output below. For screen readers,
// for phones, and for whoever prefers it. It speaks once per command.
import { panes as words } from '../../../../content/strings/en.json';
import { fill } from '../../site/words.ts';
import { el } from '../elements.ts';
import { plainText, readTable } from './plain-output.ts';

export interface PlainTerminalOptions {
  readonly place: HTMLElement;
  readonly words: readonly string[];
  readonly onLine: (text: string) => void;
  readonly onInterrupt: () => void;
}

const shownCommands = 60;
const shownCharacters = 40_000;

export class PlainTerminal {
  readonly #log = el('div', { class: 'plain-log', role: 'log', 'aria-live': 'off' });
  readonly #status = el('p', { class: 'visually-hidden', role: 'status' });
  readonly #field = el('input', {
    type: 'text',
    id: 'lab-plain-field',
    autocomplete: 'off',
    autocapitalize: 'none',
    spellcheck: 'false',
    enterkeyhint: 'go',
  });
  readonly #prompt = el('span', { class: 'ps', 'aria-hidden': 'true' });
  readonly #history: string[] = [];
  #at = 0;
  #output: HTMLElement | undefined;
  #text = '';
  #line = '';
  #promptText = '';

  constructor({ place, words: chips, onLine, onInterrupt }: PlainTerminalOptions) {
    const form = el('form', { class: 'plain-form' });
    const run = el('button', { type: 'submit', class: 'key' }, words.plainRun);
    const stop = el('button', { type: 'button', class: 'key' }, words.interrupt);
    stop.addEventListener('click', onInterrupt);
    form.append(
      el('label', { for: 'lab-plain-field' }, words.plainLabel),
      this.#prompt,
      this.#field,
      run,
      stop,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const text = this.#field.value;
      this.#field.value = '';
      if (text.trim() !== '') this.#history.push(text);
      this.#at = this.#history.length;
      onLine(text);
    });
    this.#field.addEventListener('keydown', (event) => this.#onKey(event, onInterrupt));
    place.append(this.#log, this.#chips(chips), form, this.#status);
  }

  #chips(chips: readonly string[]): HTMLElement {
    const row = el('div', { class: 'chips', role: 'group', 'aria-label': words.words });
    for (const word of chips) {
      const chip = el(
        'button',
        { type: 'button', class: 'key', 'aria-label': fill(words.insertWord, { word }) },
        word,
      );
      chip.addEventListener('click', () => {
        const { value } = this.#field;
        this.#field.value = `${value}${value === '' || value.endsWith(' ') ? '' : ' '}${word} `;
        this.#field.focus();
      });
      row.append(chip);
    }
    return row;
  }

  #onKey(event: KeyboardEvent, onInterrupt: () => void): void {
    if (
      event.key === 'c' &&
      event.ctrlKey &&
      this.#field.selectionStart === this.#field.selectionEnd
    ) {
      event.preventDefault();
      onInterrupt();
      return;
    }
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    this.#at = Math.min(Math.max(this.#at + step, 0), this.#history.length);
    this.#field.value = this.#history[this.#at] ?? '';
  }

  /** A line went to the shell: what follows is its output. */
  typed(text: string): void {
    this.#finish();
    this.#line = text.trim();
    if (this.#line === '') return;
    this.#text = '';
    this.#output = el('div', { class: 'plain-output' });
    const entry = el('section', {}, el('h3', {}, `${this.#promptText}${this.#line}`), this.#output);
    this.#log.append(entry);
    while (this.#log.childElementCount > shownCommands) this.#log.firstElementChild?.remove();
  }

  print(text: string): void {
    this.#text = (this.#text + text).slice(-shownCharacters);
    const shown = plainText(this.#text);
    this.#output?.replaceChildren(el('pre', { tabindex: '0' }, shown));
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  /** The shell waits again: the output is whole, and is spoken of once. */
  prompt(text: string): void {
    this.#promptText = text;
    this.#prompt.textContent = text;
    if (this.#text.endsWith(text))
      this.#text = this.#text.slice(0, this.#text.length - text.length);
    this.#finish();
  }

  #finish(): void {
    const output = this.#output;
    if (output === undefined) return;
    this.#output = undefined;
    const text = plainText(this.#text).replace(/\n+$/, '');
    const table = readTable(text);
    if (text === '') output.replaceChildren(el('p', {}, words.noOutput));
    else
      output.replaceChildren(
        table === undefined ? el('pre', { tabindex: '0' }, text) : tableElement(table),
      );
    const lines = text === '' ? 0 : text.split('\n').length;
    const form =
      lines === 0
        ? words.commandEndedNone
        : lines === 1
          ? words.commandEndedOne
          : words.commandEnded;
    this.#status.textContent = fill(form, { command: this.#line, lines });
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  focus(): void {
    this.#field.focus();
  }
}

function tableElement({ head, rows }: NonNullable<ReturnType<typeof readTable>>): HTMLElement {
  const headRow = el('tr', {}, ...head.map((cell) => el('th', { scope: 'col' }, cell)));
  const body = rows.map(([first = '', ...cells]) =>
    el('tr', {}, el('th', { scope: 'row' }, first), ...cells.map((cell) => el('td', {}, cell))),
  );
  const table = el('table', {}, el('thead', {}, headRow), el('tbody', {}, ...body));
  return el(
    'div',
    { class: 'plain-table', tabindex: '0', role: 'group', 'aria-label': head.join(', ') },
    table,
  );
}
