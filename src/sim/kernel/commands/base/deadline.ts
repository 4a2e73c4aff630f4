// Ends a step that may wait when its time is over: what curl's --max-time and timeout(1) need.
import type { Clock } from '../../../runtime/clock.ts';
import type { Blocking, Wait } from '../../types.ts';

/** What a step yields when its deadline came first. */
export const timedOut: unique symbol = Symbol('timed out');

/**
 * Runs a step until it is done or the virtual time reaches the deadline. The step is then ended by `return()`, so its
 * `finally` blocks run. Undefined as the deadline means no limit.
 */
export function* withDeadline<T>(
  clock: Clock,
  deadlineMs: number | undefined,
  step: Blocking<T>,
): Blocking<T | typeof timedOut> {
  if (deadlineMs === undefined) return yield* step;
  let finished = false;
  try {
    let result = step.next();
    while (result.done !== true) {
      const remainingMs = deadlineMs - clock.nowMs();
      if (remainingMs <= 0) return timedOut;
      const limited = limitWait(result.value, remainingMs);
      yield limited;
      if (limited !== result.value && clock.nowMs() >= deadlineMs) return timedOut;
      result = step.next();
    }
    finished = true;
    return result.value;
  } finally {
    if (!finished) step.return(undefined as never);
  }
}

/** The wait cut to the remaining time; the same object where it needs no cut. */
function limitWait(wait: Wait, remainingMs: number): Wait {
  if (wait.on === 'sleep' && wait.ms > remainingMs) return { on: 'sleep', ms: remainingMs };
  if (wait.on === 'queues' && (wait.timeoutMs ?? Infinity) > remainingMs) {
    return { ...wait, timeoutMs: remainingMs };
  }
  return wait;
}
