// Reads sed scripts.
import type { Flavour } from '../base/command.ts';
import { compileRegex, type Regex } from '../../regex/regex.ts';
import {
  SedScriptError,
  type Address,
  type RangeEnd,
  type SedAction,
  type SedCommand,
  type SedScript,
  type Selection,
} from './script.ts';
import { SedScanner } from './scanner.ts';
import { parseReplacement } from './replacement.ts';

const maxCommands = 2000;
const simpleLetters = 'dDpPgGhHxnNl=';

/** Reads a whole script. Throws SedScriptError. */
export function parseSedScript(
  text: string,
  extended: boolean,
  flavour: Flavour = 'gnu',
): SedScript {
  return new SedParser(text, extended, flavour).parse();
}

class SedParser {
  readonly #scan: SedScanner;
  readonly #extended: boolean;
  readonly #gnu: boolean;
  readonly #commands: SedCommand[] = [];
  readonly #labels = new Map<string, number>();
  readonly #open: { end: number }[] = [];

  constructor(text: string, extended: boolean, flavour: Flavour) {
    this.#gnu = flavour === 'gnu';
    this.#scan = new SedScanner(text);
    this.#extended = extended;
  }

  parse(): SedScript {
    for (;;) {
      this.#scan.skip(' \t\n;');
      if (this.#scan.ended) break;
      if (this.#commands.length >= maxCommands) throw new SedScriptError('script too long');
      if (this.#scan.peek() === '#') this.#scan.restOfLine();
      else this.#command();
    }
    if (this.#open.length > 0) throw new SedScriptError("unmatched `{'");
    for (const { action } of this.#commands) {
      if (action.kind !== 'jump' || action.label === '' || this.#labels.has(action.label)) continue;
      const quote = this.#gnu ? '`' : "'";
      throw new SedScriptError(`can't find label for jump to ${quote}${action.label}'`);
    }
    return { commands: this.#commands, labels: this.#labels };
  }

  #command(): void {
    const selection = this.#selection();
    const letter = this.#scan.take();
    if (letter === '') throw new SedScriptError('missing command');
    if (letter === '}') {
      const block = this.#open.pop();
      if (block === undefined) throw new SedScriptError("unexpected `}'");
      block.end = this.#commands.length;
      return;
    }
    if (letter === ':') {
      this.#labels.set(this.#scan.word(), this.#commands.length);
      return;
    }
    const action = this.#action(letter);
    if (action.kind === 'block') this.#open.push(action);
    this.#commands.push({ selection, action });
  }

  #selection(): Selection {
    const first = this.#address();
    let last: RangeEnd | undefined;
    this.#scan.skip(' \t');
    if (first !== undefined && this.#scan.peek() === ',') {
      this.#scan.take();
      this.#scan.skip(' \t');
      last = this.#rangeEnd();
      if (last === undefined) throw new SedScriptError("unexpected `,'");
    }
    this.#scan.skip(' \t');
    const negated = this.#scan.peek() === '!';
    this.#scan.skip('! \t');
    return { first, last, negated };
  }

  #rangeEnd(): RangeEnd | undefined {
    const sign = this.#scan.peek();
    if (sign !== '+' && sign !== '~') return this.#address();
    this.#scan.take();
    const count = this.#scan.number();
    return sign === '+' ? { kind: 'after', count } : { kind: 'multiple', of: count };
  }

  #address(): Address | undefined {
    const letter = this.#scan.peek();
    if (letter === '$') {
      this.#scan.take();
      return { kind: 'last' };
    }
    if (letter >= '0' && letter <= '9') {
      const first = this.#scan.number();
      if (this.#scan.peek() !== '~') return { kind: 'line', line: first };
      this.#gnuOnly('~');
      this.#scan.take();
      return { kind: 'step', first, step: this.#scan.number() };
    }
    if (letter !== '/' && letter !== '\\') return undefined;
    if (letter === '\\') this.#scan.take();
    const delimiter = this.#scan.take();
    const pattern = this.#scan.delimited(
      delimiter,
      true,
      this.#gnu ? 'unterminated address regex' : `unmatched '${delimiter}'`,
    );
    const ignoreCase = this.#scan.peek() === 'I';
    if (ignoreCase) this.#scan.take();
    return { kind: 'pattern', regex: this.#regex(pattern, ignoreCase) };
  }

  #action(letter: string): SedAction {
    if (simpleLetters.includes(letter)) {
      this.#end();
      return { kind: 'simple', letter };
    }
    switch (letter) {
      case '{':
        return { kind: 'block', end: 0 };
      case 's':
        return this.#substitute();
      case 'y':
        return this.#translate();
      case 'a':
      case 'i':
      case 'c':
        return { kind: 'text', letter, text: this.#lines() };
      case 'r':
      case 'w':
        return { kind: 'file', letter, path: this.#fileName() };
      case 'b':
      case 't':
      case 'T':
        return { kind: 'jump', letter, label: this.#scan.word() };
      case 'q':
      case 'Q': {
        if (letter === 'Q') this.#gnuOnly(letter);
        this.#scan.skip(' \t');
        const code = this.#scan.number();
        this.#end();
        return { kind: 'quit', letter, code };
      }
      default:
        throw new SedScriptError(
          this.#gnu ? `unknown command: \`${letter}'` : `unsupported command ${letter}`,
        );
    }
  }

  #gnuOnly(letter: string): void {
    if (!this.#gnu) throw new SedScriptError(`unsupported command ${letter}`);
  }

  #substitute(): SedAction {
    const delimiter = this.#scan.take();
    const unterminated = this.#gnu ? "unterminated `s' command" : `unmatched '${delimiter}'`;
    const pattern = this.#scan.delimited(delimiter, true, unterminated);
    const replacement = this.#scan.delimited(delimiter, false, unterminated);
    let global = false;
    let print = false;
    let ignoreCase = false;
    let occurrence = 1;
    let file: string | undefined;
    for (
      let flag = this.#scan.peek();
      flag !== '' && !' \t\n;}#'.includes(flag);
      flag = this.#scan.peek()
    ) {
      if (flag >= '0' && flag <= '9') {
        occurrence = this.#scan.number();
        if (occurrence === 0) {
          throw new SedScriptError("number option to `s' command may not be zero");
        }
        continue;
      }
      this.#scan.take();
      if (flag === 'g') global = true;
      else if (flag === 'p') print = true;
      else if (flag === 'i' || flag === 'I') ignoreCase = true;
      else if (flag === 'w') file = this.#fileName();
      else {
        throw new SedScriptError(
          this.#gnu ? "unknown option to `s'" : 'bad option in substitution expression',
        );
      }
    }
    this.#end();
    const regex = this.#regex(pattern, ignoreCase);
    const parts = parseReplacement(replacement);
    const groups = Math.max(0, ...parts.map((part) => (part.kind === 'group' ? part.group : 0)));
    if (regex !== undefined && groups > regex.groupCount) {
      throw new SedScriptError(`invalid reference \\${groups} on \`s' command's RHS`);
    }
    const substitution = { regex, replacement: parts, global, occurrence, print, file };
    return { kind: 'substitute', substitution };
  }

  #translate(): SedAction {
    const delimiter = this.#scan.take();
    const unterminated = this.#gnu ? "unterminated `y' command" : `unmatched '${delimiter}'`;
    const from = plainCharacters(this.#scan.delimited(delimiter, false, unterminated));
    const to = plainCharacters(this.#scan.delimited(delimiter, false, unterminated));
    if (from.length !== to.length) {
      throw new SedScriptError("strings for `y' command are different lengths");
    }
    this.#end();
    return { kind: 'translate', table: new Map(from.map((one, index) => [one, to[index] ?? ''])) };
  }

  /** The text of a, i and c: the rest of the line, or what follows a backslash and a newline. */
  #lines(): string {
    this.#scan.skip(' \t');
    const continued = this.#scan.peek() === '\\';
    if (continued) {
      this.#scan.take();
      if (this.#scan.peek() === '\n') this.#scan.take();
      else if (this.#scan.ended) return this.#gnu ? '' : '\n';
    }
    let text = '';
    while (!this.#scan.ended) {
      let letter = this.#scan.take();
      if (letter === '\n') break;
      if (letter === '\\') letter = this.#scan.take();
      text += letter;
    }
    if (text === '') throw new SedScriptError("expected \\ after `a', `c' or `i'");
    return `${text}\n`;
  }

  #fileName(): string {
    this.#scan.skip(' \t');
    const name = this.#scan.restOfLine();
    if (name === '') throw new SedScriptError('missing filename in r/R/w/W commands');
    return name;
  }

  #regex(pattern: string, ignoreCase: boolean): Regex | undefined {
    if (pattern === '') return undefined;
    const regex = compileRegex(pattern, { extended: this.#extended, ignoreCase });
    if (typeof regex === 'string') {
      throw new SedScriptError(this.#gnu ? regex : `bad regex '${pattern}': ${regex}`);
    }
    return regex;
  }

  /** Nothing but the end of a command may follow. */
  #end(): void {
    this.#scan.skip(' \t');
    const letter = this.#scan.peek();
    if (letter !== '' && !'\n;}#'.includes(letter)) {
      throw new SedScriptError('extra characters after command');
    }
  }
}

/** The characters of a y command, with `\n` and `\\` resolved. */
function plainCharacters(text: string): string[] {
  const characters: string[] = [];
  const all = [...text];
  for (let index = 0; index < all.length; index += 1) {
    let character = all[index] ?? '';
    if (character === '\\' && index + 1 < all.length) {
      index += 1;
      const next = all[index] ?? '';
      character = next === 'n' ? '\n' : next === 't' ? '\t' : next;
    }
    characters.push(character);
  }
  return characters;
}
