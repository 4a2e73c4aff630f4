// Shows the reader's progress in the lists of lessons and on the home page's first button.
import type { marks } from '../../../content/strings/en.json';
import {
  nextLesson,
  type LessonMark,
  type LessonMarks,
  type MarksSource,
} from './progress-marks.ts';
import { fill } from './words.ts';

// The page hands these words over: importing them would load the words of all later scripts too.
const words = JSON.parse(
  document.querySelector<HTMLElement>('[data-mark-words]')?.dataset.markWords ?? '{}',
) as typeof marks;

/** Shows the marks of the source now and after each change. */
export function showMarks(source: MarksSource): void {
  const show = async () => {
    const marks = await source.read();
    for (const item of document.querySelectorAll<HTMLElement>('[data-lesson-mark]')) {
      showMark(item, marks.get(item.dataset.lessonMark ?? ''));
    }
    showNext(marks);
  };
  source.subscribe(() => void show());
  void show();
}

function detail(mark: LessonMark): string {
  const { goals, score } = mark;
  if (mark.state === 'done' && score) return fill(words.score, { ...score });
  if (mark.state === 'begun' && goals) {
    return fill(words.step, { step: Math.min(goals.reached + 1, goals.of), of: goals.of });
  }
  return mark.state === 'done' ? words.done : words.begun;
}

function showMark(item: HTMLElement, mark: LessonMark | undefined): void {
  if (mark) item.dataset.mark = mark.state;
  else delete item.dataset.mark;
  const state = item.querySelector<HTMLElement>('[data-mark-state]');
  if (state) {
    state.dataset.untouched ??= state.textContent ?? '';
    state.textContent = mark ? detail(mark) : state.dataset.untouched;
  }
  const spoken = item.querySelector('[data-mark-text]');
  if (!spoken) return;
  const form = mark?.state === 'done' ? words.srDone : words.srBegun;
  spoken.textContent = mark ? `, ${fill(form, { detail: detail(mark) })}` : '';
}

/** The first button of the home page: start, continue, or look again. */
function showNext(marks: LessonMarks): void {
  const button = document.querySelector<HTMLAnchorElement>('a[data-next-lesson]');
  if (!button) return;
  const rows = [...document.querySelectorAll<HTMLElement>('.toc [data-lesson-mark]')];
  const slugs = rows.map((row) => row.dataset.lessonMark ?? '');
  const next = nextLesson(slugs, marks);
  const row = rows[next === undefined ? 0 : slugs.indexOf(next)];
  const link = row?.querySelector('a');
  if (!row || !link || marks.size === 0) return;
  const form = next === undefined ? button.dataset.again : button.dataset.continue;
  button.href = link.href;
  button.textContent = fill(form ?? '', {
    number: row.dataset.number ?? '',
    title: row.dataset.title ?? '',
  });
  const note = document.querySelector('[data-next-note]');
  const mark = next === undefined ? undefined : marks.get(next);
  if (note) note.textContent = mark ? detail(mark) : '';
}
