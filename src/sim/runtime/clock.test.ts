import { describe, expect, it } from 'vitest';
import { Clock, RunawayError } from './clock.ts';

describe('Clock', () => {
  it('runs callbacks by time, and those of one time in the order they were asked for', () => {
    const clock = new Clock({ startMs: 1000 });
    const ran: string[] = [];
    for (const [delay, name] of [
      [30, 'c'],
      [10, 'a'],
      [10, 'b'],
      [0, 'now'],
      [40, 'd'],
    ] as const) {
      clock.after(delay, () => ran.push(`${name}@${clock.nowMs()}`));
    }
    expect(clock.advanceTo(1030)).toBe(4);
    expect(ran).toEqual(['now@1000', 'a@1010', 'b@1010', 'c@1030']);
    expect(clock.nextMs()).toBe(1040);
  });

  it('keeps the order for a thousand callbacks in any order of asking', () => {
    const clock = new Clock({ startMs: 0 });
    const ran: number[] = [];
    for (let i = 0; i < 1000; i += 1) {
      const at = (i * 7919) % 1000;
      clock.at(at, () => ran.push(at));
    }
    clock.advanceTo(1000);
    expect(ran).toEqual([...Array(1000).keys()]);
  });

  it('runs at +0 what is asked for with no delay, after all that is already due', () => {
    const clock = new Clock({ startMs: 0 });
    const ran: string[] = [];
    clock.after(5, () => {
      ran.push('first');
      clock.after(0, () => ran.push('third'));
    });
    clock.after(5, () => ran.push('second'));
    clock.advanceTo(5);
    expect(ran).toEqual(['first', 'second', 'third']);
  });

  it('leaves out what was cancelled', () => {
    const clock = new Clock({ startMs: 0 });
    const timer = clock.after(5, () => expect.unreachable(), 'restart of web');
    expect(clock.labelled().map(({ label }) => label)).toEqual(['restart of web']);
    timer.cancel();
    expect(clock.labelled()).toEqual([]);
    expect(clock.nextMs()).toBeUndefined();
    expect(clock.advanceTo(10)).toBe(0);
  });

  it('gives the same in one step as in many', () => {
    const run = (stepMs: number): string[] => {
      const clock = new Clock({ startMs: 0 });
      const ran: string[] = [];
      const again = (everyMs: number) =>
        clock.after(everyMs, () => {
          ran.push(`${everyMs}@${clock.nowMs()}`);
          again(everyMs);
        });
      again(3);
      again(7);
      for (let t = stepMs; t <= 84; t += stepMs) clock.advanceTo(t);
      return ran;
    };
    expect(run(84)).toEqual(run(1));
  });

  it('calls an endless loop at one instant a bug', () => {
    const clock = new Clock({ startMs: 0, maxPerInstant: 100 });
    const again = (): void => void clock.after(0, again);
    again();
    expect(() => clock.advanceTo(1)).toThrow(RunawayError);
  });
});
