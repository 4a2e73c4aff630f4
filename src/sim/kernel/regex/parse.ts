// Reads basic and extended POSIX regular expressions, with GNU's additions: \+ \? \| in basic ones, and \w \W \s \S \b \B \< \>.
import { readBracket } from './bracket.ts';
import { spaceRanges, wordRanges } from './classes.ts';
import { type AssertKind, PatternError, type RegexNode } from './tree.ts';

const maxDepth = 100;
/** RE_DUP_MAX of POSIX. */
const maxCount = 255;

const empty: RegexNode = { kind: 'empty' };
const asserts: Readonly<Record<string, AssertKind>> = {
  b: 'word-edge',
  B: 'no-word-edge',
  '<': 'word-start',
  '>': 'word-end',
};

export class PatternParser {
  readonly #pattern: string;
  readonly #extended: boolean;
  #at = 0;
  #depth = 0;
  #groups = 0;

  constructor(pattern: string, extended: boolean) {
    this.#pattern = pattern;
    this.#extended = extended;
  }

  get groups(): number {
    return this.#groups;
  }

  /** The tree of the whole pattern. Throws PatternError. */
  parse(): RegexNode {
    const node = this.#choice();
    if (this.#at < this.#pattern.length) throw new PatternError('Unmatched ) or \\)');
    return node;
  }

  /** Whether an operator stands here: `x` in an extended, `\x` in a basic pattern. */
  #sees(operator: string): boolean {
    const pattern = this.#pattern;
    if (this.#extended) return pattern[this.#at] === operator;
    return pattern[this.#at] === '\\' && pattern[this.#at + 1] === operator;
  }

  #take(operator: string): boolean {
    if (!this.#sees(operator)) return false;
    this.#at += this.#extended ? 1 : 2;
    return true;
  }

  #choice(): RegexNode {
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    return options.length === 1 && options[0] !== undefined
      ? options[0]
      : { kind: 'choice', options };
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = [];
    while (this.#at < this.#pattern.length && !this.#sees('|')) {
      if (this.#sees(')') && (this.#depth > 0 || !this.#extended)) break;
      const atom = this.#atom(parts.length === 0);
      parts.push(this.#repeats(atom));
    }
    if (parts.length === 0) return empty;
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'sequence', parts };
  }

  #atom(first: boolean): RegexNode {
    const pattern = this.#pattern;
    if (this.#take('(')) return this.#group();
    const character = pattern[this.#at];
    switch (character) {
      case '[': {
        const { set, end } = readBracket(pattern, this.#at);
        this.#at = end;
        return { kind: 'set', set };
      }
      case '.':
        this.#at += 1;
        return { kind: 'any' };
      case '\\':
        return this.#escape();
      case '^':
        if (!this.#extended && !first) break;
        this.#at += 1;
        return { kind: 'assert', assert: 'line-start' };
      case '$':
        if (!this.#extended && !this.#atEndOfBranch(this.#at + 1)) break;
        this.#at += 1;
        return { kind: 'assert', assert: 'line-end' };
      case '*':
        // A star with nothing before it is itself in a basic pattern; GNU takes it so in an extended one too.
        if (first) break;
        throw new PatternError('Invalid preceding regular expression');
      case '+':
      case '?':
        if (this.#extended && first) throw new PatternError('Invalid preceding regular expression');
        break;
      default:
    }
    return this.#literal();
  }

  #literal(): RegexNode {
    const code = this.#pattern.codePointAt(this.#at) ?? 0;
    this.#at += code > 0xffff ? 2 : 1;
    return { kind: 'character', code };
  }

  #atEndOfBranch(at: number): boolean {
    const next = this.#pattern.slice(at, at + 2);
    return next === '' || next === '\\)' || next === '\\|';
  }

  #group(): RegexNode {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new PatternError('Regular expression too big');
    this.#groups += 1;
    const index = this.#groups;
    const body = this.#choice();
    if (!this.#take(')')) throw new PatternError('Unmatched ( or \\(');
    this.#depth -= 1;
    return { kind: 'group', index, body };
  }

  #escape(): RegexNode {
    const next = this.#pattern[this.#at + 1];
    if (next === undefined) throw new PatternError('Trailing backslash');
    this.#at += 2;
    const assert = asserts[next];
    if (assert !== undefined) return { kind: 'assert', assert };
    switch (next) {
      case 'w':
      case 'W':
        return { kind: 'set', set: { negated: next === 'W', ranges: wordRanges } };
      case 's':
      case 'S':
        return { kind: 'set', set: { negated: next === 'S', ranges: spaceRanges } };
      case 'n':
        return { kind: 'character', code: 10 };
      case 't':
        return { kind: 'character', code: 9 };
      case '`':
        return { kind: 'assert', assert: 'line-start' };
      case "'":
        return { kind: 'assert', assert: 'line-end' };
      default:
    }
    if (next >= '1' && next <= '9') {
      if (Number(next) > this.#groups) throw new PatternError('Invalid back reference');
      throw new PatternError(`back reference \\${next} is not supported here`);
    }
    this.#at -= 1;
    return this.#literal();
  }

  #repeats(atom: RegexNode): RegexNode {
    let node = atom;
    for (let count = 0; ; count += 1) {
      if (count > 10) throw new PatternError('Regular expression too big');
      if (this.#pattern[this.#at] === '*') {
        if (node.kind === 'assert' && !this.#extended) return node;
        this.#at += 1;
        node = { kind: 'repeat', body: node, least: 0, most: undefined };
      } else if (this.#take('+')) {
        node = { kind: 'repeat', body: node, least: 1, most: undefined };
      } else if (this.#take('?')) {
        node = { kind: 'repeat', body: node, least: 0, most: 1 };
      } else if (this.#sees('{') && (!this.#extended || this.#looksLikeCount())) {
        node = this.#counted(node);
      } else {
        return node;
      }
    }
  }

  /** In an extended pattern a brace that starts no count is itself, as in GNU's. */
  #looksLikeCount(): boolean {
    const next = this.#pattern[this.#at + 1] ?? '';
    return (next >= '0' && next <= '9') || next === ',';
  }

  #counted(body: RegexNode): RegexNode {
    this.#take('{');
    const low = this.#number();
    let high: number | undefined = low;
    if (this.#pattern[this.#at] === ',') {
      this.#at += 1;
      high = this.#number();
    } else if (low === undefined) {
      throw new PatternError('Invalid content of \\{\\}');
    }
    if (!this.#take('}')) {
      const open = this.#at >= this.#pattern.length;
      throw new PatternError(open ? 'Unmatched { or \\{' : 'Invalid content of \\{\\}');
    }
    const least = low ?? 0;
    if (high !== undefined && high < least) throw new PatternError('Invalid content of \\{\\}');
    if (least > maxCount || (high ?? 0) > maxCount) {
      throw new PatternError('Regular expression too big');
    }
    return { kind: 'repeat', body, least, most: high };
  }

  #number(): number | undefined {
    const start = this.#at;
    let code = this.#pattern.charCodeAt(this.#at);
    while (code >= 48 && code <= 57) {
      this.#at += 1;
      code = this.#pattern.charCodeAt(this.#at);
    }
    return start === this.#at
      ? undefined
      : Number(this.#pattern.slice(start, Math.min(this.#at, start + 6)));
  }
}
