import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

describe('Random', () => {
  it('gives the same stream for the same seed and component, and another for another', () => {
    const draw = (seed: number, component: string) => new Random(seed, component).hex(16);
    expect(draw(1, 'uids')).toBe(draw(1, 'uids'));
    expect(draw(1, 'uids')).not.toBe(draw(2, 'uids'));
    expect(draw(1, 'uids')).not.toBe(draw(1, 'names'));
  });

  it('makes UUIDs of version 4 and suffixes of the letters Kubernetes uses', () => {
    const random = new Random(7, 'test');
    for (let i = 0; i < 200; i += 1) {
      expect(random.uuid()).toMatch(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      expect(random.suffix()).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    }
  });

  it('spreads evenly enough', () => {
    const random = new Random(3, 'spread');
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 40_000; i += 1) {
      const index = random.below(4);
      counts[index] = (counts[index] ?? 0) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});
