import { describe, expect, it } from 'vitest';
import { formatGoDuration, humanDuration, parseGoDuration } from './duration.ts';

const s = 1000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;

describe('durations', () => {
  it.each([
    [-2 * s, '<invalid>'],
    [-1 * s, '0s'],
    [0, '0s'],
    [119 * s, '119s'],
    [2 * m, '2m'],
    [9 * m + 59 * s, '9m59s'],
    [10 * m + 5 * s, '10m'],
    [179 * m, '179m'],
    [3 * h, '3h'],
    [7 * h + 59 * m, '7h59m'],
    [47 * h, '47h'],
    [2 * d, '2d'],
    [7 * d + 23 * h, '7d23h'],
    [729 * d, '729d'],
    [730 * d, '2y'],
    [8 * 365 * d, '8y'],
  ])('%d ms are %s old', (ms, text) => {
    expect(humanDuration(ms)).toBe(text);
  });

  it.each([
    ['30s', 30_000],
    ['1h5m', 3_900_000],
    ['1.5s', 1500],
    ['-2m', -120_000],
    ['0', 0],
    ['5', undefined],
    ['5x', undefined],
    ['', undefined],
  ])('reads %j as %s ms', (text, ms) => {
    expect(parseGoDuration(text)).toBe(ms);
  });

  it.each([
    [0, '0s'],
    [1500, '1.5s'],
    [120_000, '2m0s'],
    [3_600_000, '1h0m0s'],
    [250, '250ms'],
    [1.5, '1.5ms'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatGoDuration(ms)).toBe(text);
  });
});
