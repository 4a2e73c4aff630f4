// Follows one condition over time: some depend on the past (once, never, hold), so they are looked at after every change.
import type { Condition } from '../schema.ts';
import type { Observation } from './observation.ts';
import { fitsCommand, fitsEvent, fitsObject, fitsProgram } from './tests.ts';

/** Milliseconds of a duration of `lab.yaml` such as "30s", "5m" or "1h". */
export function durationMs(text: string): number {
  const unit = { s: 1000, m: 60_000, h: 3_600_000 }[text.at(-1) ?? 's'] ?? 1000;
  return Number(text.slice(0, -1)) * unit;
}

export interface Tracker {
  /** Whether the condition is true, given what is seen now and was seen at earlier calls. */
  update(observation: Observation): boolean;
  /** When it should be looked at again even if nothing changes (a `hold` that runs out), in virtual epoch ms. */
  dueMs(): number | undefined;
}

const leaf = (test: (observation: Observation) => boolean): Tracker => ({
  update: test,
  dueMs: () => undefined,
});

function earliest(parts: readonly Tracker[]): number | undefined {
  const times = parts.map((part) => part.dueMs()).filter((time) => time !== undefined);
  return times.length > 0 ? Math.min(...times) : undefined;
}

/** Every part is updated each time, so that none misses what it has to remember. */
function joined(parts: readonly Tracker[], all: boolean): Tracker {
  return {
    update(observation) {
      const results = parts.map((part) => part.update(observation));
      return all ? results.every(Boolean) : results.some(Boolean);
    },
    dueMs: () => earliest(parts),
  };
}

function held(inner: Tracker, forMs: number): Tracker {
  let sinceMs: number | undefined;
  return {
    update(observation) {
      if (!inner.update(observation)) {
        sinceMs = undefined;
        return false;
      }
      sinceMs ??= observation.nowMs;
      return observation.nowMs - sinceMs >= forMs;
    },
    dueMs: () => (sinceMs === undefined ? inner.dueMs() : sinceMs + forMs),
  };
}

function once(inner: Tracker): Tracker {
  let wasTrue = false;
  return {
    update(observation) {
      wasTrue = inner.update(observation) || wasTrue;
      return wasTrue;
    },
    dueMs: () => (wasTrue ? undefined : inner.dueMs()),
  };
}

function never(forbidden: Tracker, since: Tracker | undefined): Tracker {
  let watching = since === undefined;
  let broken = false;
  return {
    update(observation) {
      if (since?.update(observation) === true) watching = true;
      const happened = forbidden.update(observation);
      if (watching && happened) broken = true;
      return watching && !broken;
    },
    dueMs: () => earliest(since === undefined ? [forbidden] : [forbidden, since]),
  };
}

function not(inner: Tracker): Tracker {
  return { update: (observation) => !inner.update(observation), dueMs: () => inner.dueMs() };
}

/** A tracker for a condition, with a memory of its own. */
export function track(condition: Condition): Tracker {
  if ('object' in condition) {
    const test = leaf((observation) => fitsObject(observation, condition.object));
    return condition.hold === undefined ? test : held(test, durationMs(condition.hold));
  }
  if ('event' in condition) {
    return leaf(({ events }) => events.some((event) => fitsEvent(event, condition.event)));
  }
  if ('command' in condition) {
    return leaf(({ commands }) => commands.some((seen) => fitsCommand(seen, condition.command)));
  }
  if ('program' in condition) {
    return leaf(({ programs }) => programs.some((seen) => fitsProgram(seen, condition.program)));
  }
  if ('predicted' in condition) {
    return leaf(({ predictions }) => predictions.has(condition.predicted));
  }
  if ('all' in condition) return joined(condition.all.map(track), true);
  if ('any' in condition) return joined(condition.any.map(track), false);
  if ('not' in condition) return not(track(condition.not));
  if ('once' in condition) return once(track(condition.once));
  const since = condition.since === undefined ? undefined : track(condition.since);
  return never(track(condition.never), since);
}
