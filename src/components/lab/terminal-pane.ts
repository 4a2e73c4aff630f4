// The terminal's pane: the plain terminal first in the tab order, the screen beside it, both on the same session.
import { panes as words } from '../../../content/strings/en.json';
import type { TerminalChunk } from '#lab/session.ts';
import { el, key } from './elements.ts';
import type { LabClient } from './lab-client.ts';
import { PlainTerminal } from './terminal/plain-terminal.ts';
import type { XtermTerminal } from './terminal/screen-terminal.ts';

type Kind = 'screen' | 'plain';

const terminalId = 0;
const storageKey = 'podlab:terminal';

/** What the reader chose last; where fingers point, the plain one. */
function preferredKind(): Kind {
  try {
    const stored = localStorage.getItem(storageKey);
    if (stored === 'screen' || stored === 'plain') return stored;
  } catch {
    // Without storage the pointer decides.
  }
  return matchMedia('(pointer: coarse)').matches ? 'plain' : 'screen';
}

export class TerminalPane {
  readonly #client: LabClient;
  readonly #screenPlace = el('div', { class: 'xterm-place' });
  readonly #plainPlace = el('div', { class: 'plain-place' });
  readonly #keys: Readonly<Record<Kind, HTMLButtonElement>>;
  readonly #plain: PlainTerminal;
  readonly #history: string[] = [];
  #screen: XtermTerminal | undefined;
  #kind: Kind;
  /** Lines that this page typed itself, which its screen shows already. */
  readonly #own: string[] = [];
  #kept: TerminalChunk[] = [];

  constructor(area: HTMLElement, client: LabClient, chips: readonly string[]) {
    this.#client = client;
    this.#kind = preferredKind();
    this.#keys = {
      plain: key(words.plain, () => this.#choose('plain')),
      screen: key(words.screen, () => this.#choose('screen')),
    };
    const choice = el(
      'div',
      { class: 'shells', role: 'group', 'aria-label': words.terminalMode },
      this.#keys.plain,
      this.#keys.screen,
      el('span', { class: 'leave' }, words.leaveTerminal),
    );
    this.#plain = new PlainTerminal({
      place: this.#plainPlace,
      words: chips,
      onLine: (text) => this.#line(text, false),
      onInterrupt: () => client.act({ do: 'keys', terminal: terminalId, keys: 'ctrl-c' }),
    });
    area.append(choice, this.#plainPlace, this.#screenPlace);
  }

  /** Shows the chosen terminal; the screen's library is loaded only where it is wanted. */
  async open(): Promise<void> {
    await this.#show();
  }

  async #choose(kind: Kind): Promise<void> {
    this.#kind = kind;
    try {
      localStorage.setItem(storageKey, kind);
    } catch {
      // The choice then holds for this visit.
    }
    await this.#show();
    this.focus();
  }

  async #show(): Promise<void> {
    for (const kind of ['plain', 'screen'] as const) {
      this.#keys[kind].setAttribute('aria-pressed', String(kind === this.#kind));
    }
    this.#plainPlace.hidden = this.#kind !== 'plain';
    this.#screenPlace.hidden = this.#kind !== 'screen';
    if (this.#kind === 'screen' && this.#screen === undefined) await this.#openScreen();
  }

  async #openScreen(): Promise<void> {
    const { XtermTerminal } = await import('./terminal/screen-terminal.ts');
    this.#screen = new XtermTerminal({
      place: this.#screenPlace,
      history: this.#history,
      onLine: (text) => this.#line(text, true),
      onKeys: (keys) => this.#client.act({ do: 'keys', terminal: terminalId, keys }),
      complete: (left) => this.#client.complete(terminalId, left),
    });
    for (const chunk of this.#kept) this.#showOnScreen(chunk);
  }

  #line(text: string, isOnScreen: boolean): void {
    if (isOnScreen) this.#own.push(text);
    this.#client.act({ do: 'line', terminal: terminalId, text });
  }

  /** Types a command for the reader: a Run button, a solution, "show me". */
  run(command: string): void {
    this.#line(command, false);
  }

  focus(): void {
    if (this.#kind === 'plain') this.#plain.focus();
    else this.#screen?.focus();
  }

  /** The lab was built anew: what stood here belongs to another past. */
  clear(): void {
    this.#own.length = 0;
    this.#kept = [];
    this.#screen?.print('\x1b[0m\r\n');
  }

  update(chunks: readonly TerminalChunk[]): void {
    for (const chunk of chunks) {
      if (chunk.terminal !== terminalId) continue;
      this.#keep(chunk);
      this.#showPlain(chunk);
      if (chunk.kind === 'typed') this.#history.push(chunk.text);
      if (chunk.kind === 'typed' && this.#own[0] === chunk.text) this.#own.shift();
      else if (this.#screen !== undefined) this.#showOnScreen(chunk);
    }
  }

  /** For a screen that is opened later. */
  #keep(chunk: TerminalChunk): void {
    if (this.#screen !== undefined) return;
    this.#kept.push(chunk);
    if (this.#kept.length > 2000) this.#kept.shift();
  }

  #showOnScreen(chunk: TerminalChunk): void {
    if (chunk.kind === 'output') this.#screen?.print(chunk.text);
    else if (chunk.kind === 'prompt') this.#screen?.prompt(chunk.text);
    else if (chunk.kind === 'typed') this.#screen?.typed(chunk.text);
  }

  #showPlain(chunk: TerminalChunk): void {
    if (chunk.kind === 'output') this.#plain.print(chunk.text);
    else if (chunk.kind === 'prompt') this.#plain.prompt(chunk.text);
    else if (chunk.kind === 'typed') this.#plain.typed(chunk.text);
  }

  dispose(): void {
    this.#screen?.dispose();
  }
}
