import { describe, expect, it } from 'vitest';
import { Clock } from '../../runtime/clock.ts';
import type { Blocking, Process, Wait } from '../../kernel/types.ts';
import { Queue } from '../../kernel/wait-queue.ts';
import { EventLoop } from './multiplex.ts';

/** Drives a generator as the kernel would: sleeps take virtual time, queues wake it. */
function drive(clock: Clock, steps: Blocking<void>): void {
  const go = (): void => {
    const step = steps.next();
    if (step.done !== true) sleep(step.value);
  };
  const sleep = (wait: Wait): void => {
    if (wait.on !== 'queues') return void clock.after(wait.ms, go);
    let isOver = false;
    const waiter = {
      wake: () => {
        if (isOver) return;
        isOver = true;
        for (const queue of wait.queues) queue.remove(waiter);
        clock.after(0, go);
      },
    };
    for (const queue of wait.queues) queue.add(waiter);
    if (wait.timeoutMs !== undefined) clock.after(wait.timeoutMs, waiter.wake);
  };
  go();
}

describe('an event loop', () => {
  it('interleaves activities that sleep, wait for one another, and start others', () => {
    const clock = new Clock({ startMs: 0 });
    const process = { clock, takeSignal: () => undefined } as unknown as Process;
    const loop = new EventLoop(process);
    const bell = new Queue();
    const log: string[] = [];
    const say = (text: string) => log.push(`${clock.nowMs()} ${text}`);
    loop.add(
      (function* () {
        yield { on: 'queues', queues: [bell] };
        say('heard the bell');
        yield { on: 'queues', queues: [bell], timeoutMs: 50 };
        say('waited in vain');
      })(),
    );
    loop.add(
      (function* () {
        yield { on: 'sleep', ms: 10 };
        say('rings');
        bell.wake();
        yield { on: 'cpu', ms: 5 };
        say('done computing');
        loop.add(
          (function* () {
            yield { on: 'sleep', ms: 100 };
            say('child done');
          })(),
        );
      })(),
    );
    drive(
      clock,
      (function* () {
        yield* loop.run();
        say('over');
      })(),
    );
    clock.advanceTo(1000);
    expect(log).toEqual([
      '10 rings',
      '10 heard the bell',
      '15 done computing',
      '60 waited in vain',
      '115 child done',
      '115 over',
    ]);
  });
});
