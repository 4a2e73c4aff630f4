// Runs a pattern's program over a text in time proportional to both, after Pike and Thompson: all ways to match go
// forward together, character by character, so that no pattern can make it slow. The leftmost match wins, and of those
// the longest, as POSIX asks.
import type { Instruction } from './program.ts';
import { type AssertKind, foldCase, inSet, isWordCode } from './tree.ts';

type Captures = readonly number[];

interface Threads {
  count: number;
  readonly at: Int32Array;
  readonly captures: Captures[];
  /** In which step an instruction was last added. */
  readonly seen: Int32Array;
}

export class Matcher {
  readonly #program: readonly Instruction[];
  readonly #ignoreCase: boolean;
  readonly #slots: number;
  #current: Threads;
  #next: Threads;
  #step = 0;

  constructor(program: readonly Instruction[], groups: number, ignoreCase: boolean) {
    this.#program = program;
    this.#ignoreCase = ignoreCase;
    this.#slots = (groups + 1) * 2;
    this.#current = newThreads(program.length);
    this.#next = newThreads(program.length);
  }

  /** Start and end of each group (-1 where it took no part), of the first match at or after `from`. */
  run(text: string, from: number): Captures | undefined {
    const none: Captures = new Array<number>(this.#slots).fill(-1);
    let best: Captures | undefined;
    this.#current.count = 0;
    this.#step += 1;
    for (let index = from; ;) {
      if (best === undefined) this.#add(this.#current, 0, none, text, index);
      const code = text.codePointAt(index);
      const after = index + (code !== undefined && code > 0xffff ? 2 : 1);
      this.#step += 1;
      this.#next.count = 0;
      best = this.#advance(text, code, after, best);
      const swapped = this.#current;
      this.#current = this.#next;
      this.#next = swapped;
      if (code === undefined || (best !== undefined && this.#current.count === 0)) break;
      index = after;
    }
    return best;
  }

  #advance(
    text: string,
    code: number | undefined,
    after: number,
    found: Captures | undefined,
  ): Captures | undefined {
    let best = found;
    const { count, at, captures } = this.#current;
    for (let i = 0; i < count; i += 1) {
      const pc = at[i] ?? 0;
      const own = captures[i] ?? [];
      // Ways that start later than a match that was found cannot win any more.
      if (best !== undefined && (own[0] ?? 0) > (best[0] ?? 0)) break;
      const instruction = this.#program[pc];
      if (instruction === undefined) continue;
      if (instruction.op === 'match') {
        if (best === undefined || (own[1] ?? 0) > (best[1] ?? 0)) best = own;
      } else if (code !== undefined && this.#takes(instruction, code)) {
        this.#add(this.#next, pc + 1, own, text, after);
      }
    }
    return best;
  }

  #takes(instruction: Instruction, code: number): boolean {
    switch (instruction.op) {
      case 'character':
        return (
          instruction.code === code ||
          (this.#ignoreCase && foldCase(instruction.code) === foldCase(code))
        );
      case 'any':
        return true;
      case 'set':
        return inSet(instruction.set, code, this.#ignoreCase);
      default:
        return false;
    }
  }

  /** Adds a way and all it reaches without taking a character; those reached first are preferred. */
  #add(threads: Threads, start: number, captures: Captures, text: string, index: number): void {
    const pending: (readonly [number, Captures])[] = [[start, captures]];
    for (let top = pending.pop(); top !== undefined; top = pending.pop()) {
      const [pc, own] = top;
      if (threads.seen[pc] === this.#step) continue;
      threads.seen[pc] = this.#step;
      const instruction = this.#program[pc];
      if (instruction === undefined) continue;
      switch (instruction.op) {
        case 'jump':
          pending.push([instruction.to, own]);
          break;
        case 'split':
          pending.push([instruction.second, own], [instruction.first, own]);
          break;
        case 'save': {
          const saved = own.slice();
          saved[instruction.slot] = index;
          pending.push([pc + 1, saved]);
          break;
        }
        case 'assert':
          if (holds(instruction.assert, text, index)) pending.push([pc + 1, own]);
          break;
        default:
          threads.at[threads.count] = pc;
          threads.captures[threads.count] = own;
          threads.count += 1;
      }
    }
  }
}

function newThreads(size: number): Threads {
  return { count: 0, at: new Int32Array(size), captures: [], seen: new Int32Array(size) };
}

function holds(assert: AssertKind, text: string, index: number): boolean {
  if (assert === 'line-start') return index === 0;
  if (assert === 'line-end') return index === text.length;
  const before = index > 0 && isWordCode(text.charCodeAt(index - 1));
  const behind = index < text.length && isWordCode(text.charCodeAt(index));
  switch (assert) {
    case 'word-edge':
      return before !== behind;
    case 'no-word-edge':
      return before === behind;
    case 'word-start':
      return !before && behind;
    case 'word-end':
      return before && !behind;
  }
}
