// The links that come first on every page, for readers who go by keyboard.
import { text } from './strings.ts';

export interface SkipLink {
  readonly href: string;
  readonly text: string;
}

/** The page's own skip links, or the one to its content. */
export function skipLinksOf(own: readonly SkipLink[] | undefined): readonly SkipLink[] {
  return own ?? [{ href: '#main', text: text('site.skipToContent') }];
}
