// pflag's grammar: long and short flags, values after `=` or as the next word, bundled letters, `--`.
import type { FlagSpec } from './spec.ts';
import { Flags } from './values.ts';

export interface ParsedLine {
  readonly flags: Flags;
  /** What is no flag, in order. */
  readonly args: readonly string[];
  /** How many of the args stood before `--`, or -1 without one. */
  readonly dashAt: number;
}

export interface ParseProblem {
  /** pflag's text, without `error: `. */
  readonly problem: string;
}

/** Flag names may be written with underscores (component-base/cli/flag WordSepNormalizeFunc). */
const normalName = (name: string): string => name.replaceAll('_', '-');

class LineParser {
  readonly flags: Flags;
  readonly args: string[] = [];
  dashAt = -1;
  readonly #byLetter = new Map<string, FlagSpec>();
  readonly #words: readonly string[];
  #next = 0;

  constructor(specs: readonly FlagSpec[], words: readonly string[]) {
    this.flags = new Flags(specs);
    for (const spec of specs) if (spec.shorthand !== '') this.#byLetter.set(spec.shorthand, spec);
    this.#words = words;
  }

  /** Reads all words; returns the first problem. */
  run(): string | undefined {
    while (this.#next < this.#words.length) {
      const word = this.#words[this.#next++] ?? '';
      if (word === '--') {
        this.dashAt = this.args.length;
        this.args.push(...this.#words.slice(this.#next));
        return undefined;
      }
      if (!word.startsWith('-') || word === '-') {
        this.args.push(word);
        continue;
      }
      const problem = word.startsWith('--') ? this.#long(word) : this.#letters(word.slice(1), word);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #long(word: string): string | undefined {
    const body = word.slice(2);
    const equals = body.indexOf('=');
    const name = equals < 0 ? body : body.slice(0, equals);
    if (name === '' || name.startsWith('-')) return `bad flag syntax: ${word}`;
    const spec = this.flags.specs.get(normalName(name));
    if (spec === undefined) return `unknown flag: --${name}`;
    if (equals >= 0) return this.#set(spec, body.slice(equals + 1));
    if (spec.bareValue !== undefined) return this.#set(spec, spec.bareValue);
    if (this.#next >= this.#words.length) return `flag needs an argument: --${name}`;
    return this.#set(spec, this.#words[this.#next++] ?? '');
  }

  #letters(letters: string, word: string): string | undefined {
    for (let at = 0; at < letters.length; at += 1) {
      const letter = letters[at] ?? '';
      const rest = letters.slice(at + 1);
      const shown = at === 0 ? word : `-${letters.slice(at)}`;
      const spec = this.#byLetter.get(letter);
      if (spec === undefined) return `unknown shorthand flag: '${letter}' in ${shown}`;
      if (rest.startsWith('=')) return this.#set(spec, rest.slice(1));
      if (spec.bareValue !== undefined) {
        const problem = this.#set(spec, spec.bareValue);
        if (problem !== undefined) return problem;
        continue;
      }
      if (rest !== '') return this.#set(spec, rest);
      if (this.#next >= this.#words.length) {
        return `flag needs an argument: '${letter}' in ${shown}`;
      }
      return this.#set(spec, this.#words[this.#next++] ?? '');
    }
    return undefined;
  }

  #set(spec: FlagSpec, text: string): string | undefined {
    const why = this.flags.set(spec, text);
    if (why === undefined) return undefined;
    const name = spec.shorthand === '' ? `--${spec.name}` : `-${spec.shorthand}, --${spec.name}`;
    return `invalid argument ${JSON.stringify(text)} for "${name}" flag: ${why}`;
  }
}

/** Reads a command's words (github.com/spf13/pflag): flags and args may be mixed until `--`. */
export function parseLine(
  specs: readonly FlagSpec[],
  words: readonly string[],
): ParsedLine | ParseProblem {
  const parser = new LineParser(specs, words);
  const problem = parser.run();
  if (problem !== undefined) return { problem };
  return { flags: parser.flags, args: parser.args, dashAt: parser.dashAt };
}
