// Seeded chance. Each component has a stream of its own, so that one more draw in one place changes nothing elsewhere.

const suffixLetters = 'bcdfghjklmnpqrstvwxz2456789';

export class Random {
  #state: number;

  /** A stream that depends on the seed and the component's name alone (mulberry32 over an FNV-1a mix of both). */
  constructor(seed: number, component: string) {
    let hash = (seed >>> 0) ^ 0x811c9dc5;
    for (let i = 0; i < component.length; i += 1) {
      hash = Math.imul(hash ^ component.charCodeAt(i), 0x01000193) >>> 0;
    }
    this.#state = hash;
  }

  /** The next number, at least 0 and below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number from 0 up to, not including, the bound. */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  /** Lower-case hexadecimal digits. */
  hex(length: number): string {
    const digits: string[] = [];
    while (digits.length < length) digits.push(this.below(16).toString(16));
    // Joined, not added up: a text grown digit by digit keeps all its pieces in memory.
    return digits.join('');
  }

  /** A UUID of version 4, as the API server gives to objects. */
  uuid(): string {
    const variant = '89ab'[this.below(4)] ?? '8';
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
  }

  /** Letters as in generated names (apimachinery/pkg/util/rand: no vowels, no look-alikes). */
  suffix(length = 5): string {
    let text = '';
    while (text.length < length) text += suffixLetters[this.below(suffixLetters.length)] ?? 'x';
    return text;
  }
}
