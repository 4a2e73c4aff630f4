// Keys and values of a redis server: strings, hashes, lists and sets, each with an optional end of life.

export type Value =
  | { readonly type: 'string'; text: string }
  | { readonly type: 'hash'; readonly fields: Map<string, string> }
  | { readonly type: 'list'; items: string[] }
  | { readonly type: 'set'; readonly members: Set<string> };

export type ValueType = Value['type'];

interface Entry {
  readonly value: Value;
  expiresMs: number | undefined;
}

/** A command that does not fit the type of the value it meets. */
export class WrongType extends Error {}

export class Database {
  readonly #entries = new Map<string, Entry>();
  readonly #nowMs: () => number;
  /** Counts changes since the last save. */
  dirty = 0;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The value of a key that is still alive. */
  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry?.expiresMs !== undefined && entry.expiresMs <= this.#nowMs()) {
      this.#entries.delete(key);
      return undefined;
    }
    return entry?.value;
  }

  /** The value of a key as a type; throws WrongType for another one. */
  typed<Type extends ValueType>(
    key: string,
    type: Type,
  ): Extract<Value, { readonly type: Type }> | undefined {
    const value = this.get(key);
    if (value === undefined) return undefined;
    if (value.type !== type) throw new WrongType();
    return value as Extract<Value, { readonly type: Type }>;
  }

  /** Puts a value; the end of life goes unless it is to be kept. */
  set(key: string, value: Value, expiresMs?: number): void {
    this.#entries.set(key, { value, expiresMs });
    this.dirty += 1;
  }

  delete(key: string): boolean {
    const wasThere = this.get(key) !== undefined;
    this.#entries.delete(key);
    if (wasThere) this.dirty += 1;
    return wasThere;
  }

  clear(): void {
    this.#entries.clear();
    this.dirty += 1;
  }

  /** Undefined without an end of life. */
  expiresMs(key: string): number | undefined {
    return this.#entries.get(key)?.expiresMs;
  }

  expire(key: string, atMs: number | undefined): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.expiresMs = atMs;
    this.dirty += 1;
  }

  /** Every key that is alive, in the order of their coming. */
  keys(): readonly string[] {
    return [...this.#entries.keys()].filter((key) => this.get(key) !== undefined);
  }

  /** All there is, as JSON values for the dump. */
  dump(): unknown {
    return this.keys().map((key) => [key, plain(this.get(key)), this.expiresMs(key) ?? null]);
  }

  /** Takes what `dump` gave; anything else leaves the database as it is and gives false. */
  load(dump: unknown): boolean {
    if (!Array.isArray(dump)) return false;
    for (const item of dump as readonly unknown[]) {
      if (!Array.isArray(item)) return false;
      const [key, stored, expiresMs] = item as readonly unknown[];
      const value = fromPlain(stored);
      if (typeof key !== 'string' || value === undefined) return false;
      const until = typeof expiresMs === 'number' ? expiresMs : undefined;
      this.#entries.set(key, { value, expiresMs: until });
    }
    return true;
  }
}

function plain(value: Value | undefined): unknown {
  if (value === undefined) return null;
  if (value.type === 'string') return { string: value.text };
  if (value.type === 'hash') return { hash: [...value.fields] };
  return value.type === 'list' ? { list: value.items } : { set: [...value.members] };
}

function fromPlain(stored: unknown): Value | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { string, hash, list, set } = stored as Readonly<Record<string, unknown>>;
  if (typeof string === 'string') return { type: 'string', text: string };
  if (Array.isArray(hash)) return { type: 'hash', fields: new Map(hash as [string, string][]) };
  if (Array.isArray(list)) return { type: 'list', items: list as string[] };
  if (Array.isArray(set)) return { type: 'set', members: new Set(set as string[]) };
  return undefined;
}
