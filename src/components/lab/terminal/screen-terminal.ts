// The terminal as a screen: xterm.js with our line editor.
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { panes as words } from '../../../../content/strings/en.json';
import { withConstructableStyles } from './constructable-styles.ts';
import { LineEditor, type Completion } from './line-editor.ts';

export interface ScreenTerminalOptions {
  readonly place: HTMLElement;
  readonly history: readonly string[];
  readonly onLine: (text: string) => void;
  readonly onKeys: (keys: 'ctrl-c' | 'ctrl-d') => void;
  readonly complete: (left: string) => Promise<Completion>;
}

const scrollback = 10_000;

/** Sixteen colours on the dark glass, all at least 4.5:1. */
const theme = {
  background: '#131b24',
  foreground: '#dfe5ea',
  cursor: '#9db8f5',
  selectionBackground: '#26395a',
  black: '#131b24',
  red: '#f0876f',
  green: '#6cc5ac',
  yellow: '#e0b36a',
  blue: '#9db8f5',
  magenta: '#c9a5e8',
  cyan: '#7cc4d8',
  white: '#dfe5ea',
  brightBlack: '#93a0ac',
  brightRed: '#f5a18d',
  brightGreen: '#8fd8c3',
  brightYellow: '#edc98f',
  brightBlue: '#b9ccf8',
  brightMagenta: '#dbc0f0',
  brightCyan: '#9fd6e6',
  brightWhite: '#ffffff',
};

export class XtermTerminal {
  readonly #terminal: Terminal;
  readonly #editor: LineEditor;
  readonly #fit = new FitAddon();
  readonly #observer: ResizeObserver;
  #escaped = false;
  #fitIsDue = false;

  constructor({ place, history, onLine, onKeys, complete }: ScreenTerminalOptions) {
    const style = getComputedStyle(place);
    this.#terminal = new Terminal({
      allowProposedApi: true,
      convertEol: true,
      cursorBlink: false,
      fontFamily: style.getPropertyValue('--font-machine') || 'monospace',
      fontSize: 12.5,
      lineHeight: 1.35,
      reflowCursorLine: true,
      screenReaderMode: true,
      scrollback,
      theme,
    });
    this.#terminal.loadAddon(this.#fit);
    withConstructableStyles(() => this.#terminal.open(place));
    this.#terminal.textarea?.setAttribute('aria-label', words.terminalName);
    this.#terminal.attachCustomKeyEventHandler((event) => this.#mayType(event));
    this.#editor = new LineEditor({
      terminal: this.#terminal,
      history,
      onLine,
      onKeys,
      complete,
      pasteTooLong: words.pasteTooLong,
    });
    this.#terminal.onData((data) => this.#editor.type(data));
    this.#terminal.onResize(() => this.#editor.resized());
    this.#observer = new ResizeObserver(() => this.#fitLater());
    this.#observer.observe(place);
    void document.fonts.ready.then(() => this.#fitLater());
    listenToDrags(place, this.#terminal);
  }

  /** Shift+Tab, and Tab right after Esc, leave the terminal (WCAG 2.1.2). */
  #mayType(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown') return true;
    const leaves = event.key === 'Tab' && (event.shiftKey || this.#escaped);
    this.#escaped = event.key === 'Escape';
    return !leaves;
  }

  #fitLater(): void {
    if (this.#fitIsDue) return;
    this.#fitIsDue = true;
    requestAnimationFrame(() => {
      this.#fitIsDue = false;
      const size = this.#fit.proposeDimensions();
      if (size === undefined || !Number.isFinite(size.cols) || size.cols < 20 || size.rows < 2)
        return;
      if (size.cols === this.#terminal.cols && size.rows === this.#terminal.rows) return;
      this.#fit.fit();
    });
  }

  print(text: string): void {
    this.#editor.print(text);
  }

  prompt(text: string): void {
    this.#editor.prompt(text);
  }

  /** Shows a line that a button or the transcript typed. */
  typed(text: string): void {
    this.#editor.takeOver(text);
  }

  focus(): void {
    this.#terminal.focus();
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#editor.dispose();
    this.#terminal.dispose();
  }
}

/** xterm.js 6 does not scroll by touch: drags move its scrollback. */
function listenToDrags(place: HTMLElement, terminal: Terminal): void {
  let lastY: number | undefined;
  let rest = 0;
  place.addEventListener('touchstart', (event) => (lastY = event.touches[0]?.clientY), {
    passive: true,
  });
  place.addEventListener(
    'touchmove',
    (event) => {
      const y = event.touches[0]?.clientY;
      if (y === undefined || lastY === undefined) return;
      const rowPx = place.clientHeight / Math.max(1, terminal.rows);
      rest += (lastY - y) / rowPx;
      lastY = y;
      const lines = Math.trunc(rest);
      rest -= lines;
      if (lines !== 0) terminal.scrollLines(lines);
    },
    { passive: true },
  );
}
