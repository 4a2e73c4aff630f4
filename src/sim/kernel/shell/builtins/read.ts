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
  assign(shell, options.names, line.characters);
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

/** A character, and whether a backslash protects it from being split at. */
type Character = readonly [text: string, protectedOne: boolean];

interface Line {
  readonly characters: readonly Character[];
  /** Whether there was a newline (or enough characters), rather than the end of the input. */
  readonly ended: boolean;
}

/** A number where a signal or the timeout came first: the exit status. */
function* readLine(shell: Shell, options: ReadOptions): Blocking<Line | number> {
  const { process } = shell;
  const deadlineMs =
    options.timeoutMs === undefined ? undefined : process.clock.nowMs() + options.timeoutMs;
  const characters: Character[] = [];
  let escaped = false;
  for (;;) {
    if (deadlineMs !== undefined && !(yield* readableBy(shell, deadlineMs))) return 1;
    let text: string | undefined;
    try {
      text = yield* readPiece(shell, options.maxLength, characters.length);
    } catch (thrown) {
      if (!isErrno(thrown)) throw thrown;
      if (thrown.code !== 'EINTR') return 1;
      const [signal] = shell.collectSignals();
      if (signal !== undefined) return 128 + signalNumber(signal);
      continue;
    }
    if (text === undefined) return { characters, ended: false };
    yield* process.work(text.length >> 6);
    for (const character of text) {
      if (escaped) {
        escaped = false;
        if (character !== '\n') characters.push([character, true]);
      } else if (character === '\\' && !options.raw) {
        escaped = true;
      } else if (character === '\n') {
        return { characters, ended: true };
      } else if (character !== '\0') {
        characters.push([character, false]);
      }
    }
    if (options.maxLength !== undefined && characters.length >= options.maxLength) {
      return { characters, ended: true };
    }
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
function assign(shell: Shell, names: readonly string[], line: readonly Character[]): void {
  const ifs = shell.variables.get('IFS') ?? ' \t\n';
  const isSpace = ([text, safe]: Character): boolean =>
    !safe && ifs.includes(text) && (text === ' ' || text === '\t' || text === '\n');
  const isDelimiter = ([text, safe]: Character): boolean => !safe && ifs.includes(text);
  let index = 0;
  const skipSpace = (): void => {
    for (let c = line[index]; c !== undefined && isSpace(c); c = line[index]) index += 1;
  };
  skipSpace();
  names.forEach((name, position) => {
    if (position === names.length - 1) {
      shell.variables.set(name, rest(line.slice(index), isSpace, isDelimiter));
      return;
    }
    let value = '';
    for (let c = line[index]; c !== undefined && !isDelimiter(c); c = line[index]) {
      value += c[0];
      index += 1;
    }
    shell.variables.set(name, value);
    skipSpace();
    const delimiter = line[index];
    if (delimiter !== undefined && isDelimiter(delimiter) && !isSpace(delimiter)) {
      index += 1;
      skipSpace();
    }
  });
}

/** The rest of the line without blanks at its end; a single delimiter that only ends the last field goes, too. */
function rest(
  line: readonly Character[],
  isSpace: (character: Character) => boolean,
  isDelimiter: (character: Character) => boolean,
): string {
  let end = line.length;
  const trim = (): void => {
    for (let c = line[end - 1]; c !== undefined && isSpace(c); c = line[end - 1]) end -= 1;
  };
  trim();
  const last = line[end - 1];
  if (last !== undefined && isDelimiter(last)) {
    const others = line.slice(0, end - 1);
    if (!others.some((each) => isDelimiter(each) && !isSpace(each))) {
      end -= 1;
      trim();
    }
  }
  return line
    .slice(0, end)
    .map(([text]) => text)
    .join('');
}
