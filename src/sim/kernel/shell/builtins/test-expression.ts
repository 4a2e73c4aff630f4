// The expressions of test(1), for the shell's builtin and for the program.
import { isErrno } from '../../errno.ts';
import type { FileStat, Process } from '../../types.ts';

/** Thrown for an expression that makes no sense. */
export class TestProblem {
  readonly kind: 'number' | 'operand' | 'argument' | 'parenthesis' | 'too-deep';
  readonly word: string;
  /** The first word of the expression. */
  readonly first: string;

  constructor(kind: TestProblem['kind'], word: string, first: string) {
    this.kind = kind;
    this.word = word;
    this.first = first;
  }
}

const comparisons = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
]);
const maxDepth = 50;

/** Whether the expression (without brackets) holds. Throws TestProblem. */
export function evaluateTest(words: readonly string[], process: Process): boolean {
  return new TestExpression(words, process).evaluate();
}

class TestExpression {
  readonly #words: readonly string[];
  readonly #process: Process;
  #at = 0;
  #depth = 0;

  constructor(words: readonly string[], process: Process) {
    this.#words = words;
    this.#process = process;
  }

  /** The short forms are decided by the number of words alone (POSIX), so that odd operands do no harm. */
  evaluate(): boolean {
    const words = this.#words;
    const [first, second, third] = words;
    if (first === undefined) return false;
    if (words.length === 1) return first !== '';
    if (words.length === 2 && second !== undefined) {
      if (first === '!') return second === '';
      if (isUnary(first)) return this.#unary(first, second);
    }
    if (words.length === 3 && second !== undefined && third !== undefined) {
      if (comparisons.has(second)) return this.#compare(first, second, third);
      if (first === '!') return !new TestExpression([second, third], this.#process).evaluate();
    }
    if (words.length === 4 && first === '!') {
      return !new TestExpression(words.slice(1), this.#process).evaluate();
    }
    const result = this.#or();
    if (this.#at < words.length) this.#fail('operand', words[this.#at] ?? '');
    return result;
  }

  #fail(kind: TestProblem['kind'], word = ''): never {
    throw new TestProblem(kind, word, this.#words[0] ?? '');
  }

  #or(): boolean {
    let result = this.#and();
    while (this.#words[this.#at] === '-o') {
      this.#at += 1;
      const right = this.#and();
      result = result || right;
    }
    return result;
  }

  #and(): boolean {
    let result = this.#not();
    while (this.#words[this.#at] === '-a') {
      this.#at += 1;
      const right = this.#not();
      result = result && right;
    }
    return result;
  }

  #not(): boolean {
    if (this.#words[this.#at] === '!' && !this.#isComparison(this.#at + 1)) {
      this.#at += 1;
      this.#depth += 1;
      if (this.#depth > maxDepth) this.#fail('too-deep');
      return !this.#not();
    }
    return this.#primary();
  }

  #isComparison(at: number): boolean {
    return comparisons.has(this.#words[at] ?? '') && this.#words[at + 1] !== undefined;
  }

  #primary(): boolean {
    const word = this.#words[this.#at];
    if (word === undefined) return this.#fail('argument');
    const next = this.#words[this.#at + 1];
    const third = this.#words[this.#at + 2];
    if (next !== undefined && third !== undefined && comparisons.has(next)) {
      this.#at += 3;
      return this.#compare(word, next, third);
    }
    if (word === '(') {
      this.#at += 1;
      this.#depth += 1;
      if (this.#depth > maxDepth) this.#fail('too-deep');
      const result = this.#or();
      if (this.#words[this.#at] !== ')') this.#fail('parenthesis');
      this.#at += 1;
      return result;
    }
    if (isUnary(word) && next !== undefined) {
      this.#at += 2;
      return this.#unary(word, next);
    }
    this.#at += 1;
    return word !== '';
  }

  #compare(left: string, operator: string, right: string): boolean {
    switch (operator) {
      case '=':
      case '==':
        return left === right;
      case '!=':
        return left !== right;
      case '<':
        return left < right;
      case '>':
        return left > right;
      case '-nt':
      case '-ot':
      case '-ef':
        return this.#compareFiles(left, operator, right);
      default:
        return compareNumbers(this.#number(left), operator, this.#number(right));
    }
  }

  #number(word: string): bigint {
    if (!/^\s*[-+]?[0-9]{1,40}\s*$/.test(word)) this.#fail('number', word);
    return BigInt(word.trim().replace(/^\+/, ''));
  }

  #compareFiles(left: string, operator: string, right: string): boolean {
    const a = this.#stat(left, true);
    const b = this.#stat(right, true);
    if (operator === '-ef') return a !== undefined && a.inode === b?.inode && a.device === b.device;
    const older = operator === '-ot' ? a : b;
    const newer = operator === '-ot' ? b : a;
    if (newer === undefined) return false;
    return older === undefined || newer.modifiedMs > older.modifiedMs;
  }

  #stat(path: string, follow: boolean): FileStat | undefined {
    try {
      return follow ? this.#process.files.stat(path) : this.#process.files.lstat(path);
    } catch (thrown) {
      if (isErrno(thrown)) return undefined;
      throw thrown;
    }
  }

  #unary(operator: string, word: string): boolean {
    const { files } = this.#process;
    switch (operator) {
      case '-n':
        return word !== '';
      case '-z':
        return word === '';
      case '-t':
        return /^[0-9]{1,4}$/.test(word) && this.#process.isTerminal(Number(word));
      case '-r':
        return files.access(word, 'read');
      case '-w':
        return files.access(word, 'write');
      case '-x':
        return files.access(word, 'execute');
      case '-L':
      case '-h':
        return this.#stat(word, false)?.type === 'symlink';
      default:
        return this.#fileIs(operator, this.#stat(word, true));
    }
  }

  #fileIs(operator: string, stat: FileStat | undefined): boolean {
    if (stat === undefined) return false;
    switch (operator) {
      case '-f':
        return stat.type === 'file';
      case '-d':
        return stat.type === 'directory';
      case '-s':
        return stat.size > 0;
      case '-p':
        return stat.type === 'fifo';
      case '-S':
        return stat.type === 'socket';
      case '-c':
        return stat.type === 'device';
      case '-b':
        return false;
      case '-u':
        return (stat.mode & 0o4000) !== 0;
      case '-g':
        return (stat.mode & 0o2000) !== 0;
      case '-k':
        return (stat.mode & 0o1000) !== 0;
      case '-O':
        return stat.uid === this.#process.uid;
      case '-G':
        return stat.gid === this.#process.gid;
      default:
        return true;
    }
  }
}

function isUnary(word: string): boolean {
  return /^-[nztrwxLhfdsepScbugkOG]$/.test(word);
}

function compareNumbers(left: bigint, operator: string, right: bigint): boolean {
  switch (operator) {
    case '-eq':
      return left === right;
    case '-ne':
      return left !== right;
    case '-lt':
      return left < right;
    case '-le':
      return left <= right;
    case '-gt':
      return left > right;
    default:
      return left >= right;
  }
}
