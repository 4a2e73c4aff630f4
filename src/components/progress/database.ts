// The database of the reader's progress. Records are added one by one and never rewritten, so two
// tabs cannot overwrite each other.
import { openDB, type DBSchema } from 'idb';
import type { ProgressRecord } from '#progress/records.ts';

interface Schema extends DBSchema {
  records: { key: string; value: unknown };
}

export const databaseName = 'podlab-progress';
const RECORDS = 'records';

/** What the store needs of a database. Everything may reject, as IndexedDB may. */
export interface Database {
  all(): Promise<unknown[]>;
  /** Adds all or none; a record whose id is there already leaves what is there. */
  add(records: readonly ProgressRecord[]): Promise<void>;
  clear(): Promise<void>;
}

/** Opens it. Rejects where the browser forbids storage. */
export async function openDatabase(): Promise<Database> {
  const db = await openDB<Schema>(databaseName, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore(RECORDS, { keyPath: 'id' });
    },
    // Another tab deletes the database or brings a newer one: let go.
    blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
  });
  return {
    all: () => db.getAll(RECORDS),
    add: async (records) => {
      const transaction = db.transaction(RECORDS, 'readwrite');
      const known = new Set(await transaction.store.getAllKeys());
      for (const record of records) {
        if (!known.has(record.id)) void transaction.store.put(record);
      }
      await transaction.done;
    },
    clear: () => db.clear(RECORDS),
  };
}
