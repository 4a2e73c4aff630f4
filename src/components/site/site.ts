// What every page outside the lessons runs: theme, menu, marks of progress, the copy for reading
// offline.
import { marksSource } from './marks-source.ts';
import { startMenu } from './menu.ts';
import { startOffline } from './offline.ts';
import { showMarks } from './show-marks.ts';
import { startTheme } from './theme.ts';

startTheme();
startMenu();
showMarks(marksSource);
startOffline();
