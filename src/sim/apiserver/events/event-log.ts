// Writes Events into the store as compact records, and forgets them an hour after they were last written.
import type { ObjectReference } from '../../api/generated/types.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Random } from '../../runtime/random.ts';
import type { Store } from '../store/store.ts';
import type { EventIdentity, Occurrences } from './compact-event.ts';
import { CompactEvent } from './compact-event.ts';

/** The API server's --event-ttl. */
const timeToLiveMs = 3_600_000;
/** Objects with a time to live share etcd leases, and go up to a minute later than they could (lease_manager.go). */
const expiryBatchMs = 60_000;

interface Expiry {
  readonly namespace: string;
  readonly name: string;
  readonly revision: number;
  readonly atMs: number;
}

export type NewEvent = Omit<EventIdentity, 'namespace' | 'name' | 'uidSeed' | 'createdMs'>;

export class EventLog {
  readonly #clock: Clock;
  readonly #store: Store;
  readonly #random: Random;
  /** In the order in which they end; entries of rewritten Events are passed over. */
  #expiries: Expiry[] = [];
  #firstExpiry = 0;
  #expiryDue = false;

  constructor({ clock, store, random }: { clock: Clock; store: Store; random: Random }) {
    this.#clock = clock;
    this.#store = store;
    this.#random = random;
  }

  /** Stores a new Event; undefined when its namespace takes no new content. */
  create(event: NewEvent, message: string, occurrences: Occurrences): CompactEvent | undefined {
    const namespace = event.regarding.namespace ?? 'default';
    if (!this.#accepts(namespace)) return undefined;
    const identity: EventIdentity = {
      ...event,
      namespace,
      name: this.#freeName(namespace, event.regarding),
      uidSeed: this.#random.below(0x7fffffff),
      createdMs: this.#clock.nowMs(),
    };
    return this.#put(identity, message, occurrences);
  }

  /** Writes an Event once more with new counts; it is made again when it has expired since. */
  update(event: CompactEvent, message: string, occurrences: Occurrences): CompactEvent | undefined {
    const { identity } = event;
    if (!this.#accepts(identity.namespace)) return undefined;
    const isThere = this.#store.entry('Event', identity.namespace, identity.name) !== undefined;
    const createdMs = isThere ? identity.createdMs : this.#clock.nowMs();
    return this.#put({ ...identity, createdMs }, message, occurrences);
  }

  /** Ends a stored Event of any origin after its time to live. */
  expireLater(namespace: string, name: string, revision: number): void {
    const atMs = this.#clock.nowMs() + timeToLiveMs;
    this.#expiries.push({ namespace, name, revision, atMs });
    this.#awaitExpiry();
  }

  #put(identity: EventIdentity, message: string, occurrences: Occurrences): CompactEvent {
    const revision = this.#store.nextRevision();
    const event = new CompactEvent(identity, message, occurrences, revision);
    this.#store.putEntry('Event', identity.namespace, identity.name, event, revision);
    this.expireLater(identity.namespace, identity.name, revision);
    return event;
  }

  #accepts(namespace: string): boolean {
    const found = this.#store.get('Namespace', '', namespace);
    return found !== undefined && found.metadata.deletionTimestamp === undefined;
  }

  /** `<object>.<nanoseconds since the epoch in hex>` (client-go/tools/record/util). */
  #freeName(namespace: string, regarding: ObjectReference): string {
    for (;;) {
      const nanoseconds =
        BigInt(Math.floor(this.#clock.nowMs())) * 1_000_000n +
        BigInt(this.#random.below(1_000_000));
      const name = `${regarding.name ?? ''}.${nanoseconds.toString(16)}`;
      if (this.#store.entry('Event', namespace, name) === undefined) return name;
    }
  }

  #awaitExpiry(): void {
    const first = this.#expiries[this.#firstExpiry];
    if (this.#expiryDue || first === undefined) return;
    this.#expiryDue = true;
    const atMs = Math.ceil(first.atMs / expiryBatchMs) * expiryBatchMs;
    this.#clock.at(atMs, () => this.#expire());
  }

  #expire(): void {
    this.#expiryDue = false;
    const nowMs = this.#clock.nowMs();
    for (;;) {
      const expiry = this.#expiries[this.#firstExpiry];
      if (expiry === undefined || expiry.atMs > nowMs) break;
      this.#firstExpiry += 1;
      if (this.#revisionOf(expiry) === expiry.revision) {
        this.#store.remove('Event', expiry.namespace, expiry.name);
      }
    }
    if (this.#firstExpiry > 1000) {
      this.#expiries = this.#expiries.slice(this.#firstExpiry);
      this.#firstExpiry = 0;
    }
    this.#awaitExpiry();
  }

  #revisionOf({ namespace, name }: Expiry): number | undefined {
    const entry = this.#store.entry('Event', namespace, name);
    if (entry === undefined) return undefined;
    return entry instanceof CompactEvent
      ? entry.revision
      : Number(this.#store.get('Event', namespace, name)?.metadata.resourceVersion);
  }
}
