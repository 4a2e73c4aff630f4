// "Show me": plays lines on a cluster of their own, beside the reader's lab and without touching it.
import { panes as words } from '../../../content/strings/en.json';
import type { LabDefinition } from '#lab/definition.ts';
import type { TerminalChunk } from '#lab/session.ts';
import type { LessonEvents } from '../site/lesson-events.ts';
import { fill } from '../site/words.ts';
import { el, key } from './elements.ts';
import { LabClient } from './lab-client.ts';
import { plainText } from './terminal/plain-output.ts';

const speed = 8;
const terminal = 0;

/** Opens the window and plays; it goes, with its cluster, when it is closed. */
export function openReplay(
  { lesson, file, files: manifests }: LabDefinition,
  { nodes, files, lines }: LessonEvents['podlab:show-me'],
): void {
  const nothing = { start: [], goals: [], predictions: [], solution: [], routes: [] };
  const bare = { ...file, ...nothing, nodes };
  new Replay({ lesson, file: bare, files: { ...manifests, ...files } }, lines).open();
}

class Replay {
  readonly #definition: LabDefinition;
  readonly #lines: readonly string[];
  readonly #log = el('pre', { class: 'replay-log', tabindex: '0' });
  readonly #status = el('p', { role: 'status', class: 'replay-status' });
  readonly #dialog: HTMLDialogElement;
  #client: LabClient | undefined;
  #next = 0;

  constructor(definition: LabDefinition, lines: readonly string[]) {
    this.#definition = definition;
    this.#lines = lines;
    this.#dialog = el(
      'dialog',
      { class: 'replay', 'aria-labelledby': 'replay-title' },
      el('h2', { id: 'replay-title' }, words.replayTitle),
      el('p', {}, words.replayNote),
      this.#log,
      this.#status,
      el(
        'div',
        { class: 'row' },
        key(words.replayAgain, () => this.#play()),
        key(words.replayClose, () => this.#dialog.close()),
      ),
    );
    this.#dialog.addEventListener('close', () => {
      this.#client?.dispose();
      this.#dialog.remove();
    });
  }

  open(): void {
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#play();
  }

  #play(): void {
    this.#client?.dispose();
    this.#log.textContent = '';
    this.#next = 0;
    const client = new LabClient({
      definition: this.#definition,
      seed: this.#definition.file.seed,
      transcript: undefined,
      save: undefined,
      restarted: words.restarted,
      broken: words.broken,
    });
    client.listen({
      fresh: () => undefined,
      update: ({ chunks }) => this.#show(client, chunks),
      refused: (why) => (this.#status.textContent = why),
    });
    client.send({ type: 'speed', speed });
    client.send({ type: 'mode', mode: 'run-on' });
    this.#client = client;
  }

  #show(client: LabClient, chunks: readonly TerminalChunk[]): void {
    for (const chunk of chunks) {
      if (chunk.terminal !== terminal) continue;
      if (chunk.kind === 'prompt') this.#typeNext(client);
      else if (chunk.kind === 'output') this.#log.append(plainText(chunk.text));
    }
    this.#log.scrollTop = this.#log.scrollHeight;
  }

  #typeNext(client: LabClient): void {
    const line = this.#lines[this.#next];
    if (line === undefined) {
      this.#status.textContent = words.replayDone;
      client.send({ type: 'pause' });
      return;
    }
    this.#next += 1;
    this.#log.append(el('b', {}, `${line}\n`));
    const of = this.#lines.length;
    this.#status.textContent = fill(words.replayPlaying, { at: this.#next, of });
    client.act({ do: 'line', terminal, text: line });
  }
}
