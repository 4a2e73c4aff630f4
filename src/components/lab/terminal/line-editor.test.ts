import xterm from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { LineEditor } from './line-editor.ts';
import type { ScreenTerminal } from './screen.ts';

interface Opened {
  readonly editor: LineEditor;
  readonly lines: string[];
  readonly keys: string[];
  /** The rows of the screen, blank ones at the end left out. */
  screen(): Promise<string[]>;
  resize(columns: number): void;
}

/** An editor on a headless terminal whose "shell" prompts again at once after each line. */
function open(
  options: { columns?: number; history?: string[]; promptAgain?: boolean } = {},
): Opened {
  const terminal = new xterm.Terminal({
    cols: options.columns ?? 40,
    rows: 12,
    allowProposedApi: true,
  });
  const lines: string[] = [];
  const keys: string[] = [];
  const editor = new LineEditor({
    terminal: terminal as unknown as ScreenTerminal,
    history: options.history ?? [],
    onLine(text) {
      lines.push(text);
      if (options.promptAgain !== false) prompt();
    },
    onKeys(code) {
      keys.push(code);
      prompt();
    },
    complete: (left) => {
      const words = ['describe', 'delete', 'get'];
      const typed = left.split(' ').at(-1) ?? '';
      const candidates = words.filter((word) => word.startsWith(typed)).map((text) => ({ text }));
      return Promise.resolve({ replaces: typed.length, candidates });
    },
    pasteTooLong: 'too long to paste',
  });
  const prompt = (): void => {
    editor.print('lab:~$ ');
    editor.prompt('lab:~$ ');
  };
  prompt();
  return {
    editor,
    lines,
    keys,
    async screen() {
      await editor.settled();
      const { active } = terminal.buffer;
      const rows = Array.from({ length: active.length }, (_, row) =>
        (active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
      );
      while (rows.at(-1) === '') rows.pop();
      return rows;
    },
    resize(columns) {
      terminal.resize(columns, 12);
      editor.resized();
    },
  };
}

describe('LineEditor', () => {
  it('edits inside the line and hands the whole of it over', async () => {
    const { editor, lines, screen } = open();
    editor.type('get pods');
    editor.type('\x01kubectl \x05 -A\x1bb\x1bb');
    editor.type('all \r');
    expect(await screen()).toEqual(['lab:~$ kubectl get all pods -A', 'lab:~$']);
    expect(lines).toEqual(['kubectl get all pods -A']);
  });

  it('runs each line of a paste, and leaves the last one to be edited', async () => {
    const { editor, lines, screen } = open();
    editor.type('\x1b[200~one\ntwo\r\nthree\x1b[201~');
    expect(await screen()).toEqual(['lab:~$ one', 'lab:~$ two', 'lab:~$ three']);
    expect(lines).toEqual(['one', 'two']);
  });

  it('refuses a paste of a megabyte in words', async () => {
    const { editor, lines, screen } = open();
    editor.type(`\x1b[200~${'x'.repeat(1_000_000)}\x1b[201~`);
    expect(await screen()).toEqual(['too long to paste', 'lab:~$']);
    expect(lines).toEqual([]);
  });

  it('takes escape sequences out of a paste', async () => {
    const { editor, screen } = open();
    editor.type('\x1b[200~a\x1b[2Jb\x1b[201~');
    expect(await screen()).toEqual(['lab:~$ a [2Jb']);
  });

  it('keeps keys that were typed before the prompt came', async () => {
    const { editor, lines, screen } = open({ promptAgain: false });
    editor.type('sleep 1\r');
    editor.type('date\r');
    await editor.settled();
    expect(lines).toEqual(['sleep 1']);
    editor.print('lab:~$ ');
    editor.prompt('lab:~$ ');
    expect(await screen()).toEqual(['lab:~$ sleep 1', 'lab:~$ date']);
    expect(lines).toEqual(['sleep 1', 'date']);
  });

  it('prints what arrives above the line that is being typed', async () => {
    const { editor, screen } = open();
    editor.type('kubectl get');
    editor.print('web   1/1   Running\r\n');
    editor.type(' pods');
    expect(await screen()).toEqual(['web   1/1   Running', 'lab:~$ kubectl get pods']);
  });

  it('redraws a wrapped line after the window became narrower', async () => {
    const { editor, screen, resize } = open({ columns: 30 });
    editor.type('kubectl get pods --all-namespaces');
    await editor.settled();
    resize(20);
    editor.type(' -o wide');
    expect((await screen()).join('')).toBe('lab:~$ kubectl get pods --all-namespaces -o wide');
  });

  it('deletes a whole grapheme, however many code points it has', async () => {
    const { editor, lines } = open();
    editor.type('a👩‍👩‍👧b\x1b[D\x7f\r');
    await editor.settled();
    expect(lines).toEqual(['ab']);
  });

  it('steps through the history and comes back to the draft', async () => {
    const { editor, lines } = open({ history: ['first', 'second'] });
    editor.type('dra\x1b[A\x1b[A\x1b[B\x1b[Bft\r');
    await editor.settled();
    expect(lines).toEqual(['draft']);
  });

  it('searches the history backwards', async () => {
    const { editor, lines, screen } = open({
      history: ['kubectl get pods', 'kubectl get nodes', 'ls'],
    });
    editor.type('\x12get');
    expect(await screen()).toEqual(["(reverse-i-search)`get': kubectl get nod", 'es']);
    editor.type('\x12\r');
    await editor.settled();
    expect(lines).toEqual(['kubectl get pods']);
  });

  it('completes as far as candidates agree, then lists them', async () => {
    const { editor, lines, screen } = open();
    editor.type('d\t\t');
    expect(await screen()).toEqual(['lab:~$ de', 'describe  delete', 'lab:~$ de']);
    editor.type('s\tpod\r');
    await editor.settled();
    expect(lines).toEqual(['describe pod']);
  });

  it('drops the line on Ctrl-C and says end of file on Ctrl-D at an empty line', async () => {
    const { editor, keys, lines, screen } = open();
    editor.type('oops\x03\x04');
    expect(await screen()).toEqual(['lab:~$ oops^C', 'lab:~$', 'lab:~$']);
    expect(keys).toEqual(['ctrl-c', 'ctrl-d']);
    expect(lines).toEqual([]);
  });

  it('brings back what a kill took away', async () => {
    const { editor, lines } = open();
    editor.type('pods kubectl get \x15kubectl \x19\x17\r');
    await editor.settled();
    expect(lines).toEqual(['kubectl pods kubectl ']);
  });
});
