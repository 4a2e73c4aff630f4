// read: a line of standard input, split into variables.
import { isErrno } from '../../errno.ts';
import { signalNumber } from '../../signals.ts';
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { isName } from '../variables.ts';

interface ReadOptions {
  readonly raw: boolean;
  readonly prompt: string | undefined;
  /** Milliseconds. */
  readonly timeoutMs: number | undefined;
  readonly maxLength: number | undefined;
  readonly names: readonly string[];
}

export function* read(shell: Shell, words: readonly string[]): Blocking<number> {
  const options = parse(shell, words);
  for (const name of options.names) {
    if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
  }
  if (options.prompt !== undefined && shell.process.isTerminal(0)) {
    yield* shell.write(2, options.prompt);
  }
  const line = yield* readLine(shell, options);
  if (typeof line === 'number') return line;
  assign(shell, options.names, line);
  return line.ended ? 0 : 1;
}

function parse(shell: Shell, words: readonly string[]): ReadOptions {
  let raw = false;
  let prompt: string | undefined;
  let timeoutMs: number | undefined;
  let maxLength: number | undefined;
  let index = 1;
  for (; index < words.length && /^-./.test(words[index] ?? ''); index += 1) {
    const word = words[index] ?? '';
    if (word === '--') {
      index += 1;
      break;
    }
    for (let at = 1; at < word.length; at += 1) {
      const letter = word[at] ?? '';
      if (letter === 'r') raw = true;
      else if (letter === 's' && shell.isAsh) continue;
      else if ('ptn'.includes(letter) && (letter === 'p' || shell.isAsh)) {
        const value = word.slice(at + 1) || (words[(index += 1)] ?? '');
        if (letter === 'p') prompt = value;
        else if (letter === 't') timeoutMs = seconds(value) * 1000;
        else maxLength = seconds(value);
        break;
      } else {
        throw new ShellError(`${shell.isAsh ? 'illegal' : 'Illegal'} option -${letter}`);
      }
    }
  }
  const names = words.slice(index);
  if (names.length > 0) return { raw, prompt, timeoutMs, maxLength, names };
  if (!shell.isAsh) throw new ShellError('arg count');
  return { raw, prompt, timeoutMs, maxLength, names: ['REPLY'] };
}

function seconds(text: string): number {
  if (!/^[0-9]{1,9}(?:\.[0-9]{1,9})?$/.test(text)) throw new ShellError('invalid timeout');
  return Number(text);
}

interface Line {
  readonly text: string;
  /** Where characters stand that a backslash protects from being split at. */
  readonly guarded: ReadonlySet<number>;
  /** Whether there was a newline (or enough characters), rather than the end of the input. */
  readonly ended: boolean;
}

/** How long a line may be. */
const maxLine = 1 << 22;

/** A number where a signal or the timeout came first: the exit status. */
function* readLine(shell: Shell, options: ReadOptions): Blocking<Line | number> {
  const { process } = shell;
  const deadlineMs =
    options.timeoutMs === undefined ? undefined : process.clock.nowMs() + options.timeoutMs;
  const collected = new Collected(options.raw);
  for (;;) {
    if (deadlineMs !== undefined && !(yield* readableBy(shell, deadlineMs))) return 1;
    let piece: string | undefined;
    try {
      piece = yield* readPiece(shell, options.maxLength, collected.text.length);
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      if (thrown.code !== 'EINTR') return 1;
      const [signal] = shell.collectSignals();
      if (signal !== undefined) return 128 + signalNumber(signal);
      continue;
    }
    if (piece === undefined) return collected.line(false);
    yield* process.work(piece.length >> 6);
    if (collected.add(piece)) return collected.line(true);
    const { maxLength } = options;
    if (maxLength !== undefined && collected.text.length >= maxLength) return collected.line(true);
    if (collected.text.length > maxLine) throw new ShellError('out of memory');
  }
}

/** What was read so far of a line. */
class Collected {
  text = '';
  readonly #guarded = new Set<number>();
  readonly #raw: boolean;
  #escaped = false;

  constructor(raw: boolean) {
    this.#raw = raw;
  }

  /** Adds what was read, which ends with a newline or has none; true where the line is complete. */
  add(piece: string): boolean {
    const plain = piece.includes('\0') ? piece.replaceAll('\0', '') : piece;
    if (this.#raw || (!this.#escaped && !plain.includes('\\'))) {
      const complete = plain.endsWith('\n');
      this.text += complete ? plain.slice(0, -1) : plain;
      return complete;
    }
    for (const character of plain) {
      if (this.#escaped) {
        this.#escaped = false;
        if (character === '\n') continue;
        this.#guarded.add(this.text.length);
        this.text += character;
      } else if (character === '\\') {
        this.#escaped = true;
      } else if (character === '\n') {
        return true;
      } else {
        this.text += character;
      }
    }
    return false;
  }

  line(ended: boolean): Line {
    return { text: this.text, guarded: this.#guarded, ended };
  }
}

/** Reads no further than the end of the line, so that what follows is left for others. */
function* readPiece(
  shell: Shell,
  maxLength: number | undefined,
  have: number,
): Blocking<string | undefined> {
  if (maxLength !== undefined) return yield* shell.process.read(0, Math.max(1, maxLength - have));
  return yield* shell.process.readToNewline(0);
}

/** Whether something comes to read before the time. */
function* readableBy(shell: Shell, deadlineMs: number): Blocking<boolean> {
  const { process } = shell;
  while (!process.canRead(0)) {
    const leftMs = deadlineMs - process.clock.nowMs();
    if (leftMs <= 0) return false;
    yield* process.waitFor([process.readable(0)], leftMs);
    if (shell.collectSignals().length > 0) return false;
  }
  return true;
}

/** Splits at IFS; the last name gets all that is left. */
function assign(shell: Shell, names: readonly string[], { text, guarded }: Line): void {
  const ifs = shell.variables.get('IFS') ?? ' \t\n';
  const isDelimiter = (at: number): boolean =>
    at >= 0 && at < text.length && ifs.includes(text[at] ?? '') && !guarded.has(at);
  const isSpace = (at: number): boolean => isDelimiter(at) && ' \t\n'.includes(text[at] ?? '');
  let index = 0;
  const skipSpace = (): void => {
    while (isSpace(index)) index += 1;
  };
  skipSpace();
  names.forEach((name, position) => {
    if (position === names.length - 1) {
      shell.variables.set(name, text.slice(index, endOfRest(index, text.length)));
      return;
    }
    const start = index;
    while (index < text.length && !isDelimiter(index)) index += 1;
    shell.variables.set(name, text.slice(start, index));
    skipSpace();
    if (isDelimiter(index)) {
      index += 1;
      skipSpace();
    }
  });

  /** The rest without blanks at its end; a single delimiter that only ends the last field goes, too. */
  function endOfRest(start: number, length: number): number {
    let end = length;
    while (end > start && isSpace(end - 1)) end -= 1;
    if (end <= start || !isDelimiter(end - 1)) return end;
    for (let at = start; at < end - 1; at += 1) if (isDelimiter(at) && !isSpace(at)) return end;
    end -= 1;
    while (end > start && isSpace(end - 1)) end -= 1;
    return end;
  }
}
