// The lab on a lesson's page: puts its panes together and joins them with the text.
import { panes as words } from '../../../content/strings/en.json';
import type { LabDefinition } from '#lab/definition.ts';
import type { LabFile } from '#lab/schema.ts';
import { recordGoals } from '../progress/goals.ts';
import { announce, listen } from '../site/lesson-events.ts';
import { fill } from '../site/words.ts';
import { el } from './elements.ts';
import { GoalsPane } from './goals-pane.ts';
import { forget, keep, readKept } from './kept-labs.ts';
import { LabClient, type Update } from './lab-client.ts';
import { goalMarks, predictionMarks } from './marks.ts';
import { openReplay } from './replay.ts';
import { PicturePane } from './picture-pane.ts';
import { TerminalPane } from './terminal-pane.ts';
import { TimePane } from './time-pane.ts';

interface LabJson {
  readonly lesson: string;
  readonly lab: LabFile;
  readonly manifests: Readonly<Record<string, string>>;
}

function area(element: HTMLElement, name: string): HTMLElement {
  const found = element.querySelector<HTMLElement>(`[data-area="${name}"]`);
  if (found === null) throw new Error(`the page has no area "${name}" for the lab`);
  return found;
}

async function fetchDefinition(element: HTMLElement): Promise<LabJson> {
  const answer = await fetch(element.dataset['lessonUrl'] ?? '');
  if (!answer.ok) throw new Error(`the lab's files could not be loaded (${answer.status})`);
  return (await answer.json()) as LabJson;
}

/** Opens the lab in its element: resolves once the prompt is there. */
export async function openLab(element: HTMLElement): Promise<void> {
  const { lesson, lab, manifests } = await fetchDefinition(element);
  await new LabPage(element, { lesson, file: lab, files: manifests }).open();
}

class LabPage {
  readonly #element: HTMLElement;
  readonly #definition: LabDefinition;
  readonly #client: LabClient;
  readonly #goals: GoalsPane;
  readonly #picture: PicturePane;
  readonly #time: TimePane;
  readonly #terminal: TerminalPane;
  readonly #notice = el('p', { class: 'lab-notice', role: 'status' });
  #marks = '';
  #thinks = false;
  #isReady: () => void = () => undefined;

  constructor(element: HTMLElement, definition: LabDefinition) {
    this.#element = element;
    this.#definition = definition;
    const { lesson, file } = definition;
    const kept = readKept(lesson);
    this.#client = new LabClient({
      definition,
      seed: file.seed,
      transcript: kept !== undefined && 'transcript' in kept ? kept.transcript : undefined,
      save: (transcript) => keep(transcript),
      restarted: words.restarted,
      broken: words.broken,
    });
    this.#goals = new GoalsPane(area(element, 'goals'), {
      onSolution: (goal) => this.#solve(goal),
      onReset: () => this.#reset(),
    });
    this.#picture = new PicturePane(area(element, 'picture'));
    this.#time = new TimePane(area(element, 'time'), (message) => this.#client.send(message));
    this.#terminal = new TerminalPane(area(element, 'terminal'), this.#client, file.words);
    area(element, 'goals').before(this.#notice);
    if (kept !== undefined) {
      this.#say('problem' in kept ? fill(words.unreadable, { why: kept.problem }) : words.kept);
    }
  }

  async open(): Promise<void> {
    const ready = new Promise<void>((resolve) => (this.#isReady = resolve));
    this.#client.listen({
      fresh: () => this.#terminal.clear(),
      update: (update) => this.#update(update),
      refused: (why) => this.#say(why),
    });
    await this.#terminal.open();
    await ready;
    this.#listenToPage();
  }

  #listenToPage(): void {
    listen('podlab:run', ({ command }) => this.#terminal.run(command));
    listen('podlab:predict', ({ prediction, option }) => {
      this.#think(false);
      this.#client.act({ do: 'predict', id: prediction, option });
    });
    listen('podlab:show-me', (proof) => openReplay(this.#definition, proof));
    let covered = false;
    const tellAway = (): void =>
      this.#client.send({ type: 'away', away: document.hidden || covered, why: 'away' });
    document.addEventListener('visibilitychange', tellAway);
    listen('podlab:sheet', ({ height }) => {
      covered = height === 'peek';
      tellAway();
    });
    // Who thinks about a prediction must not miss what it is about.
    for (const name of ['focusin', 'focusout'] as const) {
      document.addEventListener(name, ({ target, relatedTarget }) => {
        const focused = name === 'focusin' ? target : relatedTarget;
        const question = focused instanceof Element ? focused.closest('pod-predict') : null;
        this.#think(question !== null && question.querySelector('input:enabled') !== null);
      });
    }
  }

  #think(thinks: boolean): void {
    if (thinks === this.#thinks) return;
    this.#thinks = thinks;
    this.#client.send({ type: 'away', away: thinks, why: 'prediction' });
  }

  #update(update: Update): void {
    const { view, chunks } = update;
    this.#terminal.update(chunks);
    this.#goals.update(view.goals);
    this.#time.update(update);
    this.#picture.update(view.cluster, view.clock.nowMs);
    this.#tellText(update);
    this.#isReady();
  }

  /** The steps and predictions of the text follow, where something about them is new. */
  #tellText({ view }: Update): void {
    const goals = goalMarks(view.goals);
    const predictions = predictionMarks(this.#definition.file.predictions, view.predictions);
    const marks = JSON.stringify([goals, predictions]);
    if (marks === this.#marks) return;
    this.#marks = marks;
    announce('podlab:goals', { goals }, this.#element);
    const reached = goals.filter(({ state }) => state === 'reached').map(({ id }) => id);
    void recordGoals(this.#definition.lesson, reached, view.goals.length);
    announce('podlab:predictions', { predictions }, this.#element);
  }

  #say(text: string): void {
    this.#notice.textContent = text;
  }

  #reset(): void {
    if (!confirm(words.resetSure)) return;
    forget(this.#definition.lesson);
    this.#say('');
    this.#client.reset();
  }

  /** Types the solution's commands for one goal; each waits for the prompt, as typed ahead. */
  #solve(goal: string): void {
    const solution = this.#definition.file.solution.find((one) => one.goal === goal);
    if (solution === undefined || !confirm(words.solutionSure)) return;
    announce('podlab:show', { part: 'terminal' }, this.#element);
    for (const step of solution.steps) {
      if ('run' in step) this.#terminal.run(step.run);
      else if ('predict' in step) {
        this.#client.act({ do: 'predict', id: step.predict, option: step.choose });
      }
    }
  }
}
