// The few things the line editor needs of xterm.js, each finished before the next begins.
import type { IMarker, Terminal } from '@xterm/xterm';

/** The part of a Terminal that is used; @xterm/headless has it too, which the tests use. */
export type ScreenTerminal = Pick<Terminal, 'write' | 'registerMarker' | 'buffer' | 'cols'>;

export class Screen {
  readonly #terminal: ScreenTerminal;
  #start: IMarker | undefined;

  constructor(terminal: ScreenTerminal) {
    this.#terminal = terminal;
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  write(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.#terminal.write(text, resolve);
    });
  }

  /** Remembers the row of the cursor as the one where the prompt begins; it follows scrolling and reflow. */
  markStart(rowsAbove = 0): void {
    this.#start?.dispose();
    this.#start = this.#terminal.registerMarker(-rowsAbove);
  }

  #home(): string {
    const { baseY } = this.#terminal.buffer.active;
    const row = Math.max(0, (this.#start?.line ?? 0) - baseY);
    return `\x1b[${row + 1};1H`;
  }

  /** Takes prompt and line off the screen; the cursor then stands where the prompt began. */
  async erase(): Promise<void> {
    await this.write(`${this.#home()}\x1b[J`);
  }

  /**
   * Shows prompt and line anew. Two passes: the first forces any scrolling, the second puts the cursor where the
   * text before it ends, whatever the widths of its characters.
   */
  async draw(prompt: string, text: string, left: string): Promise<void> {
    await this.write(`${this.#home()}\x1b[J${prompt}${text}`);
    if (left.length < text.length) await this.write(`${this.#home()}${prompt}${left}`);
  }

  dispose(): void {
    this.#start?.dispose();
  }
}
