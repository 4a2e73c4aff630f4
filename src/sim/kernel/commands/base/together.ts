// Two things at once in one process: nc copies in both directions.
import type { Blocking, Process, Wait, WaitQueue } from '../../types.ts';

interface Strand {
  readonly steps: Blocking<unknown>;
  wait: Wait | undefined;
  dueMs: number;
}

/** Runs all of them until all have ended, or until `isOver` says so after one has; those that are left are then ended. */
export function* runTogether(
  process: Process,
  all: readonly Blocking<unknown>[],
  isOver: () => boolean = () => false,
): Blocking<void> {
  const strands = new Set<Strand>(
    all.map((steps) => ({ steps, wait: undefined, dueMs: Infinity })),
  );
  try {
    for (;;) {
      for (const strand of strands) advance(process, strands, strand);
      if (strands.size === 0 || isOver()) return;
      yield* waitForAny(process, strands);
    }
  } finally {
    for (const { steps } of strands) steps.return(undefined);
  }
}

function advance(process: Process, strands: Set<Strand>, strand: Strand): void {
  if (strand.wait !== undefined) return;
  const step = strand.steps.next();
  if (step.done === true) {
    strands.delete(strand);
    return;
  }
  strand.wait = step.value;
  const limitMs = step.value.on === 'queues' ? (step.value.timeoutMs ?? Infinity) : step.value.ms;
  strand.dueMs = process.clock.nowMs() + limitMs;
}

function* waitForAny(process: Process, strands: ReadonlySet<Strand>): Blocking<void> {
  for (const strand of strands) {
    if (strand.wait?.on !== 'cpu') continue;
    yield strand.wait;
    strand.wait = undefined;
    return;
  }
  const queues: WaitQueue[] = [];
  let dueMs = Infinity;
  for (const { wait, dueMs: each } of strands) {
    if (wait?.on === 'queues') queues.push(...wait.queues);
    dueMs = Math.min(dueMs, each);
  }
  const limitMs = dueMs - process.clock.nowMs();
  yield queues.length === 0
    ? { on: 'sleep', ms: limitMs }
    : { on: 'queues', queues, timeoutMs: Number.isFinite(limitMs) ? limitMs : undefined };
  for (const strand of strands) {
    // Which queue woke is not told: whoever waits for one looks again.
    if (strand.wait?.on === 'queues' || strand.dueMs <= process.clock.nowMs())
      strand.wait = undefined;
  }
}
