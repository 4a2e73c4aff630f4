// What a sed script is made of.
import type { Regex } from '../../regex/regex.ts';

/** What is wrong with a script, in sed's words. */
export class SedScriptError extends Error {}

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'last' }
  /** An empty pattern means the one used last. */
  | { readonly kind: 'pattern'; readonly regex: Regex | undefined };

/** Where a range ends: at an address, or some lines on. */
export type RangeEnd =
  | Address
  | { readonly kind: 'after'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number };

export interface Selection {
  readonly first: Address | undefined;
  readonly last: RangeEnd | undefined;
  readonly negated: boolean;
}

/** A piece of a replacement: text, a group (0 is `&`), or a change of case from here on. */
export type ReplacementPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'case'; readonly letter: 'U' | 'L' | 'u' | 'l' | 'E' };

export interface Substitution {
  readonly regex: Regex | undefined;
  readonly replacement: readonly ReplacementPart[];
  readonly global: boolean;
  /** Which match to begin with, from 1. */
  readonly occurrence: number;
  readonly print: boolean;
  readonly file: string | undefined;
}

export type SedAction =
  | { readonly kind: 'substitute'; readonly substitution: Substitution }
  | { readonly kind: 'translate'; readonly table: ReadonlyMap<string, string> }
  | { readonly kind: 'text'; readonly letter: 'a' | 'i' | 'c'; readonly text: string }
  | { readonly kind: 'file'; readonly letter: 'r' | 'w'; readonly path: string }
  | { readonly kind: 'jump'; readonly letter: 'b' | 't' | 'T'; readonly label: string }
  | { readonly kind: 'quit'; readonly letter: 'q' | 'Q'; readonly code: number }
  /** Goes behind the closing brace when not selected. */
  | { readonly kind: 'block'; end: number }
  | { readonly kind: 'simple'; readonly letter: string };

export interface SedCommand {
  readonly selection: Selection;
  readonly action: SedAction;
}

export interface SedScript {
  readonly commands: readonly SedCommand[];
  /** Where each label leads. */
  readonly labels: ReadonlyMap<string, number>;
}
