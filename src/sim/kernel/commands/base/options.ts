// Command line options in the manner of getopt_long.

/** One letter per option; `:` behind it means it takes a value, `::` an optional one that is written on to it. A leading
 * `+` ends the options at the first operand. Long options name the letter they stand for; one without a short form has
 * a key of several letters, listed as `{key}` or `{key}:`. */
export interface OptionSpec {
  readonly options: string;
  readonly long?: Readonly<Record<string, string>>;
}

export type OptionProblem =
  | { readonly kind: 'unknown-letter'; readonly option: string }
  | { readonly kind: 'unknown-word'; readonly option: string }
  | { readonly kind: 'no-value'; readonly option: string; readonly word: boolean }
  | { readonly kind: 'needless-value'; readonly option: string };

/** What was given: the options in order, each with its value ('' where it has none), and the operands. */
export interface ParsedOptions {
  readonly given: readonly (readonly [option: string, value: string])[];
  readonly operands: readonly string[];
}

interface State {
  readonly takes: ReadonlyMap<string, '' | ':' | '::'>;
  readonly long: Readonly<Record<string, string>>;
  readonly given: [string, string][];
}

/** Reads the words after the program's name. */
export function parseOptions(
  words: readonly string[],
  spec: OptionSpec,
): ParsedOptions | OptionProblem {
  const stopsAtOperand = spec.options.startsWith('+');
  const state: State = { takes: parseSpec(spec.options), long: spec.long ?? {}, given: [] };
  const operands: string[] = [];
  let index = 0;
  while (index < words.length) {
    const word = words[index] ?? '';
    index += 1;
    if (word === '--') {
      operands.push(...words.slice(index));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      operands.push(word);
      if (!stopsAtOperand) continue;
      operands.push(...words.slice(index));
      break;
    }
    const outcome = word.startsWith('--')
      ? takeWord(state, word.slice(2), words[index])
      : takeLetters(state, word.slice(1), words[index]);
    if (typeof outcome === 'object') return outcome;
    if (outcome === 'used-next') index += 1;
  }
  return { given: state.given, operands };
}

type Outcome = 'used-next' | undefined | OptionProblem;

function takeWord(state: State, text: string, next: string | undefined): Outcome {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const key = findWord(state.long, name);
  if (key === undefined) return { kind: 'unknown-word', option: `--${name}` };
  const takes = state.takes.get(key) ?? '';
  if (equals >= 0) {
    if (takes === '') return { kind: 'needless-value', option: `--${name}` };
    state.given.push([key, text.slice(equals + 1)]);
    return undefined;
  }
  if (takes !== ':') {
    state.given.push([key, '']);
    return undefined;
  }
  if (next === undefined) return { kind: 'no-value', option: `--${name}`, word: true };
  state.given.push([key, next]);
  return 'used-next';
}

/** A long option may be cut short as long as it stays clear. */
function findWord(long: Readonly<Record<string, string>>, name: string): string | undefined {
  if (Object.hasOwn(long, name)) return long[name];
  const starts = Object.keys(long).filter((word) => word.startsWith(name));
  const keys = new Set(starts.map((word) => long[word]));
  return keys.size === 1 && name !== '' ? [...keys][0] : undefined;
}

function takeLetters(state: State, letters: string, next: string | undefined): Outcome {
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index] ?? '';
    const takes = state.takes.get(letter);
    if (takes === undefined) return { kind: 'unknown-letter', option: letter };
    const rest = letters.slice(index + 1);
    if (takes === '') {
      state.given.push([letter, '']);
      continue;
    }
    if (rest !== '' || takes === '::') {
      state.given.push([letter, rest]);
      return undefined;
    }
    if (next === undefined) return { kind: 'no-value', option: letter, word: false };
    state.given.push([letter, next]);
    return 'used-next';
  }
  return undefined;
}

function parseSpec(options: string): Map<string, '' | ':' | '::'> {
  const takes = new Map<string, '' | ':' | '::'>();
  for (const [, key = '', letter = '', colons = ''] of options.matchAll(
    /(?:\{([^}]+)\}|([^:+{}]))(:{0,2})/g,
  )) {
    takes.set(key || letter, colons as '' | ':' | '::');
  }
  return takes;
}
