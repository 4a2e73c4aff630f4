// Keeps the reader's progress in this browser. Where that is impossible it is kept in this tab's
// memory, and every answer says so and why.
import { exportFile, importFile, readStored, type FileProblem } from '#progress/file.ts';
import { merge, type ProgressRecord } from '#progress/records.ts';
import { openDatabase, type Database } from './database.ts';
import { tellChange } from './kept.ts';

/** Why something is in memory only. `full`: no room; `blocked`: the browser forbids or lost storage. */
export type NotKept = 'full' | 'blocked';
export type Kept = { readonly kept: true } | { readonly kept: false; readonly why: NotKept };

export type Imported =
  | { readonly ok: true; readonly added: number; readonly kept: Kept }
  | { readonly ok: false; readonly problem: FileProblem };

export interface ProgressStore {
  /** All records in the order of time. */
  read(): Promise<readonly ProgressRecord[]>;
  append(records: readonly ProgressRecord[]): Promise<Kept>;
  /** The text of a file with everything. */
  exported(): Promise<string>;
  /** Adds the records of such a file; one that cannot be read changes nothing. */
  import(text: string): Promise<Imported>;
  /** Forgets everything. */
  clear(): Promise<Kept>;
}

const whyNot = (error: unknown): NotKept =>
  error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'blocked';

/** A store over a database that may refuse to open, to read or to write. */
export function createStore(
  open: () => Promise<Database>,
  changed: (isEmpty: boolean) => void,
): ProgressStore {
  let opening: Promise<Database> | undefined;
  /** What could not be written; it is tried again with the next record. */
  let waiting: ProgressRecord[] = [];
  const database = () =>
    (opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));
  const attempt = async (
    work: (db: Database) => Promise<void>,
    isSecond = false,
  ): Promise<Kept> => {
    try {
      await work(await database());
      return { kept: true };
    } catch (error) {
      opening = undefined;
      // The connection was closed under us, by a deletion in another tab: another may open.
      const isClosed = error instanceof DOMException && error.name === 'InvalidStateError';
      return isClosed && !isSecond ? attempt(work, true) : { kept: false, why: whyNot(error) };
    }
  };

  const read = async () => {
    let stored: readonly unknown[] = [];
    await attempt(async (db) => {
      stored = await db.all();
    });
    return merge(readStored(stored), waiting);
  };
  const append = async (records: readonly ProgressRecord[]) => {
    waiting = merge(waiting, records);
    const writing = waiting;
    const kept = await attempt((db) => db.add(writing));
    if (kept.kept) waiting = waiting.filter((record) => !writing.includes(record));
    changed(false);
    return kept;
  };

  return {
    read,
    append,
    exported: async () => exportFile(await read()),
    import: async (text) => {
      const file = importFile(text);
      if (!file.ok) return file;
      const before = await read();
      const added = merge(before, file.records).length - before.length;
      return { ok: true, added, kept: await append(file.records) };
    },
    clear: async () => {
      waiting = [];
      const kept = await attempt((db) => db.clear());
      changed(kept.kept);
      return kept;
    },
  };
}

/** The store of this page. */
export const progressStore = createStore(openDatabase, tellChange);
