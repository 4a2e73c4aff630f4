// Counts, combines and drops Events as client-go does before they reach the API server
// (client-go/tools/record/events_cache.go: EventLogger, EventAggregator, EventSourceObjectSpamFilter).
import type { CompactEvent } from './compact-event.ts';

/** Objects whose Events are remembered, per recorder (maxLruCacheEntries). */
const maxObjects = 4096;
/** Distinct messages of one reason before they are combined, within an interval. */
const maxSimilar = 10;
const similarWithinMs = 600_000;
const spamBurst = 25;
const spamRefillMs = 300_000;
const combinedPrefix = '(combined from similar events): ';

export interface Observation {
  readonly type: string;
  readonly reason: string;
  readonly fieldPath: string;
  readonly message: string;
}

/** One Event as it was last written. */
interface LogEntry extends Observation {
  readonly isCombined: boolean;
  count: number;
  firstMs: number;
  event: CompactEvent | undefined;
}

interface Similar {
  readonly type: string;
  readonly reason: string;
  messages: Set<string>;
  lastMs: number;
}

interface ObjectEvents {
  readonly log: LogEntry[];
  readonly similar: Similar[];
  /**
   * By type and reason: the recorded kubelet went on telling of starts of a container when its BackOff Events were
   * already dropped, and of pulls beside 25 failures.
   */
  readonly buckets: Map<string, Bucket>;
}

interface Bucket {
  tokens: number;
  refilledMs: number;
}

/** What to write: a new Event, or the one written before with its count raised. */
export interface Verdict {
  readonly entry: LogEntry;
  readonly message: string;
}

export class EventCorrelator {
  readonly #objects = new Map<string, ObjectEvents>();

  /**
   * Takes one more Event about an object.
   * @returns what to write, or undefined when the spam filter drops it.
   */
  observe(objectKey: string, seen: Observation, nowMs: number): Verdict | undefined {
    const object = this.#object(objectKey);
    const isCombined = countSimilar(object, seen, nowMs) >= maxSimilar;
    const message = isCombined ? combinedPrefix + seen.message : seen.message;
    let entry = object.log.find((logged) =>
      isCombined
        ? logged.isCombined && logged.type === seen.type && logged.reason === seen.reason
        : !logged.isCombined &&
          logged.type === seen.type &&
          logged.reason === seen.reason &&
          logged.message === seen.message &&
          logged.fieldPath === seen.fieldPath,
    );
    if (entry === undefined) {
      entry = { ...seen, isCombined, count: 0, firstMs: nowMs, event: undefined };
      object.log.push(entry);
    }
    entry.count += 1;
    return takeToken(bucketOf(object, seen, nowMs), nowMs) ? { entry, message } : undefined;
  }

  #object(key: string): ObjectEvents {
    let object = this.#objects.get(key);
    if (object === undefined) {
      object = { log: [], similar: [], buckets: new Map() };
      if (this.#objects.size >= maxObjects) {
        const [oldest] = this.#objects.keys();
        if (oldest !== undefined) this.#objects.delete(oldest);
      }
    } else this.#objects.delete(key);
    this.#objects.set(key, object);
    return object;
  }
}

/** How many distinct messages of this type and reason there were lately, this one included. */
function countSimilar(object: ObjectEvents, seen: Observation, nowMs: number): number {
  const { type, reason } = seen;
  let record = object.similar.find((known) => known.type === type && known.reason === reason);
  if (record === undefined) {
    record = { type, reason, messages: new Set(), lastMs: nowMs };
    object.similar.push(record);
  }
  if (nowMs - record.lastMs > similarWithinMs) record.messages = new Set();
  record.messages.add(seen.message);
  record.lastMs = nowMs;
  const count = record.messages.size;
  if (count >= maxSimilar) {
    const [oldest] = record.messages;
    if (oldest !== undefined) record.messages.delete(oldest);
  }
  return count;
}

function bucketOf(object: ObjectEvents, { type, reason }: Observation, nowMs: number): Bucket {
  const key = `${type}/${reason}`;
  const bucket = object.buckets.get(key) ?? { tokens: spamBurst, refilledMs: nowMs };
  object.buckets.set(key, bucket);
  return bucket;
}

/** A bucket of 25 that gains one token in 5 minutes. */
function takeToken(bucket: Bucket, nowMs: number): boolean {
  const gained = (nowMs - bucket.refilledMs) / spamRefillMs;
  bucket.tokens = Math.min(spamBurst, bucket.tokens + gained);
  bucket.refilledMs = nowMs;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}
