// Loads the lab when it is opened: by its key, by a Run button, or by a prediction. What was asked
// of it meanwhile is said again once it is there.
import { listen, type LessonEvents } from './lesson-events.ts';

export function startLabLoader(): void {
  const element = document.querySelector<HTMLElement>('pod-lab');
  if (!element) return;
  new LabLoader(element).start();
}

class LabLoader {
  private readonly element: HTMLElement;
  private readonly waiting: Event[] = [];
  private state: 'closed' | 'opening' | 'open' = 'closed';

  constructor(element: HTMLElement) {
    this.element = element;
  }

  start(): void {
    this.element
      .querySelector('[data-lab-open]')
      ?.addEventListener('click', () => void this.open());
    const asks: (keyof LessonEvents)[] = ['podlab:run', 'podlab:predict', 'podlab:show-me'];
    for (const name of asks) {
      listen(name, (_, event) => this.keep(event), { capture: true });
    }
  }

  private keep(event: Event): void {
    if (this.state === 'open') return;
    this.waiting.push(event);
    void this.open();
  }

  private async open(): Promise<void> {
    if (this.state !== 'closed') return;
    this.state = 'opening';
    this.say('starting');
    try {
      // The text's marks and the sheet listen before the lab speaks.
      const [steps, sheet] = await Promise.all([
        import('./steps.ts'),
        import('./sheet.ts'),
        import('./pod-predict.ts'),
      ]);
      steps.startSteps();
      sheet.startSheet();
      const lab = await import('../lab/pod-lab.ts');
      await lab.openLab(this.element);
    } catch (error) {
      this.state = 'closed';
      this.waiting.length = 0;
      this.say('failed');
      throw error;
    }
    this.element.dataset.open = '';
    this.state = 'open';
    for (const event of this.waiting.splice(0)) {
      const { detail } = event as CustomEvent;
      document.dispatchEvent(new CustomEvent(event.type, { detail }));
    }
  }

  private say(word: 'starting' | 'failed'): void {
    const status = this.element.querySelector<HTMLElement>('[data-lab-status]');
    if (!status) return;
    status.textContent = status.dataset[word] ?? '';
    status.classList.toggle('failed', word === 'failed');
  }
}
