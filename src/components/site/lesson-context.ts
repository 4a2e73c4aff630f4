// What a component inside a lesson's text can know: the lesson it stands in, and the author's
// files. The page sets it before it renders the text.
import type { LessonFiles } from './lesson-files.ts';
import type { Lesson } from './lessons.ts';

export interface LessonContext {
  readonly lesson: Lesson;
  readonly files: LessonFiles;
}

/**
 * The lesson that is being rendered: `lessonContext(Astro.locals, 'Quiz')`.
 * @throws when the component stands outside a lesson
 */
export function lessonContext(locals: App.Locals, component: string): LessonContext {
  if (!locals.lesson) throw new Error(`<${component}> works in a lesson only`);
  return locals.lesson;
}
