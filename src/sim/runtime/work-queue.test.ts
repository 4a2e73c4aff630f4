import { describe, expect, it } from 'vitest';
import { Clock } from './clock.ts';
import { WorkQueue } from './work-queue.ts';

describe('WorkQueue', () => {
  it('works a key once however often it was added meanwhile', () => {
    const clock = new Clock({ startMs: 0 });
    const worked: string[] = [];
    const queue = new WorkQueue({
      clock,
      latencyMs: 20,
      reconcile: (key) => (worked.push(`${key}@${clock.nowMs()}`), 'done'),
    });
    queue.add('a');
    queue.add('a');
    queue.add('b');
    clock.advanceTo(100);
    queue.add('a');
    clock.advanceTo(200);
    expect(worked).toEqual(['a@20', 'b@20', 'a@120']);
  });

  it('keeps the earlier of two delays', () => {
    const clock = new Clock({ startMs: 0 });
    const worked: number[] = [];
    const queue = new WorkQueue({ clock, reconcile: () => (worked.push(clock.nowMs()), 'done') });
    queue.addAfter('a', 500);
    queue.addAfter('a', 100);
    queue.addAfter('a', 900);
    clock.advanceTo(2000);
    expect(worked).toEqual([100]);
  });

  it('backs off from 5 ms, doubling, until the key succeeds', () => {
    const clock = new Clock({ startMs: 0 });
    const worked: number[] = [];
    const queue = new WorkQueue({
      clock,
      reconcile: () => (worked.push(clock.nowMs()), worked.length < 5 ? 'retry' : 'done'),
    });
    queue.add('a');
    clock.advanceTo(1000);
    expect(worked).toEqual([0, 5, 15, 35, 75]);
  });
});
