import { expect, test } from 'vitest';
import { Clock } from '../../runtime/clock.ts';
import { BackOff } from './back-off.ts';
import { goDuration } from './go-duration.ts';

test('delays double from the first to the longest, and start anew after twice the longest', () => {
  const clock = new Clock({ startMs: 0 });
  const backOff = new BackOff(clock, 10_000, 300_000);
  const delays: number[] = [];
  for (let turn = 0; turn < 7; turn += 1) {
    backOff.next('app', clock.nowMs());
    delays.push(backOff.delayMs('app') / 1000);
    clock.advanceTo(clock.nowMs() + backOff.delayMs('app'));
  }
  expect(delays).toEqual([10, 20, 40, 80, 160, 300, 300]);
  clock.advanceTo(clock.nowMs() + 400_000);
  backOff.next('app', clock.nowMs());
  expect(backOff.delayMs('app')).toBe(10_000);
});

test('waiting counts from the event, or from the last raise of the delay', () => {
  const clock = new Clock({ startMs: 0 });
  const backOff = new BackOff(clock, 10_000, 300_000);
  expect(backOff.isWaitingSince('app', 0)).toBe(false);
  backOff.next('app', 0);
  clock.advanceTo(5000);
  expect(backOff.isWaitingSince('app', 0)).toBe(true);
  expect(backOff.isWaitingSinceUpdate('app')).toBe(true);
  clock.advanceTo(10_000);
  expect(backOff.isWaitingSince('app', 0)).toBe(false);
  expect(backOff.isWaitingSince('app', 2000)).toBe(true);
  expect(backOff.isWaitingSinceUpdate('app')).toBe(false);
});

test('durations are printed as Go prints them', () => {
  const times = [0, 0.5, 86, 1520, 10_000, 80_000, 300_000, 3_600_000, 5_025_500];
  expect(times.map(goDuration)).toEqual([
    '0s',
    '500µs',
    '86ms',
    '1.52s',
    '10s',
    '1m20s',
    '5m0s',
    '1h0m0s',
    '1h23m45.5s',
  ]);
});
