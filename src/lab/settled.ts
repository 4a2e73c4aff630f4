// When the clock may stand still: the learner's last command has returned, and nothing is about to happen.
import { kinds } from '#sim/api/kinds.ts';
import type { Cluster } from '#sim/cluster.ts';

/** A thing that is due within this time is waited for. */
const horizonMs = 5000;
/** The cluster counts as quiet when nothing has changed for so long: kubelets look once a second. */
const quietMs = 2500;

/** Work that has begun is waited for, however long it takes: nobody wants to look at half a pull. */
const isUnderWay = (label: string): boolean => label.startsWith('pull of ');

/** Kinds that change without anything happening. */
const housekeeping = new Set(['Lease', 'Event']);

export class Quiet {
  readonly #cluster: Cluster;
  #lastChangeMs: number;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#lastChangeMs = cluster.clock.nowMs();
    const client = cluster.server.client('podlab');
    for (const kind of kinds) {
      if (housekeeping.has(kind)) continue;
      client.watch(kind, ({ object, old }) => {
        if (kind === 'Node' && old !== undefined && sameNode(object, old)) return;
        this.#lastChangeMs = cluster.clock.nowMs();
      });
    }
  }

  /** Something was done from outside. */
  touch(): void {
    this.#lastChangeMs = this.#cluster.clock.nowMs();
  }

  /** Whether nothing has changed for a while and nothing is announced for soon. */
  isQuiet(): boolean {
    const nowMs = this.#cluster.clock.nowMs();
    const announced = this.#cluster.clock.labelled();
    // What comes after such work counts as its consequence.
    if (announced.some(({ label = '' }) => isUnderWay(label))) this.#lastChangeMs = nowMs;
    if (nowMs - this.#lastChangeMs < quietMs) return false;
    return !announced.some(({ atMs }) => atMs - nowMs <= horizonMs);
  }
}

/** Whether only the heartbeat of a node is new. */
function sameNode(now: object, before: object): boolean {
  const facts = (node: object) => {
    const { spec, status } = node as {
      spec?: unknown;
      status?: { conditions?: readonly { type: string; status: string }[] };
    };
    return JSON.stringify([spec, status?.conditions?.map(({ type, status: is }) => [type, is])]);
  };
  return facts(now) === facts(before);
}
