/// <reference types="astro/client" />

import type { LessonContext } from './components/site/lesson-context.ts';

declare global {
  namespace App {
    interface Locals {
      /** The lesson that is being rendered; set by its page, read by the lesson components. */
      lesson?: LessonContext;
    }
  }
}
