// The objects of the cluster, as etcd and the API server's watch cache hold them: one revision counter, indexes,
// a short history per kind, and watch events that the clock delivers after the write.
import type { Kind } from '../../api/objects.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { StoreIndex } from '../types.ts';
import type { AnyStored, StoreEntry } from './entry.ts';
import { CompactObject, expand, indexKey } from './entry.ts';
import { WatchHub } from './watch-hub.ts';

export interface StoreOptions {
  readonly clock: Clock;
  /** The revision before the first write. */
  readonly firstRevision?: number;
}

const indexes: readonly StoreIndex[] = ['byNode', 'byOwner'];

type IndexMap = Map<string, Map<string, AnyStored>>;

interface KindTable {
  readonly namespaces: Map<string, Map<string, StoreEntry>>;
  readonly index: Readonly<Record<StoreIndex, IndexMap>>;
  count: number;
}

export class Store {
  readonly hub: WatchHub;
  #revision: number;
  readonly #tables = new Map<Kind, KindTable>();

  constructor({ clock, firstRevision = 200 }: StoreOptions) {
    this.#revision = firstRevision;
    this.hub = new WatchHub(clock);
  }

  /** The revision of the latest write: the resourceVersion of lists. */
  get revision(): number {
    return this.#revision;
  }

  get(kind: Kind, namespace: string, name: string): AnyStored | undefined {
    const entry = this.entry(kind, namespace, name);
    return entry === undefined ? undefined : expand(entry);
  }

  /** As `get`, without writing a compact entry out. */
  entry(kind: Kind, namespace: string, name: string): StoreEntry | undefined {
    return this.#tables.get(kind)?.namespaces.get(namespace)?.get(name);
  }

  count(kind: Kind): number {
    return this.#tables.get(kind)?.count ?? 0;
  }

  /** All objects of a kind, or those of one namespace, in the order of their creation within a namespace. */
  list(kind: Kind, namespace?: string): AnyStored[] {
    const table = this.#tables.get(kind);
    if (table === undefined) return [];
    const found: AnyStored[] = [];
    const maps =
      namespace === undefined ? table.namespaces.values() : [table.namespaces.get(namespace)];
    for (const map of maps) {
      if (map === undefined) continue;
      for (const entry of map.values()) found.push(expand(entry));
    }
    return found;
  }

  /** As `list`, in the order of etcd's keys (`namespace/name`, by bytes). */
  listSorted(kind: Kind, namespace?: string): AnyStored[] {
    const keyed = this.list(kind, namespace).map((object) => ({
      object,
      key: `${object.metadata.namespace ?? ''}/${object.metadata.name}`,
    }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    return keyed.map(({ object }) => object);
  }

  /** The objects with a key in an index, in the order in which they got it. */
  listBy(kind: Kind, index: StoreIndex, key: string): AnyStored[] {
    const map = this.#tables.get(kind)?.index[index].get(key);
    return map === undefined ? [] : [...map.values()];
  }

  /** The revision that the next write gets; call only when the write follows at once. */
  nextRevision(): number {
    this.#revision += 1;
    return this.#revision;
  }

  /** Stores a new object or the next state of one; gives it its resourceVersion. */
  put(kind: Kind, draft: AnyStored): AnyStored {
    const revision = this.nextRevision();
    const object: AnyStored = {
      ...draft,
      metadata: { ...draft.metadata, resourceVersion: String(revision) },
    };
    this.putEntry(kind, draft.metadata.namespace ?? '', draft.metadata.name, object, revision);
    return object;
  }

  /** Stores an entry that carries its revision already. */
  putEntry(kind: Kind, namespace: string, name: string, entry: StoreEntry, revision: number): void {
    const table = this.#table(kind);
    let map = table.namespaces.get(namespace);
    if (map === undefined) table.namespaces.set(namespace, (map = new Map<string, StoreEntry>()));
    const old = map.get(name);
    if (old === undefined) table.count += 1;
    map.set(name, entry);
    this.#reindex(table, kind, old, entry);
    const type = old === undefined ? 'ADDED' : 'MODIFIED';
    this.hub.publish({ kind, type, object: entry, old, revision });
  }

  /** Removes an object; the returned last state carries the revision of the deletion. */
  remove(kind: Kind, namespace: string, name: string): AnyStored | undefined {
    const table = this.#tables.get(kind);
    const map = table?.namespaces.get(namespace);
    const old = map?.get(name);
    if (table === undefined || map === undefined || old === undefined) return undefined;
    map.delete(name);
    if (map.size === 0) table.namespaces.delete(namespace);
    table.count -= 1;
    this.#reindex(table, kind, old, undefined);
    const revision = this.nextRevision();
    const last = expand(old);
    const object: AnyStored = {
      ...last,
      metadata: { ...last.metadata, resourceVersion: String(revision) },
    };
    this.hub.publish({ kind, type: 'DELETED', object, old, revision });
    return object;
  }

  #table(kind: Kind): KindTable {
    let table = this.#tables.get(kind);
    if (table === undefined) {
      table = {
        namespaces: new Map(),
        index: { byNode: new Map(), byOwner: new Map() },
        count: 0,
      };
      this.#tables.set(kind, table);
    }
    return table;
  }

  #reindex(
    table: KindTable,
    kind: Kind,
    old: StoreEntry | undefined,
    now: StoreEntry | undefined,
  ): void {
    if ((old ?? now) instanceof CompactObject) return;
    for (const index of indexes) {
      const map = table.index[index];
      const oldKey = old === undefined ? undefined : indexKey(index, kind, old);
      const key = now === undefined ? undefined : indexKey(index, kind, now);
      if (oldKey !== undefined && oldKey !== key) {
        const group = map.get(oldKey);
        group?.delete((old as AnyStored).metadata.uid);
        if (group?.size === 0) map.delete(oldKey);
      }
      if (key === undefined) continue;
      let group = map.get(key);
      if (group === undefined) map.set(key, (group = new Map<string, AnyStored>()));
      group.set((now as AnyStored).metadata.uid, now as AnyStored);
    }
  }
}
