// <pod-progress>: save, add and delete what this browser keeps.
import { fileLimits, type FileProblem } from '#progress/file.ts';
import { progress as words } from '../../../content/strings/en.json';
import { fill } from '../site/words.ts';
import { forgetEverything } from './forget.ts';
import { onChange, tellChange } from './kept.ts';
import { progressStore } from './store.ts';

type Counted = { readonly one: string; readonly other: string };
const counted = (form: Counted, count: number) =>
  fill(count === 1 ? form.one : form.other, { count });

function problemWords(problem: FileProblem): string {
  switch (problem.reason) {
    case 'too-large':
      return words.tooLarge;
    case 'not-json':
      return words.notJson;
    case 'not-progress':
      return words.notProgress;
    case 'too-many':
      return words.tooMany;
    case 'newer':
      return fill(words.newer, { format: problem.format });
    case 'bad-record':
      return fill(words.badRecord, { at: problem.at, field: problem.field });
  }
}

class PodProgress extends HTMLElement {
  private end: (() => void) | undefined;

  connectedCallback(): void {
    const press = (name: string, pressed: () => unknown) =>
      this.find(name).addEventListener('click', () => void pressed());
    const file = this.find<HTMLInputElement>('file');
    press('export', () => this.save());
    press('import', () => file.click());
    file.addEventListener('change', () => void this.add(file));
    press('delete', () => this.askSure(true));
    press('no', () => this.askSure(false));
    press('yes', () => this.forget());
    this.end = onChange(() => void this.count());
    void this.count();
  }

  disconnectedCallback(): void {
    this.end?.();
  }

  private find<Kind extends HTMLElement = HTMLElement>(name: string): Kind {
    const found = this.querySelector<Kind>(`[data-progress-${name}]`);
    if (!found) throw new Error(`<pod-progress> has no [data-progress-${name}]`);
    return found;
  }

  private say(text: string): void {
    this.find('status').textContent = text;
  }

  private async count(): Promise<void> {
    const { length } = await progressStore.read();
    this.find('count').textContent = length === 0 ? words.none : counted(words.some, length);
    this.find<HTMLButtonElement>('export').disabled = length === 0;
  }

  private async save(): Promise<void> {
    const file = new Blob([await progressStore.exported()], { type: 'application/json' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = words.fileName;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  private async add(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? [];
    if (!file) return;
    this.say(await this.added(file));
    // The same file may be chosen again.
    input.value = '';
  }

  /** Adds the records of the file; returns what came of it in words. */
  private async added(file: File): Promise<string> {
    // A character has at most four bytes.
    if (file.size > fileLimits.chars * 4) return words.tooLarge;
    let text: string;
    try {
      text = await file.text();
    } catch {
      return words.unreadable;
    }
    const result = await progressStore.import(text);
    if (!result.ok) return problemWords(result.problem);
    const added = result.added === 0 ? words.addedNone : counted(words.added, result.added);
    return result.kept.kept ? added : `${added} ${words.notKept}`;
  }

  private askSure(isAsked: boolean): void {
    this.find('sure').hidden = !isAsked;
    this.say('');
    this.find(isAsked ? 'no' : 'delete').focus();
  }

  private async forget(): Promise<void> {
    this.askSure(false);
    const cleared = await progressStore.clear();
    const isGone = await forgetEverything();
    tellChange(true);
    this.say(cleared.kept && isGone ? words.deleted : words.notDeleted);
  }
}

customElements.define('pod-progress', PodProgress);
