// Which lines a sed command applies to.
import type { Regex } from '../../regex/regex.ts';
import type { Blocking } from '../../types.ts';
import type { Address, RangeEnd, SedCommand } from './script.ts';

/** What the selector asks about the line at hand. */
export interface LineView {
  lineNumber(): number;
  isLast(): Blocking<boolean>;
  /** Whether a pattern (the one used last for undefined) fits. */
  fits(regex: Regex | undefined): boolean;
}

export class Selector {
  readonly #line: LineView;
  /** Ranges that have begun, with the line on which they end where that is known. */
  readonly #open = new Map<SedCommand, number | undefined>();
  /** Ranges from line 0 that have begun already; they begin once. */
  readonly #begun = new Set<SedCommand>();

  constructor(line: LineView) {
    this.#line = line;
  }

  /** Whether a command's range goes on after this line. */
  isOpen(command: SedCommand): boolean {
    return this.#open.has(command) && !command.selection.negated;
  }

  *selects(command: SedCommand): Blocking<boolean> {
    const { first, last, negated } = command.selection;
    if (first === undefined) return !negated;
    const selected =
      last === undefined ? yield* this.#matches(first) : yield* this.#inRange(command, first, last);
    return selected !== negated;
  }

  *#inRange(command: SedCommand, first: Address, last: RangeEnd): Blocking<boolean> {
    const number = this.#line.lineNumber();
    if (!this.#open.has(command)) {
      const fromStart = first.kind === 'line' && first.line === 0;
      if (fromStart ? this.#begun.has(command) : !(yield* this.#matches(first))) return false;
      this.#begun.add(command);
      const endLine = rangeEndLine(last, number);
      if (!fromStart && endLine !== undefined && endLine <= number) return true;
      this.#open.set(command, endLine);
      // Only a range from line 0 may end on the line on which it begins.
      if (!fromStart) return true;
    }
    const endLine = this.#open.get(command);
    if (endLine === undefined) {
      if (yield* this.#matches(last as Address)) this.#open.delete(command);
      return true;
    }
    if (number >= endLine) this.#open.delete(command);
    return number <= endLine;
  }

  *#matches(address: Address): Blocking<boolean> {
    switch (address.kind) {
      case 'line':
        return address.line === this.#line.lineNumber();
      case 'step': {
        const past = this.#line.lineNumber() - address.first;
        return address.step <= 0 ? past === 0 : past >= 0 && past % address.step === 0;
      }
      case 'last':
        return yield* this.#line.isLast();
      case 'pattern':
        return this.#line.fits(address.regex);
    }
  }
}

/** The line on which a range ends that begins here; undefined where that depends on the lines to come. */
function rangeEndLine(last: RangeEnd, number: number): number | undefined {
  if (last.kind === 'line') return last.line;
  if (last.kind === 'after') return number + last.count;
  if (last.kind !== 'multiple') return undefined;
  return last.of <= 0 ? number : Math.ceil(number / last.of) * last.of;
}
