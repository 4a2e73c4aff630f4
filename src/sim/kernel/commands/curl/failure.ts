// How transfers of curl fail.
import type { Clock } from '../../../runtime/clock.ts';
import type { Blocking } from '../../types.ts';
import { timedOut, withDeadline } from '../base/deadline.ts';

/** `curl: (7) message`; the code is the exit code, too. */
export class CurlError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Progress {
  downloadBytes: number;
  /** What Content-Length promised. */
  expectedBytes: number | undefined;
}

/** Runs a step up to a time and throws what `late` makes when it has not ended by then. */
export function* withLimit<T>(
  clock: Clock,
  deadlineMs: number | undefined,
  step: Blocking<T>,
  late: () => CurlError,
): Blocking<T> {
  const outcome = yield* withDeadline(clock, deadlineMs, step);
  if (outcome === timedOut) throw late();
  return outcome;
}
