// The program redis-server.
import { HttpReader } from '../../kernel/commands/http/reader.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Connection, Listener, Process, Program } from '../../kernel/types.ts';
import { redisLogTime } from '../servers/http-dates.ts';
import { EventLoop } from '../servers/multiplex.ts';
import { isWrite, runCommand } from './commands.ts';
import type { CommandContext } from './command.ts';
import { Database } from './database.ts';
import { Persistence } from './persistence.ts';
import { failure, formatReply, ok, readCommand, type Reply } from './protocol.ts';
import { readSettings } from './settings.ts';

export const redisVersion = '7.4.2';
const baseMemoryBytes = 3_500_000;

/** redis-server: answers until it is told to stop, and then saves. */
export const redisServer: Program = function* redisServer(process) {
  const read = readSettings(process.argv.slice(1), (path) => readFile(process, path));
  yield* say(process, 'C', '* oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
  if (!read.ok) {
    yield* process.write(
      2,
      `\n*** FATAL CONFIG FILE ERROR (Redis ${redisVersion}) ***\n${read.error}\n`,
    );
    return 1;
  }
  const facts = `Redis version=${redisVersion}, bits=64, commit=00000000, modified=0`;
  yield* say(process, 'C', `* ${facts}, pid=${process.pid}, just started`);
  yield* say(process, 'C', configurationWords(read.file, process.argv));
  if (!process.host.memory.allocate(process, baseMemoryBytes)) return 137;
  const server = new Server(process, read.settings);
  yield* say(process, 'M', '* monotonic clock: POSIX clock_gettime');
  const listeners = listen(process, read.settings);
  if ('error' in listeners) {
    yield* say(
      process,
      'M',
      `# Warning: Could not create server TCP listening socket ${listeners.error}`,
    );
    const port = read.settings.get('port') ?? '';
    yield* say(process, 'M', `# Failed listening on port ${port} (tcp), aborting.`);
    return 1;
  }
  return yield* server.run(listeners.listeners);
};

function configurationWords(file: string | undefined, argv: readonly string[]): string {
  if (file !== undefined || argv.length > 1) return '* Configuration loaded';
  return (
    '# Warning: no config file specified, using the default config. ' +
    'In order to specify a config file use redis-server /path/to/redis.conf'
  );
}

/** One line of the log; the letter says who speaks: C for the start, M for a master. */
function say(process: Process, role: string, text: string): Blocking<void> {
  const time = redisLogTime(process.clock.nowMs());
  return process.write(1, `${process.pid}:${role} ${time} ${text}\n`);
}

function readFile(process: Process, path: string): string | undefined {
  try {
    return process.files.readText(path);
  } catch (error) {
    if (!isErrno(error)) throw error;
    return undefined;
  }
}

function listen(
  process: Process,
  settings: ReadonlyMap<string, string>,
): { readonly listeners: readonly Listener[] } | { readonly error: string } {
  const port = Number(settings.get('port'));
  const words = (settings.get('bind') ?? '*').split(' ');
  const listeners: Listener[] = [];
  // `-::*` is every IPv6 address if there is one; Pods here have none.
  for (const word of words.filter((each) => !each.includes(':'))) {
    const ip = word === '*' ? '0.0.0.0' : word.replace(/^-/, '');
    try {
      listeners.push(process.sockets.listen({ ip: ip === 'localhost' ? '127.0.0.1' : ip, port }));
    } catch (error) {
      if (!isErrno(error)) throw error;
      return { error: `${word}:${port}: bind: ${error.message}` };
    }
  }
  return { listeners };
}

class Server {
  readonly #process: Process;
  readonly #settings: ReadonlyMap<string, string>;
  readonly #database: Database;
  readonly #persistence: Persistence;
  readonly #loop: EventLoop;
  #clients = 0;
  #commands = 0;
  #connections = 0;
  #isSavePlanned = false;

  constructor(process: Process, settings: ReadonlyMap<string, string>) {
    this.#process = process;
    this.#settings = settings;
    this.#database = new Database(() => process.clock.nowMs());
    this.#loop = new EventLoop(process);
    this.#persistence = new Persistence({
      files: process.files,
      folder: settings.get('dir') ?? '/data',
      dumpName: settings.get('dbfilename') ?? 'dump.rdb',
      appendOnly: settings.get('appendonly') === 'yes',
    });
  }

  *run(listeners: readonly Listener[]): Blocking<number> {
    const process = this.#process;
    yield* say(
      process,
      'M',
      `* Running mode=standalone, port=${this.#settings.get('port') ?? ''}.`,
    );
    yield* say(process, 'M', '* Server initialized');
    const loaded = this.#persistence.load(this.#database, (words) => this.#execute(words));
    if (loaded === 'bad') {
      yield* say(process, 'M', '# Fatal error loading the DB, check server logs. Exiting.');
      return 1;
    }
    if (loaded !== undefined) {
      const what = loaded === 'append' ? 'append only file' : 'disk';
      const keys = this.#database.keys().length;
      yield* say(process, 'M', `* DB loaded from ${what}: 0.000 seconds, keys loaded: ${keys}`);
    }
    this.#database.dirty = 0;
    yield* say(process, 'M', '* Ready to accept connections tcp');
    for (const signal of ['TERM', 'INT'] as const) process.onSignal(signal, 'handle');
    for (const listener of listeners) this.#loop.add(this.#accept(listener));
    let ending = '';
    yield* this.#loop.run((signal) => {
      ending = `Received SIG${signal} scheduling shutdown...`;
      this.#loop.stop();
    });
    return yield* this.#shutDown(ending);
  }

  *#shutDown(ending: string): Blocking<number> {
    const process = this.#process;
    if (ending !== '') {
      const seconds = Math.floor(process.clock.nowMs() / 1000);
      yield* process.write(1, `${process.pid}:signal-handler (${seconds}) ${ending}\n`);
    }
    yield* say(process, 'M', '* User requested shutdown...');
    if ((this.#settings.get('save') ?? '') !== '') {
      yield* say(process, 'M', '* Saving the final RDB snapshot before exiting.');
      const problem = this.#persistence.save(this.#database);
      if (problem !== undefined) {
        yield* say(
          process,
          'M',
          `# Error moving temp DB file on the final destination: ${problem}`,
        );
        yield* say(
          process,
          'M',
          '# Errors trying to shut down the server. Check the logs for more information.',
        );
        return 1;
      }
      yield* say(process, 'M', '* DB saved on disk');
    }
    yield* say(process, 'M', '# Redis is now ready to exit, bye bye...');
    return 0;
  }

  *#accept(listener: Listener): Blocking<void> {
    for (;;) {
      const connection = yield* listener.accept();
      if (connection === undefined) return;
      this.#connections += 1;
      this.#loop.add(this.#serve(connection));
    }
  }

  *#serve(connection: Connection): Blocking<void> {
    const reader = new HttpReader(connection);
    const password = this.#settings.get('requirepass') ?? '';
    let isAllowed = password === '';
    this.#clients += 1;
    try {
      for (;;) {
        const words = yield* readCommand(reader);
        if (words === undefined) return;
        const name = (words[0] ?? '').toLowerCase();
        if (name === '') continue;
        if (name === 'auth' && password !== '') {
          isAllowed = words[words.length - 1] === password;
          const refusal = 'WRONGPASS invalid username-password pair or user is disabled.';
          yield* connection.write(formatReply(isAllowed ? ok : failure(refusal)));
          continue;
        }
        if (name === 'shutdown') return this.#loop.stop();
        const refusal = failure('NOAUTH Authentication required.');
        yield* connection.write(formatReply(isAllowed ? this.#execute(words, true) : refusal));
        if (name === 'quit') return;
      }
    } finally {
      this.#clients -= 1;
      connection.close();
    }
  }

  #execute(words: readonly string[], isNew = false): Reply {
    const name = words[0] ?? '';
    if (name.toLowerCase() === 'quit') return ok;
    const before = this.#database.dirty;
    const reply = runCommand(words, this.#context());
    this.#commands += 1;
    if (!isNew || this.#database.dirty === before) return reply;
    if (isWrite(name)) this.#persistence.append(words);
    this.#planSave();
    return reply;
  }

  /** Save points: so many seconds after a change, if there were so many changes since the last save. */
  #planSave(): void {
    if (this.#isSavePlanned) return;
    const numbers = (this.#settings.get('save') ?? '').split(' ').filter(Boolean).map(Number);
    const seconds = Math.max(...numbers.filter((_, index) => index % 2 === 0), 0);
    if (seconds === 0) return;
    this.#isSavePlanned = true;
    this.#loop.add(this.#saveAfter(seconds));
  }

  *#saveAfter(seconds: number): Blocking<void> {
    yield* this.#process.sleep(seconds * 1000);
    this.#isSavePlanned = false;
    if (this.#database.dirty === 0) return;
    const changes = this.#database.dirty;
    yield* say(this.#process, 'M', `* ${changes} changes in ${seconds} seconds. Saving...`);
    const problem = this.#persistence.save(this.#database);
    const words =
      problem === undefined
        ? '* DB saved on disk'
        : `# Failed opening the temp RDB file: ${problem}`;
    yield* say(this.#process, 'M', words);
  }

  #context(): CommandContext {
    return {
      database: this.#database,
      nowMs: this.#process.clock.nowMs(),
      info: () => this.#info(),
      settings: this.#settings,
      save: () => this.#persistence.save(this.#database) === undefined,
    };
  }

  #info(): ReadonlyMap<string, string> {
    const process = this.#process;
    const lines = (facts: Readonly<Record<string, string | number>>): string =>
      Object.entries(facts)
        .map(([name, value]) => `${name}:${value}\r\n`)
        .join('');
    const uptime = Math.floor((process.clock.nowMs() - process.startedMs) / 1000);
    const keys = this.#database.keys().length;
    return new Map([
      [
        'Server',
        lines({
          redis_version: redisVersion,
          redis_mode: 'standalone',
          process_id: process.pid,
          tcp_port: this.#settings.get('port') ?? '',
          uptime_in_seconds: uptime,
        }),
      ],
      ['Clients', lines({ connected_clients: this.#clients })],
      ['Memory', lines({ used_memory: process.memoryBytes })],
      [
        'Persistence',
        lines({
          loading: 0,
          rdb_changes_since_last_save: this.#database.dirty,
          aof_enabled: this.#settings.get('appendonly') === 'yes' ? 1 : 0,
        }),
      ],
      [
        'Stats',
        lines({
          total_connections_received: this.#connections,
          total_commands_processed: this.#commands,
        }),
      ],
      ['Replication', lines({ role: 'master', connected_slaves: 0 })],
      ['Keyspace', keys === 0 ? '' : `db0:keys=${keys},expires=0,avg_ttl=0\r\n`],
    ]);
  }
}
