// The program redis-cli: one command from its arguments, or one a line from its input.
import { resolveHost } from '../../kernel/commands/dns/resolve.ts';
import { HttpReader } from '../../kernel/commands/http/reader.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Blocking, Connection, Process, Program } from '../../kernel/types.ts';
import { formatCommand, readReply, splitWords, type Reply } from './protocol.ts';
import { redisVersion } from './server.ts';

interface CliOptions {
  host: string;
  port: number;
  password: string | undefined;
  isRaw: boolean | undefined;
  words: readonly string[];
}

/** redis-cli. Exit code 1 when it cannot connect or the connection breaks. */
export const redisCli: Program = function* redisCli(process) {
  const options = parseArguments(process.argv.slice(1));
  if (options === 'version') {
    yield* process.write(1, `redis-cli ${redisVersion}\n`);
    return 0;
  }
  if (typeof options === 'string') {
    yield* process.write(2, `${options}\n`);
    return 1;
  }
  const isRaw = options.isRaw ?? !process.isTerminal(1);
  if (options.words.length > 0) return yield* runOnce(process, options, isRaw);
  return yield* converse(process, options, isRaw);
};

function parseArguments(argv: readonly string[]): CliOptions | string {
  const options: CliOptions = {
    host: '127.0.0.1',
    port: 6379,
    password: undefined,
    isRaw: undefined,
    words: [],
  };
  for (let index = 0; index < argv.length; index += 1) {
    const option = argv[index] ?? '';
    const value = argv[index + 1];
    if (option === '--version' || option === '-v') return 'version';
    if (option === '--raw') options.isRaw = true;
    else if (option === '--no-raw') options.isRaw = false;
    else if (option === '--no-auth-warning') continue;
    else if (['-h', '-p', '-a', '-n'].includes(option)) {
      if (value === undefined) return `Unrecognized option or bad number of args for: '${option}'`;
      index += 1;
      if (option === '-h') options.host = value;
      if (option === '-p') options.port = Number(value);
      if (option === '-a') options.password = value;
    } else if (option.startsWith('-')) {
      return `Unrecognized option or bad number of args for: '${option}'`;
    } else {
      options.words = argv.slice(index);
      break;
    }
  }
  return options;
}

function* connect(process: Process, options: CliOptions): Blocking<Connection | undefined> {
  const { host, port, password } = options;
  const where = `Could not connect to Redis at ${host}:${port}`;
  const resolved = yield* resolveHost(process, host);
  if (resolved.kind !== 'found') {
    const why =
      resolved.kind === 'try-again'
        ? 'Temporary failure in name resolution'
        : 'Name or service not known';
    yield* process.write(2, `${where}: ${why}\n`);
    return undefined;
  }
  try {
    const ip = resolved.addresses[0] ?? host;
    const connection = yield* process.sockets.connect({ ip, port });
    if (password !== undefined) {
      yield* connection.write(formatCommand(['AUTH', password]));
      yield* readReply(new HttpReader(connection));
    }
    return connection;
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* process.write(2, `${where}: ${error.message}\n`);
    return undefined;
  }
}

function* runOnce(process: Process, options: CliOptions, isRaw: boolean): Blocking<number> {
  const connection = yield* connect(process, options);
  if (connection === undefined) return 1;
  try {
    return yield* ask(process, connection, options.words, isRaw);
  } finally {
    connection.close();
  }
}

/** Commands from stdin, with a prompt at a terminal; a connection that broke is made again for the next one. */
function* converse(process: Process, options: CliOptions, isRaw: boolean): Blocking<number> {
  const isInteractive = process.isTerminal(0);
  let connection = yield* connect(process, options);
  try {
    for (;;) {
      const place = connection === undefined ? 'not connected' : `${options.host}:${options.port}`;
      if (isInteractive) yield* process.write(1, `${place}> `);
      const line = yield* process.readLine(0);
      if (line === undefined) return connection === undefined ? 1 : 0;
      const words = splitWords(line);
      if (words.length === 0) continue;
      if (['quit', 'exit'].includes((words[0] ?? '').toLowerCase())) return 0;
      connection ??= yield* connect(process, options);
      if (connection === undefined) {
        if (isInteractive) continue;
        return 1;
      }
      const code = yield* ask(process, connection, words, isRaw);
      if (code !== 0) connection = undefined;
    }
  } finally {
    connection?.close();
  }
}

function* ask(
  process: Process,
  connection: Connection,
  words: readonly string[],
  isRaw: boolean,
): Blocking<number> {
  try {
    yield* connection.write(formatCommand(words));
    const reply = yield* readReply(new HttpReader(connection));
    if (reply === undefined) {
      if ((words[0] ?? '').toLowerCase() === 'shutdown') return 0;
      yield* process.write(2, 'Error: Server closed the connection\n');
      return 1;
    }
    yield* process.write(1, isRaw ? `${rawText(reply)}\n` : shownText(reply, ''));
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* process.write(2, `Error: ${error.message}\n`);
    return 1;
  }
}

/** As redis-cli prints where its output is no terminal. */
function rawText(reply: Reply): string {
  switch (reply.kind) {
    case 'nil':
      return '';
    case 'integer':
      return String(reply.value);
    case 'array':
      return reply.items.map(rawText).join('\n');
    case 'error':
      return `${reply.text}\n`;
    default:
      return reply.text;
  }
}

/** As redis-cli prints at a terminal: with types, quotes and numbers. */
function shownText(reply: Reply, indent: string): string {
  switch (reply.kind) {
    case 'nil':
      return '(nil)\n';
    case 'integer':
      return `(integer) ${reply.value}\n`;
    case 'status':
      return `${reply.text}\n`;
    case 'error':
      return `(error) ${reply.text}\n`;
    case 'bulk':
      return `${JSON.stringify(reply.text)}\n`;
    case 'array': {
      if (reply.items.length === 0) return '(empty array)\n';
      const width = String(reply.items.length).length;
      return reply.items
        .map((item, index) => {
          const number = `${String(index + 1).padStart(width)}) `;
          const before = index === 0 ? '' : indent;
          return before + number + shownText(item, indent + ' '.repeat(number.length));
        })
        .join('');
    }
  }
}
