// What every page runs: theme, menu, marks of progress.
import { marksSource } from './marks-source.ts';
import { startMenu } from './menu.ts';
import { showMarks } from './show-marks.ts';
import { startTheme } from './theme.ts';

startTheme();
startMenu();
showMarks(marksSource);
