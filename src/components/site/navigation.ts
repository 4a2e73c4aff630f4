// The pages of the site beside the lessons. A page is linked as soon as its file exists, so that
// no link leads nowhere while the course grows.
import type { TextKey } from './strings.ts';

const files = Object.keys(import.meta.glob('/src/pages/**/*.{astro,ts}'));

export interface SitePage {
  readonly path: string;
  readonly name: TextKey;
  /** What the home page says about it. */
  readonly note?: TextKey;
  /** Where it is linked: in the head of every page, or at its foot. */
  readonly place: 'head' | 'foot';
}

const planned: readonly SitePage[] = [
  { path: '/', name: 'nav.course', place: 'head' },
  { path: '/sandbox/', name: 'nav.sandbox', note: 'home.sandboxNote', place: 'head' },
  { path: '/review/', name: 'nav.review', note: 'home.reviewNote', place: 'head' },
  { path: '/glossary/', name: 'nav.glossary', note: 'home.glossaryNote', place: 'head' },
  { path: '/kubectl/', name: 'nav.kubectl', note: 'home.kubectlNote', place: 'head' },
  { path: '/instructors/', name: 'nav.instructors', note: 'home.instructorsNote', place: 'head' },
  { path: '/versions/', name: 'nav.versions', note: 'home.versionsNote', place: 'head' },
  { path: '/about/', name: 'nav.about', note: 'home.aboutNote', place: 'foot' },
  { path: '/licences/', name: 'nav.licences', place: 'foot' },
];

/** Whether a page at this address is part of the site. */
export function pageExists(path: string): boolean {
  const name = path === '/' ? '/index' : path.replace(/\/$/, '');
  return files.some((file) => [`${name}.astro`, `${name}/index.astro`].includes(file.slice(10)));
}

/** The pages there are, in the order in which they are linked. */
export const sitePages: readonly SitePage[] = planned.filter((page) => pageExists(page.path));
