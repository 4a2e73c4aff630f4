// nginx's two logs. In the official image both paths are links to the container's stdout and stderr, so what is written
// there is the container's log; with a volume mounted over the folder they are files.
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Process } from '../../kernel/types.ts';
import { errorLogTime } from '../servers/http-dates.ts';

export type Level = 'debug' | 'info' | 'notice' | 'warn' | 'error' | 'crit' | 'alert' | 'emerg';

const levels: readonly Level[] = [
  'debug',
  'info',
  'notice',
  'warn',
  'error',
  'crit',
  'alert',
  'emerg',
];

export class NginxLogs {
  readonly #errorPath: string;
  readonly #least: number;

  constructor(errorPath: string, leastLevel: string) {
    this.#errorPath = errorPath;
    this.#least = Math.max(0, levels.indexOf(leastLevel as Level));
  }

  /** One line of the error log with time, level and process. */
  *write(process: Process, level: Level, text: string, atMs?: number): Blocking<void> {
    if (levels.indexOf(level) < this.#least) return;
    const time = errorLogTime(atMs ?? process.clock.nowMs());
    const line = `${time} [${level}] ${process.pid}#${process.pid}: ${text}\n`;
    yield* append(process, this.#errorPath, line);
  }

  error(process: Process, text: string): Blocking<void> {
    return this.write(process, 'error', text);
  }

  /** One line of an access log. */
  access(process: Process, path: string, line: string): Blocking<void> {
    return append(process, path, line);
  }
}

/** A log that cannot be written loses its line; the server goes on. */
function* append(process: Process, path: string, line: string): Blocking<void> {
  try {
    const descriptor = process.open(path, { write: true, append: true, create: true });
    try {
      yield* process.write(descriptor, line);
    } finally {
      process.close(descriptor);
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}
