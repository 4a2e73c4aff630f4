// The tree of a Go template: the part of text/template that fits a Pod's manifest.

export type Argument =
  | { readonly kind: 'dot' }
  | { readonly kind: 'field'; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'constant'; readonly value: string | number | boolean }
  | { readonly kind: 'nil' }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly names: readonly string[] };

export interface Operand {
  readonly argument: Argument;
  /** How it was written, and where: for errors. */
  readonly text: string;
  readonly at: number;
}

/** A function or value with its arguments. */
export type CommandNode = readonly Operand[];

export interface Pipeline {
  /** Variables that get the result; two in a range. */
  readonly variables: readonly string[];
  /** `:=` makes them, `=` changes them. */
  readonly declares: boolean;
  readonly commands: readonly CommandNode[];
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | { readonly kind: 'break' | 'continue' };

/** What is wrong with a template; the message is text/template's, as far as it goes. */
export class TemplateError extends Error {}
