// The pages of the built site, for tests that hold for every page.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Every built page as a file below dist/, such as `versions/index.html`. */
export function builtPages(): string[] {
  return readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.html'))
    .sort();
}

/** Every address a reader can open. */
export function addresses(): string[] {
  return builtPages()
    .filter((file) => file !== '404.html')
    .map((file) => `/${file.replace(/index\.html$/, '')}`);
}

export const lesson = '/lessons/01-what-is-a-pod/';
