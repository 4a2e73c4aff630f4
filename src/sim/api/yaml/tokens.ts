// What the scanner hands to the parser.
import type { Mark } from './cursor.ts';

export type TokenKind =
  | 'stream end'
  | 'version directive'
  | 'tag directive'
  | 'document start'
  | 'document end'
  | 'block sequence start'
  | 'block mapping start'
  | 'block end'
  | 'flow sequence start'
  | 'flow sequence end'
  | 'flow mapping start'
  | 'flow mapping end'
  | 'block entry'
  | 'flow entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly kind: TokenKind;
  readonly start: Mark;
  readonly end: Mark;
  /** Of scalars, anchors and aliases: the text; of tags: the suffix; of tag directives: the handle. */
  readonly text: string;
  /** Of scalars: whether it stands without quotes and bars. */
  readonly plain: boolean;
  /** Of tags: the handle (`!`, `!!`, `!e!`, '' for a verbatim one); of tag directives: the prefix. */
  readonly handle: string;
}

export function token(kind: TokenKind, start: Mark, end: Mark, parts: Partial<Token> = {}): Token {
  return { kind, start, end, text: '', plain: false, handle: '', ...parts };
}
