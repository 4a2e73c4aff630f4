// Lists that are read in chunks stay what they were when they began; etcd keeps old revisions for five minutes.
import type { Clock } from '../../runtime/clock.ts';
import type { Resource } from '../../api/kinds.ts';
import { groupResource } from '../../api/kinds.ts';

import type { AnyStored } from '../store/entry.ts';

const keptMs = 300_000;
const maxSnapshots = 16;

interface Snapshot {
  readonly objects: readonly AnyStored[];
  readonly untilMs: number;
}

export class ListSnapshots {
  readonly #clock: Clock;
  readonly #snapshots = new Map<string, Snapshot>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Remembers a list as it is at this revision. */
  keep(
    info: Resource,
    namespace: string | undefined,
    revision: number,
    objects: readonly AnyStored[],
  ): void {
    const key = keyOf(info, namespace, revision);
    if (this.#snapshots.has(key)) return;
    if (this.#snapshots.size >= maxSnapshots) {
      const [oldest] = this.#snapshots.keys();
      if (oldest !== undefined) this.#snapshots.delete(oldest);
    }
    this.#snapshots.set(key, { objects, untilMs: this.#clock.nowMs() + keptMs });
  }

  /** The list as it was, or undefined when that is too long ago. */
  get(
    info: Resource,
    namespace: string | undefined,
    revision: number,
  ): readonly AnyStored[] | undefined {
    const snapshot = this.#snapshots.get(keyOf(info, namespace, revision));
    if (snapshot === undefined || snapshot.untilMs < this.#clock.nowMs()) return undefined;
    return snapshot.objects;
  }
}

function keyOf(info: Resource, namespace: string | undefined, revision: number): string {
  return `${groupResource(info)} ${namespace ?? '*'} ${revision}`;
}
