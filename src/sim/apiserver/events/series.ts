// Events of the newer API, events.k8s.io (scheduler, kube-proxy): repeats become a series that is written when it
// begins, every half hour, and when it ends (client-go/tools/events/event_broadcaster.go).
import type { Clock } from '../../runtime/clock.ts';
import type { CompactEvent } from './compact-event.ts';
import type { EventLog, NewEvent } from './event-log.ts';

const finishMs = 360_000;
const refreshMs = 1_800_000;

interface Known {
  event: CompactEvent;
  count: number;
  writtenCount: number;
  writtenMs: number;
  lastMs: number;
}

export class EventSeriesCache {
  readonly #clock: Clock;
  readonly #log: EventLog;
  readonly #known = new Map<string, Known>();
  #isSweepDue = false;

  constructor(clock: Clock, log: EventLog) {
    this.#clock = clock;
    this.#log = log;
  }

  /** Records one more Event; the same object, reason and action (whatever the message) make a series. */
  record(event: NewEvent, message: string): void {
    const nowMs = this.#clock.nowMs();
    const key = `${event.regarding.uid ?? ''}|${event.type}|${event.reason}|${event.action ?? ''}`;
    const known = this.#known.get(key);
    if (known === undefined) {
      const first = { kind: 'series', count: 1, firstMs: nowMs, lastMs: nowMs } as const;
      const created = this.#log.create(event, message, first);
      if (created === undefined) return;
      this.#known.set(key, {
        event: created,
        count: 1,
        writtenCount: 1,
        writtenMs: nowMs,
        lastMs: nowMs,
      });
    } else {
      known.count += 1;
      known.lastMs = nowMs;
      if (known.count === 2) this.#write(known);
    }
    this.#awaitSweep();
  }

  #write(known: Known): void {
    const { firstMs } = known.event.occurrences;
    const occurrences = {
      kind: 'series',
      count: known.count,
      firstMs,
      lastMs: known.lastMs,
    } as const;
    known.writtenCount = known.count;
    known.writtenMs = this.#clock.nowMs();
    known.event = this.#log.update(known.event, known.event.message, occurrences) ?? known.event;
  }

  #awaitSweep(): void {
    if (this.#isSweepDue || this.#known.size === 0) return;
    this.#isSweepDue = true;
    this.#clock.after(finishMs, () => this.#sweep());
  }

  #sweep(): void {
    this.#isSweepDue = false;
    const nowMs = this.#clock.nowMs();
    for (const [key, known] of this.#known) {
      const isOver = nowMs - known.lastMs >= finishMs;
      const isStale = nowMs - known.writtenMs >= refreshMs;
      if ((isOver || isStale) && known.count > known.writtenCount) this.#write(known);
      if (isOver) this.#known.delete(key);
    }
    this.#awaitSweep();
  }
}
