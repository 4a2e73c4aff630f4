/// <reference types="astro/client" />

declare module 'virtual:shiki.css';

declare namespace App {
  interface Locals {
    /** The lesson that is being rendered; set by its page, read by the lesson components. */
    lesson?: import('./components/site/lesson-context.ts').LessonContext;
  }
}
