// What a script is read into.

export type ParameterOperator =
  | ''
  | 'length'
  | '-'
  | '='
  | '?'
  | '+'
  | '%'
  | '%%'
  | '#'
  | '##'
  | 'slice'
  | 'replace'
  | 'replace-all';

export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'tilde'; readonly user: string }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly operator: ParameterOperator;
      /** With a colon the empty value counts as unset. */
      readonly colon: boolean;
      readonly argument: Word | undefined;
      /** The replacement, or the length of a slice. */
      readonly second: Word | undefined;
      readonly quoted: boolean;
    }
  | { readonly kind: 'command'; readonly body: List; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly expression: Word; readonly quoted: boolean }
  /** A `${...}` that makes no sense: an error when it is reached. */
  | { readonly kind: 'bad-substitution' };

export interface Word {
  readonly parts: readonly Part[];
  /** The whole word where nothing in it needs expansion. */
  readonly literal: string | undefined;
}

/** `&>` is ash's: both standard output and standard error. */
export type RedirectionOperator = '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '<<' | '&>';

export interface Redirection {
  readonly descriptor: number;
  readonly operator: RedirectionOperator;
  /** For `<<` the text of the here-document. */
  target: Word;
}

export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

export interface ListItem {
  readonly command: Command;
  readonly background: boolean;
  /** As written, for `jobs`. */
  readonly text: string;
}

export type List = readonly ListItem[];

export interface SimpleCommand {
  readonly kind: 'simple';
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
  readonly line: number;
}

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: List;
}

export type CompoundCommand =
  | {
      readonly kind: 'if';
      readonly condition: List;
      readonly then: List;
      readonly otherwise: List | undefined;
    }
  | {
      readonly kind: 'loop';
      readonly until: boolean;
      readonly condition: List;
      readonly body: List;
    }
  | {
      readonly kind: 'for';
      readonly variable: string;
      /** Undefined: the positional parameters. */
      readonly words: readonly Word[] | undefined;
      readonly body: List;
      readonly line: number;
    }
  | { readonly kind: 'case'; readonly word: Word; readonly items: readonly CaseItem[] }
  | { readonly kind: 'group'; readonly body: List }
  | { readonly kind: 'subshell'; readonly body: List };

export type Command =
  | SimpleCommand
  | CompoundCommand
  | {
      readonly kind: 'redirected';
      readonly command: CompoundCommand;
      readonly redirections: readonly Redirection[];
    }
  | { readonly kind: 'pipeline'; readonly commands: readonly Command[]; readonly negated: boolean }
  | {
      readonly kind: 'and-or';
      readonly left: Command;
      readonly operator: '&&' | '||';
      readonly right: Command;
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command };

const noParts: readonly Part[] = [];

/**
 * A word whose parts are known; finds out whether it is literal. One that is plain characters throughout keeps no parts.
 */
export function wordOf(parts: readonly Part[]): Word {
  if (parts.length === 0) return { parts: noParts, literal: '' };
  const [first] = parts;
  if (parts.length === 1 && first?.kind === 'text' && !first.quoted && isPlain(first.text)) {
    return { parts: noParts, literal: first.text };
  }
  let literal = '';
  for (const part of parts) {
    if (part.kind !== 'text') return { parts, literal: undefined };
    if (!part.quoted && /[*?[]/.test(part.text)) return { parts, literal: undefined };
    literal += part.text;
  }
  return { parts, literal };
}

/** Whether a text means nothing but itself, in patterns too. */
function isPlain(text: string): boolean {
  return /^[\w./:=,+@%]*$/.test(text);
}

/** Shared by all commands that have none. */
export const none: readonly never[] = [];
