// The address and port ranges of Services, and which of them are taken.
import type { Random } from '../../runtime/random.ts';

/** A range of numbers from which some are taken, a lower band being left to those who ask for a certain one. */
export class NumberPool {
  readonly #first: number;
  readonly #last: number;
  readonly #firstDynamic: number;
  readonly #random: Random;
  readonly #taken = new Set<number>();

  constructor(range: { first: number; last: number; staticBand: number }, random: Random) {
    this.#first = range.first;
    this.#last = range.last;
    this.#firstDynamic = range.first + range.staticBand;
    this.#random = random;
  }

  includes(value: number): boolean {
    return value >= this.#first && value <= this.#last;
  }

  isTaken(value: number): boolean {
    return this.#taken.has(value);
  }

  take(value: number): void {
    this.#taken.add(value);
  }

  release(value: number): void {
    this.#taken.delete(value);
  }

  /** A free number above the static band, else one inside it, that is not among those set aside; undefined when full. */
  pick(setAside: ReadonlySet<number>): number | undefined {
    return (
      this.#pickIn(this.#firstDynamic, this.#last, setAside) ??
      this.#pickIn(this.#first, this.#firstDynamic - 1, setAside)
    );
  }

  #pickIn(first: number, last: number, setAside: ReadonlySet<number>): number | undefined {
    const size = last - first + 1;
    const start = this.#random.below(size);
    for (let step = 0; step < size; step += 1) {
      const value = first + ((start + step) % size);
      if (!this.#taken.has(value) && !setAside.has(value)) return value;
    }
    return undefined;
  }
}

/** `10.96.0.1` as a number, or undefined when it is not an IPv4 address. */
export function parseIpv4(text: string): number | undefined {
  const found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (found === null) return undefined;
  let value = 0;
  for (const part of found.slice(1)) {
    if (Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

export function formatIpv4(value: number): string {
  const byte = (power: number): number => Math.floor(value / 256 ** power) % 256;
  return `${byte(3)}.${byte(2)}.${byte(1)}.${byte(0)}`;
}
