// <pod-quiz>: asks the questions of a lesson one by one, keeps the answers, and sums them up.
import type { Answer, Mark } from '#quiz/mark.ts';
import type { Misconceptions, QuizFile, QuizItem } from '#quiz/schema.ts';
import { chooseItems } from '#quiz/select.ts';
import type { Confidence, ProgressRecord, RunRecord } from '#progress/records.ts';
import { runsOf, standingOf, type RunStanding } from '#progress/standing.ts';
import { quiz as words } from '../../../content/strings/en.json';
import { progressStore } from '../progress/store.ts';
import { Ask } from './ask.ts';
import { writeSummary } from './summary.ts';

interface QuizData {
  readonly lesson: string;
  readonly quiz: QuizFile;
  readonly beliefs: Misconceptions;
}

const newId = () =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join('-');
const newSeed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

class PodQuiz extends HTMLElement {
  private data!: QuizData;
  private readonly items = new Map<string, QuizItem>();
  private readonly asks = new Map<string, Ask>();
  private records: readonly ProgressRecord[] = [];
  private run: RunRecord | undefined;
  /** Ids of the items still to be asked, and the one that is asked now. */
  private queue: string[] = [];
  private current: string | undefined;
  private ready: Promise<void> | undefined;

  connectedCallback(): void {
    if (this.ready) return;
    const source = this.querySelector<HTMLTemplateElement>('template[data-quiz-data]');
    this.data = JSON.parse(source?.content.textContent ?? '') as QuizData;
    for (const item of this.data.quiz.items) this.prepare(item);
    this.ready = this.resume();
    const press = (part: string, pressed: () => void) =>
      this.place(part).addEventListener('click', () => void this.ready?.then(pressed));
    press('begin', () => this.begin());
    press('another', () => this.begin());
    press('again', () => this.askAgain());
  }

  private place(name: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(`[data-quiz-${name}]`);
    if (!found) throw new Error(`<pod-quiz> has no [data-quiz-${name}]`);
    return found;
  }

  private prepare(item: QuizItem): void {
    const form = this.querySelector<HTMLFormElement>(`form[data-item="${item.id}"]`);
    if (!form) throw new Error(`the page has no form for the question "${item.id}"`);
    this.items.set(item.id, item);
    const ask = new Ask(item, form, this.data.beliefs, {
      answered: (answer, mark, confidence) => this.keepAnswer(item, answer, mark, confidence),
      gaveUp: () => this.keep({ kind: 'gave-up', ...this.head(), ...this.askedNow(item) }),
      next: () => this.next(true),
      say: (text) => this.say(text),
    });
    this.asks.set(item.id, ask);
  }

  /** Goes on where the reader was; without an earlier run the offer to begin stays. */
  private async resume(): Promise<void> {
    this.records = await progressStore.read();
    this.run = runsOf(this.records, this.data.lesson).findLast((run) => this.isCurrent(run));
    const standing = this.standing();
    if (!standing) return;
    this.queue = standing.items.filter(({ state }) => state === 'open').map(({ item }) => item);
    this.next(false);
  }

  /** Whether every item of the run is still asked as it was then. */
  private isCurrent({ items }: RunRecord): boolean {
    return items.every(({ item, version }) => this.items.get(item)?.version === version);
  }

  private standing(): RunStanding | undefined {
    return this.run && standingOf(this.records, this.run);
  }

  private head(): { id: string; lesson: string; atMs: number } {
    return { id: newId(), lesson: this.data.lesson, atMs: Date.now() };
  }

  private askedNow({ id, version }: QuizItem): { run: string; item: string; version: number } {
    return { run: this.run?.id ?? '', item: id, version };
  }

  private begin(): void {
    const { lesson, quiz } = this.data;
    const met = runsOf(this.records, lesson).flatMap((run) => run.items.map(({ item }) => item));
    const seed = newSeed();
    const items = chooseItems(quiz, seed, new Set(met));
    const asked = items.map(({ id, version }) => ({ item: id, version }));
    this.run = { kind: 'run', ...this.head(), seed, items: asked };
    this.keep(this.run);
    this.queue = items.map(({ id }) => id);
    this.next(true);
  }

  /** Asks once more what was answered wrongly. */
  private askAgain(): void {
    const items = this.standing()?.items ?? [];
    this.queue = items.filter(({ state }) => state === 'wrong').map(({ item }) => item);
    this.next(true);
  }

  private next(withFocus: boolean): void {
    if (this.current !== undefined) this.asks.get(this.current)?.close();
    this.say('');
    this.current = this.queue.shift();
    this.place('rest').hidden = this.run !== undefined;
    const standing = this.standing();
    const at = standing?.items.findIndex(({ item }) => item === this.current) ?? -1;
    this.place('summary').hidden = at !== -1 || !standing;
    if (!standing) return;
    if (at === -1) {
      this.summarise(standing, withFocus);
      return;
    }
    this.asks.get(this.current ?? '')?.open(
      {
        place: at + 1,
        of: standing.items.length,
        isLast: this.queue.length === 0,
        seed: standing.run.seed,
        tries: standing.items[at]?.answers.length ?? 0,
      },
      withFocus,
    );
  }

  private summarise(standing: RunStanding, withFocus: boolean): void {
    writeSummary(this.place('result'), standing, this.items, this.data.beliefs);
    this.place('again').hidden = standing.items.every(({ state }) => state !== 'wrong');
    if (withFocus) this.querySelector<HTMLElement>('#quiz-summary')?.focus();
  }

  private keepAnswer(
    item: QuizItem,
    answer: Answer,
    { correct }: Mark,
    confidence: Confidence | undefined,
  ): void {
    const sure = confidence === undefined ? {} : { confidence };
    const asked = this.askedNow(item);
    this.keep({ kind: 'answer', ...this.head(), ...asked, answer, correct, ...sure });
  }

  /** Adds a record to what the page knows at once, and to the store as soon as that takes it. */
  private keep(record: ProgressRecord): void {
    this.records = [...this.records, record];
    void progressStore.append([record]).then((kept) => {
      const note = this.place('kept');
      note.hidden = kept.kept;
      if (!kept.kept) {
        note.textContent = kept.why === 'full' ? words.notKeptFull : words.notKeptBlocked;
      }
    });
  }

  private say(text: string): void {
    this.place('status').textContent = text;
  }
}

customElements.define('pod-quiz', PodQuiz);
