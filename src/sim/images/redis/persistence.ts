// What redis leaves on disk: a snapshot (dump.rdb) and, when asked for, an append-only file. The contents are the
// simulator's own, not redis' format; where and when they are written is redis' way.
import { isErrno } from '../../kernel/errno.ts';
import type { Files } from '../../kernel/types.ts';
import type { Database } from './database.ts';
import { formatCommand } from './protocol.ts';

const magic = 'REDIS0012';
const appendFolder = 'appendonlydir';
const appendName = 'appendonly.aof.1.incr.aof';

export interface PersistenceOptions {
  readonly files: Files;
  readonly folder: string;
  readonly dumpName: string;
  readonly appendOnly: boolean;
}

export class Persistence {
  readonly #options: PersistenceOptions;

  constructor(options: PersistenceOptions) {
    this.#options = options;
  }

  /** Writes the snapshot. The text says why it could not. */
  save(database: Database): string | undefined {
    const { files, folder, dumpName } = this.#options;
    try {
      const temporary = `${folder}/temp-1.rdb`;
      files.writeText(temporary, `${magic}\n${JSON.stringify(database.dump())}\n`);
      files.rename(temporary, `${folder}/${dumpName}`);
      database.dirty = 0;
      return undefined;
    } catch (error) {
      if (!isErrno(error)) throw error;
      return error.message;
    }
  }

  /** Keeps one writing command in the append-only file. */
  append(words: readonly string[]): void {
    if (!this.#options.appendOnly) return;
    const { files, folder } = this.#options;
    try {
      files.mkdir(`${folder}/${appendFolder}`, { parents: true });
      const path = `${folder}/${appendFolder}/${appendName}`;
      files.writeText(path, formatCommand(words), { append: true });
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }

  /** Fills a database with what was kept. Gives what the log says about it; `bad` when it cannot be read. */
  load(
    database: Database,
    replay: (words: readonly string[]) => void,
  ): 'append' | 'dump' | 'bad' | undefined {
    const { folder, dumpName, appendOnly } = this.#options;
    if (appendOnly) {
      const text = this.#read(`${folder}/${appendFolder}/${appendName}`);
      if (text === undefined) return undefined;
      for (const words of parseCommands(text)) replay(words);
      return 'append';
    }
    const text = this.#read(`${folder}/${dumpName}`);
    if (text === undefined) return undefined;
    if (!text.startsWith(`${magic}\n`)) return 'bad';
    return database.load(parseJson(text.slice(magic.length + 1))) ? 'dump' : 'bad';
  }

  #read(path: string): string | undefined {
    try {
      return this.#options.files.readText(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      return undefined;
    }
  }
}

/** Commands in a text that formatCommand wrote; a last one that was cut off is left out. */
function parseCommands(text: string): readonly (readonly string[])[] {
  const commands: string[][] = [];
  const lines = text.split('\r\n');
  let at = 0;
  while (lines[at]?.startsWith('*') === true) {
    const count = Number((lines[at] ?? '').slice(1));
    const words: string[] = [];
    at += 1;
    for (let index = 0; index < count && at + 1 < lines.length; index += 1, at += 2) {
      words.push(lines[at + 1] ?? '');
    }
    if (words.length === count) commands.push(words);
  }
  return commands;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
