// The tree of a JSONPath template, in kubectl's dialect (client-go/util/jsonpath).

/** One bound of `[start:end:step]`. */
export interface Bound {
  /** Undefined where it was left out. */
  readonly value: number | undefined;
  /** An end that follows from a single index. */
  readonly derived?: boolean;
}

export type Node =
  | { readonly kind: 'text'; readonly text: string }
  /** What stands in braces: each node works on what the one before found. */
  | { readonly kind: 'list'; readonly nodes: readonly Node[] }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'identifier'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: number | boolean; readonly float: boolean }
  | { readonly kind: 'array'; readonly bounds: readonly [Bound, Bound, Bound] }
  | { readonly kind: 'union'; readonly lists: readonly (readonly Node[])[] }
  | {
      readonly kind: 'filter';
      readonly left: readonly Node[];
      readonly operator: string;
      readonly right: readonly Node[];
    }
  | { readonly kind: 'recursive' }
  | { readonly kind: 'wildcard' };

/** What is wrong with a template, or with the data it met; the message is the real client's. */
export class JsonPathError extends Error {}
