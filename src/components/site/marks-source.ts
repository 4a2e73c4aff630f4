// Where the lists of lessons read the reader's progress from. The code that reads the database is
// fetched only where something is kept.
import { isKept, onChange } from '../progress/kept.ts';
import type { LessonMarks, MarksSource } from './progress-marks.ts';

const none: LessonMarks = new Map();

export const marksSource: MarksSource = {
  read: async () => {
    if (!isKept()) return none;
    try {
      return await (await import('../progress/marks.ts')).readMarks();
    } catch {
      return none;
    }
  },
  subscribe: onChange,
};
