// Keeps what goals look at, and says when something has changed.
import { kinds } from '#sim/api/kinds.ts';
import type { Kind, KubeObject } from '#sim/api/objects.ts';
import type { Cluster } from '#sim/cluster.ts';
import { Evidence } from './evidence.ts';
import type { Observation, SeenEvent } from './goals/observation.ts';

const keptEvents = 2000;

export class Observer {
  readonly evidence: Evidence;
  readonly #cluster: Cluster;
  readonly #client;
  readonly #events = new Map<string, SeenEvent>();
  readonly #firstValues = new Map<string, string>();
  readonly #onChange: () => void;
  #isDue = false;

  /** @param onChange called once, at the end of each instant in which something changed */
  constructor(cluster: Cluster, onChange: () => void) {
    this.#cluster = cluster;
    this.#client = cluster.server.client('podlab');
    this.#onChange = onChange;
    this.evidence = new Evidence(() => this.#changed());
    this.evidence.watchWorkstation(cluster.outside.machine);
    for (const { machine, runtime } of cluster.nodes.values()) {
      this.evidence.watchNode(machine, ({ space }) => runtime.ownerOf(space));
    }
    for (const kind of kinds) {
      this.#client.watch(kind, ({ type, object }) => {
        if (kind === 'Event' && type !== 'DELETED')
          this.#keepEvent(object as unknown as KubeObject);
        this.#changed();
      });
    }
  }

  #changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#cluster.clock.after(0, () => {
      this.#isDue = false;
      this.#onChange();
    });
  }

  #keepEvent(event: KubeObject): void {
    const { involvedObject, reason, message } = event as {
      involvedObject?: { kind?: string; name?: string };
      reason?: string;
      message?: string;
    };
    const on = `${(involvedObject?.kind ?? '').toLowerCase()}/${involvedObject?.name ?? ''}`;
    this.#events.set(event.metadata?.uid ?? '', {
      atMs: this.#cluster.clock.nowMs(),
      reason: reason ?? '',
      on,
      message: message ?? '',
    });
    if (this.#events.size > keptEvents) {
      const [oldest] = this.#events.keys();
      if (oldest !== undefined) this.#events.delete(oldest);
    }
  }

  observe(predictions: ReadonlyMap<string, string>): Observation {
    return {
      nowMs: this.#cluster.clock.nowMs(),
      list: (kind) =>
        kinds.includes(kind as Kind)
          ? (this.#client.list(kind as Kind) as unknown as readonly KubeObject[])
          : [],
      events: [...this.#events.values()],
      commands: this.evidence.commands,
      programs: this.evidence.programs,
      predictions,
      firstValues: this.#firstValues,
    };
  }
}
