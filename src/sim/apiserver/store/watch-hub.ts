// Carries changes from the store to those who watch: after the write, in order, once each.
import type { Kind } from '../../api/objects.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { StoreIndex } from '../types.ts';
import type { Change } from './entry.ts';
import { indexKey } from './entry.ts';

interface Watcher {
  /** Changes up to this revision are known to the watcher. */
  seen: number;
  stopped: boolean;
  readonly deliver: (change: Change) => void;
}

interface KindWatch {
  readonly all: Set<Watcher>;
  readonly keyed: Map<StoreIndex, Map<string, Set<Watcher>>>;
  /** Latest changes, oldest first. */
  readonly history: Change[];
  /** The revision of the newest change that fell out of the history. */
  forgotten: number;
}

const historyLength = 1000;

export class WatchHub {
  readonly #clock: Clock;
  readonly #kinds = new Map<Kind, KindWatch>();
  #pending: Change[] = [];
  #latest = 0;
  #due = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a change; its watchers hear of it at +0. */
  publish(change: Change): void {
    this.#latest = change.revision;
    const watch = this.#kind(change.kind);
    watch.history.push(change);
    if (watch.history.length >= historyLength * 2) {
      watch.forgotten = watch.history[historyLength - 1]?.revision ?? 0;
      watch.history.splice(0, historyLength);
    }
    if (watch.all.size === 0 && watch.keyed.size === 0) return;
    this.#pending.push(change);
    if (this.#due) return;
    this.#due = true;
    this.#clock.after(0, () => this.#flush());
  }

  /** All later changes of a kind. Returns the function that ends the watch. */
  watch(kind: Kind, deliver: (change: Change) => void, from = this.#latest): () => void {
    const watcher: Watcher = { seen: from, stopped: false, deliver };
    const { all } = this.#kind(kind);
    all.add(watcher);
    return () => {
      watcher.stopped = true;
      all.delete(watcher);
    };
  }

  /** All later changes of objects that have, or had before the change, this key in the index. */
  watchBy(
    kind: Kind,
    by: { readonly index: StoreIndex; readonly key: string },
    deliver: (change: Change) => void,
  ): () => void {
    const watcher: Watcher = { seen: this.#latest, stopped: false, deliver };
    const { keyed } = this.#kind(kind);
    let keys = keyed.get(by.index);
    if (keys === undefined) keyed.set(by.index, (keys = new Map<string, Set<Watcher>>()));
    let watchers = keys.get(by.key);
    if (watchers === undefined) keys.set(by.key, (watchers = new Set<Watcher>()));
    watchers.add(watcher);
    return () => {
      watcher.stopped = true;
      watchers.delete(watcher);
      if (watchers.size === 0) keys.delete(by.key);
      if (keys.size === 0) keyed.delete(by.index);
    };
  }

  /**
   * The changes of a kind after a revision, or 'expired' when the history no longer reaches that far back
   * (the API server's watch cache answers 410 then).
   */
  since(kind: Kind, revision: number): readonly Change[] | 'expired' {
    const { history, forgotten } = this.#kind(kind);
    if (revision < forgotten) return 'expired';
    return history.filter((change) => change.revision > revision);
  }

  /** The oldest revision from which a watch of the kind can still start. */
  oldest(kind: Kind): number {
    return this.#kind(kind).forgotten + 1;
  }

  #kind(kind: Kind): KindWatch {
    let watch = this.#kinds.get(kind);
    if (watch === undefined) {
      watch = { all: new Set(), keyed: new Map(), history: [], forgotten: 0 };
      this.#kinds.set(kind, watch);
    }
    return watch;
  }

  #flush(): void {
    const changes = this.#pending;
    this.#pending = [];
    this.#due = false;
    for (const change of changes) {
      const watch = this.#kind(change.kind);
      for (const watcher of watch.all) deliverTo(watcher, change);
      for (const [index, keys] of watch.keyed) {
        const key = indexKey(index, change.kind, change.object);
        const oldKey = change.old && indexKey(index, change.kind, change.old);
        if (key !== undefined) for (const w of keys.get(key) ?? []) deliverTo(w, change);
        if (oldKey === undefined || oldKey === key) continue;
        for (const w of keys.get(oldKey) ?? []) deliverTo(w, change);
      }
    }
  }
}

function deliverTo(watcher: Watcher, change: Change): void {
  if (watcher.stopped || change.revision <= watcher.seen) return;
  watcher.seen = change.revision;
  watcher.deliver(change);
}
