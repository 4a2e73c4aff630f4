// The tests and actions of find.
import type { Call } from '../base/command.ts';
import type { Blocking } from '../../types.ts';
import { remove, runEach, runTogether } from './actions.ts';
import {
  alwaysTrue,
  both,
  either,
  FindError,
  negation,
  test,
  type FindState,
  type Test,
} from './test.ts';
import { makeTest } from './tests.ts';

export interface FindExpression {
  readonly test: Test;
  readonly maxDepth: number;
  readonly minDepth: number;
  /** Folders after what is in them. */
  readonly depthFirst: boolean;
}

export class FindParser {
  readonly #call: Call;
  readonly #words: readonly string[];
  #at = 0;
  #depth = 0;
  #hasAction = false;
  #maxDepth = Infinity;
  #minDepth = 0;
  #depthFirst = false;

  constructor(call: Call, words: readonly string[]) {
    this.#call = call;
    this.#words = words;
  }

  parse(): FindExpression {
    const parsed = this.#words.length === 0 ? alwaysTrue : this.#or();
    const extra = this.#words[this.#at];
    if (extra !== undefined) throw new FindError(this.#unknown(extra));
    const test: Test = this.#hasAction ? parsed : both(parsed, this.#print('\n'));
    return {
      test,
      maxDepth: this.#maxDepth,
      minDepth: this.#minDepth,
      depthFirst: this.#depthFirst,
    };
  }

  #or(): Test {
    let left = this.#and();
    while (this.#take('-o') || this.#take('-or')) left = either(left, this.#and());
    return left;
  }

  #and(): Test {
    let left = this.#not();
    for (;;) {
      if (this.#take('-a') || this.#take('-and')) {
        left = both(left, this.#not());
        continue;
      }
      const next = this.#words[this.#at];
      if (next === undefined || next === '-o' || next === '-or' || next === ')') return left;
      left = both(left, this.#not());
    }
  }

  #not(): Test {
    this.#depth += 1;
    if (this.#depth > 100) throw new FindError('expression too long');
    const negated = this.#take('!') || this.#take('-not');
    const test = negated ? negation(this.#not()) : this.#primary();
    this.#depth -= 1;
    return test;
  }

  #primary(): Test {
    const word = this.#words[this.#at] ?? '';
    this.#at += 1;
    if (word === '(') {
      const inner = this.#or();
      if (!this.#take(')'))
        throw new FindError(
          this.#call.say(
            "unpaired '('",
            "invalid expression; I was expecting to find a ')' somewhere but did not see one.",
          ),
        );
      return inner;
    }
    const action = this.#action(word);
    if (action !== undefined) {
      this.#hasAction = true;
      return action;
    }
    return makeTest(this.#call, word, () => this.#value(word)) ?? this.#option(word);
  }

  /** What always holds, but changes how find walks. */
  #option(word: string): Test {
    if (word === '-depth') this.#depthFirst = true;
    else if (word === '-maxdepth' || word === '-mindepth') {
      const value = this.#value(word);
      if (!/^\d{1,6}$/.test(value)) {
        throw new FindError(
          this.#call.say(
            `invalid number '${value}'`,
            `Expected a positive decimal integer argument to ${word}, but got '${value}'`,
          ),
        );
      }
      if (word === '-maxdepth') this.#maxDepth = Number(value);
      else this.#minDepth = Number(value);
    } else if (!/^-(true|xdev|mount|follow)$/.test(word)) throw new FindError(this.#unknown(word));
    return alwaysTrue;
  }

  #action(word: string): Test | undefined {
    const { process } = this.#call;
    switch (word) {
      case '-print':
        return this.#print('\n');
      case '-print0':
        return this.#print('\0');
      case '-delete':
        this.#depthFirst = true;
        return (found) => remove(this.#call, found);
      case '-exec':
      case '-ok':
        return this.#exec();
      case '-quit':
        return function* (_, state) {
          state.quit = true;
          yield* process.work(1);
          return true;
        };
      default:
        return undefined;
    }
  }

  #unknown(word: string): string {
    return this.#call.say(
      `unrecognized: ${word}`,
      word.startsWith('-')
        ? `unknown predicate \`${word}'`
        : `paths must precede expression: \`${word}'`,
    );
  }

  #print(end: string): Test {
    const { out } = this.#call;
    return function* ({ path }) {
      yield* out.print(path + end);
      return true;
    };
  }

  #exec(): Test {
    const words: string[] = [];
    for (;;) {
      const word = this.#words[this.#at];
      if (word === undefined)
        throw new FindError(
          this.#call.say('-exec requires an argument', "missing argument to `-exec'"),
        );
      this.#at += 1;
      if (word === ';') return (found) => runEach(this.#call, words, found);
      if (word === '+' && words.at(-1) === '{}') {
        return test(({ path }, state) => {
          const paths = state.gathered.get(words) ?? [];
          paths.push(path);
          state.gathered.set(words, paths);
          return true;
        });
      }
      words.push(word);
    }
  }

  #value(option: string): string {
    const value = this.#words[this.#at];
    if (value === undefined)
      throw new FindError(
        this.#call.say(`${option} requires an argument`, `missing argument to \`${option}'`),
      );
    this.#at += 1;
    return value;
  }

  #take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at += 1;
    return true;
  }
}

/** Runs what `-exec ... +` gathered. */
export function* finishGathered(call: Call, state: FindState): Blocking<void> {
  for (const [words, paths] of state.gathered) yield* runTogether(call, words, paths);
}
