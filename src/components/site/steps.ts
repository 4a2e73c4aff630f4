// The steps of the text tick themselves when the lab reaches their goals.
import { writeInline } from './inline-text.ts';
import { listen, type GoalMark } from './lesson-events.ts';

export function startSteps(): void {
  listen('podlab:goals', ({ goals }) => {
    const byId = new Map(goals.map((goal) => [goal.id, goal]));
    for (const step of document.querySelectorAll<HTMLElement>('.steps > [data-goal]')) {
      showStep(step, byId.get(step.dataset.goal ?? ''));
    }
  });
}

function showStep(step: HTMLElement, goal: GoalMark | undefined): void {
  step.dataset.state = goal?.state ?? 'open';
  const spoken = step.querySelector<HTMLElement>('[data-step-state]');
  if (spoken) {
    const { reached = '', current = '' } = spoken.dataset;
    spoken.textContent =
      goal?.state === 'reached' ? reached : goal?.state === 'current' ? current : '';
  }
  const missing = step.querySelector<HTMLElement>('[data-step-missing]');
  if (!missing) return;
  const words = goal?.state === 'current' ? (goal.missing ?? '') : '';
  missing.hidden = words === '';
  const place = missing.querySelector('span');
  if (place) writeInline(place, words);
}
