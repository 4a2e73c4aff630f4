// What a test of find is, and how tests combine.
import type { Blocking, FileStat } from '../../types.ts';

/** What is wrong with an expression, in find's words. */
export class FindError extends Error {}

export interface Found {
  readonly path: string;
  readonly stat: FileStat;
}

/** What the walk is told besides whether the expression is true. */
export interface FindState {
  pruned: boolean;
  quit: boolean;
  /** Paths that `-exec ... +` gathers, by its words. */
  readonly gathered: Map<readonly string[], string[]>;
}

export type Test = (found: Found, state: FindState) => Blocking<boolean>;

/** A test that has nothing to wait for. */
export function test(check: (found: Found, state: FindState) => boolean): Test {
  // eslint-disable-next-line require-yield -- it has nothing to wait for
  return function* (found, state) {
    return check(found, state);
  };
}

export const alwaysTrue = test(() => true);

export function both(left: Test, right: Test): Test {
  return function* (found, state) {
    return (yield* left(found, state)) && (yield* right(found, state));
  };
}

export function either(left: Test, right: Test): Test {
  return function* (found, state) {
    return (yield* left(found, state)) || (yield* right(found, state));
  };
}

export function negation(inner: Test): Test {
  return function* (found, state) {
    return !(yield* inner(found, state));
  };
}
