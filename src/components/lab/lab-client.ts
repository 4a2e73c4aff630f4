// The page's end of a lab: talks to the worker, keeps the transcript, and starts anew when the worker hangs.
import type { LabDefinition } from '#lab/definition.ts';
import type { Act, Transcript } from '#lab/transcript.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import type { Completion } from './terminal/line-editor.ts';

export type Update = Extract<FromWorker, { type: 'update' }>;

export interface LabListener {
  /** Everything so far is void: screens begin empty. */
  fresh(): void;
  update(update: Update): void;
  /** Something could not be done, in words. */
  refused(why: string): void;
}

/** A worker that has not answered for so long is given up. */
const patienceMs = 8000;
const saveAfterMs = 400;
/** How often it is started anew without one answer in between. */
const mostRestarts = 2;
const noCompletion: Completion = { replaces: 0, candidates: [] };

export interface LabClientOptions {
  readonly definition: LabDefinition;
  readonly seed: number;
  readonly transcript: Transcript | undefined;
  /** Keeps what has been done; undefined for a lab that nobody comes back to. */
  readonly save: ((transcript: Transcript) => void) | undefined;
  /** Said after the simulator had to be started anew. */
  readonly restarted: string;
  /** Said when it broke again right after that: nothing is tried any more. */
  readonly broken: string;
}

export class LabClient {
  readonly #options: LabClientOptions;
  readonly #listeners = new Set<LabListener>();
  readonly #answers = new Map<number, (answer: FromWorker) => void>();
  #worker: Worker;
  #lastId = 0;
  #transcript: Transcript | undefined;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #restarts = 0;

  constructor(options: LabClientOptions) {
    this.#options = options;
    this.#transcript = options.transcript;
    this.#worker = this.#start();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => this.#hear(data));
    worker.addEventListener('error', () => this.#restart());
    this.#worker = worker;
    const { definition, seed } = this.#options;
    this.#send({ type: 'open', definition, seed, transcript: this.#transcript });
    return worker;
  }

  listen(listener: LabListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  act(act: Act): void {
    this.#send({ type: 'act', act });
  }

  send(message: ToWorker): void {
    this.#send(message);
  }

  async complete(terminal: number, left: string): Promise<Completion> {
    const answer = await this.#ask((id) => ({ type: 'complete', id, terminal, left }));
    return answer.type === 'completed' ? answer.completion : noCompletion;
  }

  /** Begins the lab again from its start. */
  reset(): void {
    this.#transcript = undefined;
    this.#worker.terminate();
    this.#start();
  }

  dispose(): void {
    clearTimeout(this.#watchdog);
    clearTimeout(this.#saveTimer);
    this.#worker.terminate();
    this.#listeners.clear();
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
    this.#watchdog ??= setTimeout(() => this.#restart(), patienceMs);
  }

  #ask(question: (id: number) => ToWorker): Promise<FromWorker> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#send(question(id));
    });
  }

  #hear(message: FromWorker): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = undefined;
    switch (message.type) {
      case 'fresh':
        for (const listener of this.#listeners) listener.fresh();
        return;
      case 'update':
        this.#restarts = 0;
        for (const listener of this.#listeners) listener.update(message);
        this.#saveLater();
        return;
      case 'refused':
        for (const listener of this.#listeners) listener.refused(message.why);
        return;
      case 'broken':
        this.#restart();
        return;
      default: {
        this.#answers.get(message.id)?.(message);
        this.#answers.delete(message.id);
      }
    }
  }

  /** The simulator hung or broke: a new one replays everything but the last act. */
  #restart(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = undefined;
    this.#worker.terminate();
    const { restarted, broken } = this.#options;
    const tryAgain = this.#restarts < mostRestarts;
    this.#restarts += 1;
    if (tryAgain) this.#start();
    for (const listener of this.#listeners) listener.refused(tryAgain ? restarted : broken);
  }

  #saveLater(): void {
    if (this.#saveTimer !== undefined || this.#options.save === undefined) return;
    this.#saveTimer = setTimeout(() => {
      this.#saveTimer = undefined;
      void this.#save();
    }, saveAfterMs);
  }

  async #save(): Promise<void> {
    const answer = await this.#ask((id) => ({ type: 'transcript', id }));
    if (answer.type !== 'transcript') return;
    this.#transcript = answer.transcript;
    this.#options.save?.(answer.transcript);
  }
}
