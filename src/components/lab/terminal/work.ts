// What waits in the line editor's queue.
import type { Key } from './keys.ts';

export type Work =
  | { readonly kind: 'key'; readonly key: Key }
  | { readonly kind: 'output'; readonly text: string }
  | { readonly kind: 'prompt'; readonly text: string }
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'redraw' };

/** A search of the history that is going on. */
export interface Search {
  words: string;
  skip: number;
}
