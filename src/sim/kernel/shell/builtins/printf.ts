// printf's format string, used again until all arguments are.
import { unescape } from '../../commands/base/escapes.ts';
import {
  type Conversion,
  formatFloat,
  formatInteger,
  type FormatPiece,
  formatText,
  parseFormat,
} from '../../commands/base/format.ts';

export interface Formatted {
  readonly text: string;
  /** Arguments that are no numbers, or only begin like one. */
  readonly problems: readonly { readonly kind: 'no-number' | 'rest'; readonly word: string }[];
  /** A conversion that there is not; the output ends before it. */
  readonly invalid: string | undefined;
}

const maxRounds = 100_000;
const maxOutput = 1 << 22;

export function formatArguments(format: string, words: readonly string[]): Formatted {
  const run = new Formatting(words);
  const { text, stopped } = unescapeFormat(format);
  const pieces = parseFormat(text);
  for (let round = 0; round < maxRounds; round += 1) {
    const before = run.used;
    if (!run.round(pieces) || stopped) break;
    if (run.used === before || run.used >= words.length || run.text.length > maxOutput) break;
  }
  return { text: run.text, problems: run.problems, invalid: run.invalid };
}

/** Backslashes of the format; percent signs that they make stay literal. */
function unescapeFormat(format: string): ReturnType<typeof unescape> {
  return unescape(format, 'anywhere');
}

class Formatting {
  text = '';
  used = 0;
  readonly problems: { kind: 'no-number' | 'rest'; word: string }[] = [];
  invalid: string | undefined;
  readonly #words: readonly string[];

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  /** Goes through the format once; false where output has to end. */
  round(pieces: readonly FormatPiece[]): boolean {
    for (const piece of pieces) {
      if (piece.kind === 'text') this.text += piece.text;
      else if (!this.#convert(piece)) return false;
    }
    return true;
  }

  #next(): string | undefined {
    const word = this.#words[this.used];
    this.used += 1;
    return word;
  }

  #convert(piece: Extract<FormatPiece, { readonly kind: 'conversion' }>): boolean {
    const width = piece.width === '*' ? this.#integer(this.#next()) : BigInt(piece.width || '0');
    const precision =
      piece.precision === '*' ? this.#integer(this.#next()) : toBigInt(piece.precision);
    const conversion: Conversion = {
      flags: width < 0n ? `${piece.flags}-` : piece.flags,
      width: Number(width < 0n ? -width : width),
      precision: precision === undefined || precision < 0n ? undefined : Number(precision),
      letter: piece.letter,
    };
    switch (piece.letter) {
      case 's':
        this.text += formatText(conversion, this.#next() ?? '');
        return true;
      case 'c':
        this.text += formatText(conversion, [...(this.#next() ?? '')][0] ?? '');
        return true;
      case 'b': {
        const { text, stopped } = unescape(this.#next() ?? '', 'after-zero');
        this.text += formatText(conversion, text);
        return !stopped;
      }
      case 'd':
      case 'i':
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        this.text += formatInteger(conversion, this.#integer(this.#next()));
        return true;
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        this.text += formatFloat(conversion, this.#float(this.#next()));
        return true;
      default:
        this.invalid = piece.text;
        return false;
    }
  }

  #integer(word: string | undefined): bigint {
    if (word === undefined || word === '') return 0n;
    if (/^["']/.test(word)) return BigInt(word.codePointAt(1) ?? 0);
    const found = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[0-9]+)/.exec(word.slice(0, 100));
    if (found === null) {
      this.problems.push({ kind: 'no-number', word });
      return 0n;
    }
    if (found[0].length < word.length) this.problems.push({ kind: 'rest', word });
    const digits = found[2] ?? '0';
    const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
    const value = BigInt.asIntN(64, BigInt(octal));
    return found[1] === '-' ? -value : value;
  }

  #float(word: string | undefined): number {
    if (word === undefined || word === '') return 0;
    if (/^["']/.test(word)) return word.codePointAt(1) ?? 0;
    const found = /^\s*[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?/.exec(
      word.slice(0, 100),
    );
    if (found === null) {
      this.problems.push({ kind: 'no-number', word });
      return 0;
    }
    if (found[0].length < word.length) this.problems.push({ kind: 'rest', word });
    return Number(found[0]);
  }
}

function toBigInt(digits: string | undefined): bigint | undefined {
  return digits === undefined ? undefined : BigInt(digits || '0');
}
