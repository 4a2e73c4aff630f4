import { expect, test } from 'vitest';
import { Clock } from '../../runtime/clock.ts';
import { all, answer, before, run, type Task } from './task.ts';
import { sleep, Ticker } from './ticker.ts';

test('a task goes on when what it waits for has come, and hands over its value', () => {
  const clock = new Clock({ startMs: 0 });
  const told: string[] = [];
  function* work(): Task<string> {
    yield* sleep(clock, 10);
    told.push(`slept until ${clock.nowMs()}`);
    return 'done';
  }
  run(work(), (value) => told.push(value));
  clock.advanceTo(9);
  expect(told).toEqual([]);
  clock.advanceTo(10);
  expect(told).toEqual(['slept until 10', 'done']);
});

test('an answer that comes at once does not wait', () => {
  const told: number[] = [];
  run(
    answer<number>((done) => {
      done(7);
      return () => undefined;
    }),
    (value) => told.push(value),
  );
  expect(told).toEqual([7]);
});

test('a cancelled task runs its finally blocks, and no timer of it is left', () => {
  const clock = new Clock({ startMs: 0 });
  const told: string[] = [];
  function* work(): Task<void> {
    try {
      yield* sleep(clock, 10);
      told.push('went on');
    } finally {
      told.push('cleaned up');
    }
  }
  run(work()).cancel();
  clock.advanceTo(20);
  expect(told).toEqual(['cleaned up']);
});

test('tasks side by side are over when the last one is', () => {
  const clock = new Clock({ startMs: 0 });
  let overMs = -1;
  run(all([sleep(clock, 5), sleep(clock, 15), sleep(clock, 10)]), () => {
    overMs = clock.nowMs();
  });
  clock.advanceTo(100);
  expect(overMs).toBe(15);
});

test('of a task and a limit the faster one counts and the other is ended', () => {
  const clock = new Clock({ startMs: 0 });
  function* after(ms: number): Task<number> {
    yield* sleep(clock, ms);
    return ms;
  }
  const told: unknown[] = [];
  run(before(after(5), sleep(clock, 10)), (value) => told.push(value));
  run(before(after(20), sleep(clock, 10)), (value) => told.push(value));
  clock.advanceTo(10);
  expect(told).toEqual([5, undefined]);
  expect(clock.nextMs()).toBe(undefined);
});

test('a ticker knows its next turn without a timer for every turn', () => {
  const ticker = new Ticker(1000, 350);
  expect([0, 349, 350, 351, 1350].map((ms) => ticker.after(ms))).toEqual([
    350, 350, 1350, 1350, 2350,
  ]);
  expect([350, 351].map((ms) => ticker.from(ms))).toEqual([350, 1350]);
});
