import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilTime, formatMicroTime, formatTime, parseTime } from './time.ts';

describe('times', () => {
  it('are written as the host would write them, on any day of four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2e12, max: 1.2e13 }), (ms) => {
        const iso = new Date(ms).toISOString();
        expect(formatTime(ms)).toBe(`${iso.slice(0, 19)}Z`);
        expect(formatMicroTime(ms)).toBe(`${iso.slice(0, 23)}000Z`);
        expect(parseTime(iso)).toBe(ms);
        expect(civilTime(ms).weekday).toBe(new Date(ms).getUTCDay());
      }),
    );
  });

  it('are read with offsets and fractions, and refused when they are none', () => {
    expect(parseTime('2026-11-24T10:00:00+02:00')).toBe(Date.UTC(2026, 10, 24, 8));
    expect(parseTime('2026-11-24T10:00:00.123456Z')).toBe(Date.UTC(2026, 10, 24, 10, 0, 0, 123));
    expect(parseTime('yesterday')).toBeUndefined();
    expect(parseTime('2026-11-24')).toBeUndefined();
  });
});
