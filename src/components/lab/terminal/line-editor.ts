// Line editing over a session: keys in, lines out; output that arrives meanwhile does not tear the line.
// Everything passes one queue, so keys typed early wait for their prompt and nothing overtakes anything.
import { commonPrefix, layOut, type Candidate } from './columns.ts';
import { History } from './history.ts';
import { decodeKeys, harmless, longestPaste, splitLines, type Key } from './keys.ts';
import { editByKey, emptyLine, insert, leftOf, lineOf, textOf, type Line } from './line.ts';
import { Screen, type ScreenTerminal } from './screen.ts';
import type { Search, Work } from './work.ts';

export interface Completion {
  /** How many characters before the cursor the candidates replace. */
  readonly replaces: number;
  readonly candidates: readonly Candidate[];
  /** No blank after the only candidate (`--output=`). */
  readonly noSpace?: boolean;
}

export interface LineEditorOptions {
  readonly terminal: ScreenTerminal;
  readonly history?: readonly string[];
  readonly onLine: (text: string) => void;
  readonly onKeys: (keys: 'ctrl-c' | 'ctrl-d') => void;
  readonly complete: (left: string) => Promise<Completion>;
  /** Said instead of a paste that is too long. */
  readonly pasteTooLong: string;
}

export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #screen: Screen;
  readonly #history: History;
  readonly #work: Work[] = [];
  /** Keys that came while nobody read a line. */
  readonly #early: Key[] = [];
  #working = false;
  #line: Line = emptyLine;
  #prompt = '';
  #reading = false;
  #search: Search | undefined;
  #killed = '';
  #lastWordBack = 0;

  constructor(options: LineEditorOptions) {
    this.#options = options;
    this.#screen = new Screen(options.terminal);
    this.#history = new History(options.history);
    this.#add({ kind: 'output', text: '\x1b[?2004h' });
  }

  /** Takes what xterm's onData gave. */
  type(data: string): void {
    for (const key of decodeKeys(data)) this.#add({ kind: 'key', key });
  }

  /** Prints what a program wrote. */
  print(text: string): void {
    this.#add({ kind: 'output', text });
  }

  /** A program reads a line, and has written this since the last newline. */
  prompt(text: string): void {
    this.#add({ kind: 'prompt', text });
  }

  /** Puts a line in place of the one being edited and shows it as entered, without handing it over. */
  takeOver(text: string): void {
    this.#add({ kind: 'typed', text });
  }

  /** The terminal has another size. */
  resized(): void {
    this.#add({ kind: 'redraw' });
  }

  /** Resolves when everything asked for so far is on the screen. */
  async settled(): Promise<void> {
    while (this.#working || this.#work.length > 0) await this.#screen.write('');
  }

  dispose(): void {
    this.#work.length = 0;
    this.#screen.dispose();
  }

  #add(work: Work): void {
    this.#work.push(work);
    void this.#pump();
  }

  async #pump(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    for (let next = this.#work.shift(); next !== undefined; next = this.#work.shift()) {
      await this.#do(next);
    }
    this.#working = false;
  }

  async #do(work: Work): Promise<void> {
    if (work.kind === 'output') return this.#output(work.text);
    if (work.kind === 'prompt') return this.#begin(work.text);
    if (work.kind === 'redraw') return this.#redraw();
    if (work.kind === 'typed') return this.#showTyped(work.text);
    if (this.#reading) return this.#key(work.key);
    if (work.key.kind === 'key' && work.key.code === '\x03') {
      this.#early.length = 0;
      await this.#screen.write('^C\r\n');
      this.#options.onKeys('ctrl-c');
      return;
    }
    this.#early.push(work.key);
  }

  async #output(text: string): Promise<void> {
    if (!this.#reading) return this.#screen.write(text);
    await this.#screen.erase();
    await this.#screen.write(text.endsWith('\n') || text.endsWith('\r') ? text : `${text}\r\n`);
    this.#screen.markStart();
    await this.#redraw();
  }

  async #begin(prompt: string): Promise<void> {
    this.#prompt = prompt;
    this.#line = emptyLine;
    this.#reading = true;
    this.#screen.markStart();
    const early = this.#early.splice(0);
    this.#work.unshift(...early.map((key) => ({ kind: 'key', key }) as const));
  }

  async #showTyped(text: string): Promise<void> {
    if (!this.#reading) return this.#screen.write(`${harmless(text)}\r\n`);
    this.#line = lineOf(harmless(text));
    this.#history.add(await this.#finishLine(''));
  }

  async #redraw(): Promise<void> {
    if (!this.#reading) return;
    const prompt =
      this.#search === undefined ? this.#prompt : `(reverse-i-search)\`${this.#search.words}': `;
    await this.#screen.draw(prompt, textOf(this.#line), leftOf(this.#line));
  }

  async #key(key: Key): Promise<void> {
    if (key.kind === 'text') {
      return this.#search === undefined ? this.#text(key) : this.#searchFor(key.text);
    }
    if (key.code !== '\x1b.') this.#lastWordBack = 0;
    const special = this.#special(key.code);
    if (special !== undefined) return special;
    const edited = editByKey(this.#line, key.code);
    if (edited === undefined) return;
    this.#search = undefined;
    this.#line = edited.line;
    if (edited.killed !== '') this.#killed = edited.killed;
    await this.#redraw();
  }

  #special(code: string): Promise<void> | undefined {
    switch (code) {
      case '\r':
      case '\n':
        return this.#submit();
      case '\t':
        return this.#complete();
      case '\x03':
        return this.#interrupt();
      case '\x04':
        return textOf(this.#line) === '' ? this.#endOfFile() : undefined;
      case '\x0c':
        return this.#clear();
      case '\x12':
        return this.#searchAgain();
      case '\x07':
        this.#search = undefined;
        return this.#redraw();
      case '\x19':
        return this.#put(insert(this.#line, this.#killed));
      case '\x1b.':
        return this.#lastWord();
      case '\x1b[A':
      case '\x1bOA':
      case '\x10':
        return this.#put(lineOf(this.#history.step(-1, textOf(this.#line))));
      case '\x1b[B':
      case '\x1bOB':
      case '\x0e':
        return this.#put(lineOf(this.#history.step(1, textOf(this.#line))));
      default:
        return undefined;
    }
  }

  async #put(line: Line): Promise<void> {
    this.#line = line;
    await this.#redraw();
  }

  /** At the end of the line only the new characters are written, so that screen readers are not told it all again. */
  async #text({ text, pasted }: Extract<Key, { kind: 'text' }>): Promise<void> {
    if (pasted && text.length > longestPaste) {
      await this.#output(`${this.#options.pasteTooLong}\r\n`);
      return;
    }
    const { first, rest } = splitLines(text);
    await this.#insert(first);
    this.#work.unshift(...rest.map((key): Work => ({ kind: 'key', key })));
  }

  async #insert(text: string): Promise<void> {
    if (text === '') return;
    const atEnd = this.#line.cursor === this.#line.graphemes.length;
    this.#line = insert(this.#line, text);
    if (atEnd) await this.#screen.write(text);
    else await this.#redraw();
  }

  async #finishLine(mark: string): Promise<string> {
    const text = textOf(this.#line);
    this.#search = undefined;
    this.#line = { ...this.#line, cursor: this.#line.graphemes.length };
    await this.#redraw();
    await this.#screen.write(`${mark}\r\n`);
    this.#reading = false;
    this.#line = emptyLine;
    return text;
  }

  async #submit(): Promise<void> {
    const text = await this.#finishLine('');
    this.#history.add(text);
    this.#options.onLine(text);
  }

  async #interrupt(): Promise<void> {
    await this.#finishLine('^C');
    this.#options.onKeys('ctrl-c');
  }

  async #endOfFile(): Promise<void> {
    await this.#finishLine('');
    this.#options.onKeys('ctrl-d');
  }

  async #clear(): Promise<void> {
    await this.#screen.write('\x1b[H\x1b[2J');
    this.#screen.markStart();
    await this.#redraw();
  }

  async #lastWord(): Promise<void> {
    const word = this.#history.lastWord(this.#lastWordBack);
    if (word === undefined) return;
    this.#lastWordBack += 1;
    await this.#insert(word);
  }

  async #searchFor(text: string): Promise<void> {
    const search = this.#search ?? { words: '', skip: 0 };
    this.#search = { words: search.words + harmless(text), skip: 0 };
    const found = this.#history.search(this.#search.words, 0);
    await this.#put(found === undefined ? this.#line : lineOf(found));
  }

  async #searchAgain(): Promise<void> {
    if (this.#search === undefined) {
      this.#search = { words: '', skip: 0 };
      return this.#redraw();
    }
    const skip = this.#search.skip + 1;
    const found = this.#history.search(this.#search.words, skip);
    if (found !== undefined) this.#search = { ...this.#search, skip };
    return this.#put(found === undefined ? this.#line : lineOf(found));
  }

  async #complete(): Promise<void> {
    const left = leftOf(this.#line);
    const { replaces, candidates, noSpace } = await this.#options.complete(left);
    if (candidates.length === 0) return;
    const typed = replaces === 0 ? '' : left.slice(-replaces);
    const prefix = commonPrefix(candidates.map(({ text }) => text));
    const only = candidates.length === 1;
    if (only || prefix.length > typed.length) {
      await this.#insert(
        harmless(prefix.slice(typed.length)) + (only && noSpace !== true ? ' ' : ''),
      );
      return;
    }
    const lines = layOut(candidates, this.#screen.columns);
    await this.#screen.draw(this.#prompt, textOf(this.#line), textOf(this.#line));
    await this.#screen.write(`\r\n${lines.map(harmless).join('\r\n')}\r\n`);
    this.#screen.markStart();
    await this.#redraw();
  }
}
