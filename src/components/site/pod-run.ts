// <pod-run>: a command of the text with its buttons Run and Copy.
import { announce } from './lesson-events.ts';

const COPIED_SHOWS_MS = 1600;

class PodRun extends HTMLElement {
  connectedCallback(): void {
    this.querySelector('[data-run]')?.addEventListener('click', () =>
      announce('podlab:run', { command: this.dataset.command ?? '' }, this),
    );
    const copy = this.querySelector<HTMLElement>('[data-copy]');
    copy?.addEventListener('click', () => void this.copy(copy));
  }

  private async copy(button: HTMLElement): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.dataset.command ?? '');
    } catch {
      // Without the clipboard the command is selected, ready for the reader's own keys.
      const code = this.querySelector('code');
      if (code) getSelection()?.selectAllChildren(code);
      return;
    }
    const word = button.textContent;
    button.textContent = button.dataset.copied ?? word;
    setTimeout(() => (button.textContent = word), COPIED_SHOWS_MS);
  }
}

export function defineRun(): void {
  customElements.define('pod-run', PodRun);
}
