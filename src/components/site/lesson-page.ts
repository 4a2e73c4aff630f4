// What a lesson runs before its lab is opened. It stays small: everything that needs the reader's
// hand first is fetched at the first touch.
import { isKept } from '../progress/kept.ts';
import { startContents } from './contents.ts';
import { startLabLoader } from './lab-loader.ts';
import { marksSource } from './marks-source.ts';
import { startOffline } from './offline.ts';
import { defineRun } from './pod-run.ts';
import { showMarks } from './show-marks.ts';
import { whenTouched } from './when-touched.ts';

const menu = () => import('./menu.ts').then(({ startMenu }) => startMenu());
const theme = () => import('./theme.ts').then(({ startTheme }) => startTheme());
const sheet = () => import('./sheet.ts').then(({ startSheet }) => startSheet());
const split = () => import('./split.ts').then(({ startSplit }) => startSplit());
const find = (selector: string) => document.querySelector(selector);

startLabLoader();
startContents();
defineRun();
showMarks(marksSource);
startOffline();
whenTouched(find('[data-sheet-grip]'), sheet);
whenTouched(find('[data-sheet-tabs]'), sheet);
whenTouched(find('[data-split-handle]'), split);
whenTouched(find('[data-theme-switch]'), theme);
whenTouched(find('dialog#menu'), () => Promise.all([menu(), theme()]));
if (!('command' in HTMLButtonElement.prototype)) {
  whenTouched(find('button[command="show-modal"]'), menu);
}
for (const prediction of document.querySelectorAll('pod-predict')) {
  whenTouched(prediction, () => import('./pod-predict.ts'));
}
const quiz = () =>
  import('../quiz/pod-quiz.ts').catch(() => {
    const failed = find('[data-quiz-failed]');
    if (failed instanceof HTMLElement) failed.textContent = failed.dataset.words ?? '';
  });
whenTouched(find('pod-quiz'), quiz);
// Whoever has answered before finds the questions as they were left.
if (isKept()) void quiz();
