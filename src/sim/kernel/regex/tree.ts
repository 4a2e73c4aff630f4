// The tree a pattern is read into.

/** A set of characters: ranges of code points, both ends included. */
export interface CharacterSet {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

export type AssertKind =
  'line-start' | 'line-end' | 'word-edge' | 'no-word-edge' | 'word-start' | 'word-end';

export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly assert: AssertKind }
  | { readonly kind: 'group'; readonly index: number; readonly body: RegexNode }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'choice'; readonly options: readonly RegexNode[] }
  | {
      readonly kind: 'repeat';
      readonly body: RegexNode;
      readonly least: number;
      /** Undefined: no bound. */
      readonly most: number | undefined;
    };

/** A pattern that is not one; the message is regcomp's. */
export class PatternError extends Error {}

export function isWordCode(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95
  );
}

/** Whether the set holds a code point, as written or in the other case. */
export function inSet(set: CharacterSet, code: number, ignoreCase: boolean): boolean {
  return (inRanges(set, code) || (ignoreCase && inOtherCase(set, code))) !== set.negated;
}

function inRanges(set: CharacterSet, code: number): boolean {
  return set.ranges.some(([from, to]) => code >= from && code <= to);
}

function inOtherCase(set: CharacterSet, code: number): boolean {
  return inRanges(set, foldCase(code)) || inRanges(set, upperCase(code));
}

/** The code point of the lower case. */
export function foldCase(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  return String.fromCodePoint(code).toLowerCase().codePointAt(0) ?? code;
}

function upperCase(code: number): number {
  if (code < 128) return code >= 97 && code <= 122 ? code - 32 : code;
  return String.fromCodePoint(code).toUpperCase().codePointAt(0) ?? code;
}
