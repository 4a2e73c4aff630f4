// POSIX regular expressions that take linear time whatever the learner writes; for grep, sed, awk and expr.
import { Matcher } from './match.ts';
import { PatternParser } from './parse.ts';
import { compileProgram } from './program.ts';
import { PatternError, type RegexNode } from './tree.ts';

export interface RegexOptions {
  /** Extended (`grep -E`, awk) instead of basic (grep, sed). */
  readonly extended?: boolean;
  readonly ignoreCase?: boolean;
}

export interface RegexMatch {
  /** Where the match begins, counted in UTF-16 units as string indexes are. */
  readonly start: number;
  readonly end: number;
  /** The text of each group; 0 is the whole match, undefined a group that took no part. */
  readonly groups: readonly (string | undefined)[];
}

export interface Regex {
  /** How many groups the pattern has. */
  readonly groupCount: number;
  /** The leftmost and then longest match at or after `from`. `^` means the start of the text, not `from`. */
  exec(text: string, from?: number): RegexMatch | undefined;
  test(text: string): boolean;
}

const maxPatternLength = 10_000;

/** Compiles a pattern; a string is regcomp's message for a bad one. */
export function compileRegex(pattern: string, options: RegexOptions = {}): Regex | string {
  if (pattern.length > maxPatternLength) return 'Regular expression too big';
  try {
    const parser = new PatternParser(pattern, options.extended === true);
    const tree = parser.parse();
    const literal = options.ignoreCase === true ? undefined : literalOf(tree);
    if (literal !== undefined) return literalRegex(literal);
    return programRegex(tree, parser.groups, options.ignoreCase === true);
  } catch (thrown) {
    if (thrown instanceof PatternError) return thrown.message;
    throw thrown;
  }
}

function programRegex(tree: RegexNode, groupCount: number, ignoreCase: boolean): Regex {
  const matcher = new Matcher(compileProgram(tree), groupCount, ignoreCase);
  const exec = (text: string, from = 0): RegexMatch | undefined => {
    const captures = matcher.run(text, from);
    if (captures === undefined) return undefined;
    const groups: (string | undefined)[] = [];
    for (let slot = 0; slot < captures.length; slot += 2) {
      const start = captures[slot] ?? -1;
      const end = captures[slot + 1] ?? -1;
      groups.push(start < 0 || end < 0 ? undefined : text.slice(start, end));
    }
    return { start: captures[0] ?? 0, end: captures[1] ?? 0, groups };
  };
  return { groupCount, exec, test: (text) => matcher.run(text, 0) !== undefined };
}

/** The text a pattern stands for when it is nothing but characters. */
function literalOf(tree: RegexNode): string | undefined {
  if (tree.kind === 'character') return String.fromCodePoint(tree.code);
  if (tree.kind !== 'sequence') return undefined;
  let literal = '';
  for (const part of tree.parts) {
    if (part.kind !== 'character') return undefined;
    literal += String.fromCodePoint(part.code);
  }
  return literal;
}

function literalRegex(literal: string): Regex {
  const exec = (text: string, from = 0): RegexMatch | undefined => {
    const start = text.indexOf(literal, from);
    if (start < 0) return undefined;
    return { start, end: start + literal.length, groups: [literal] };
  };
  return { groupCount: 0, exec, test: (text) => text.includes(literal) };
}
