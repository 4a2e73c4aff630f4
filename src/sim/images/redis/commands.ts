// The commands of redis that the simulator knows. What it does not know it refuses in redis' words.
import type { CommandContext, CommandEntry } from './command.ts';
import { hashCommands } from './commands-hash.ts';
import { keyCommands } from './commands-key.ts';
import { listCommands } from './commands-list.ts';
import { serverCommands } from './commands-server.ts';
import { stringCommands } from './commands-string.ts';
import { WrongType } from './database.ts';
import { failure, type Reply } from './protocol.ts';

const commands: ReadonlyMap<string, CommandEntry> = new Map(
  [keyCommands, stringCommands, hashCommands, listCommands, serverCommands].flatMap((each) =>
    Object.entries(each),
  ),
);

/** Real commands that the simulator does not model. */
const notModelled = new Set(
  (
    'subscribe psubscribe publish multi exec watch discard eval evalsha script zadd zrange zscore xadd xread ' +
    'blpop brpop replicaof slaveof cluster sentinel monitor geoadd setbit getbit pfadd'
  ).split(' '),
);

/** Whether the command may change the database. */
export function isWrite(name: string): boolean {
  return commands.get(name.toLowerCase())?.isWrite ?? false;
}

/** Runs one command. */
export function runCommand(words: readonly string[], context: CommandContext): Reply {
  const [name = '', ...rest] = words;
  const lower = name.toLowerCase();
  const entry = commands.get(lower);
  if (entry === undefined) {
    if (notModelled.has(lower)) {
      return failure(`ERR command '${lower}' is not modelled by this simulator`);
    }
    const shown = rest.map((word) => `'${word}' `).join('');
    return failure(`ERR unknown command '${name}', with args beginning with: ${shown}`);
  }
  const [least, most] = entry.words;
  if (rest.length < least || rest.length > most) {
    return failure(`ERR wrong number of arguments for '${lower}' command`);
  }
  try {
    return entry.run(rest, context);
  } catch (error) {
    if (!(error instanceof WrongType)) throw error;
    return failure('WRONGTYPE Operation against a key holding the wrong kind of value');
  }
}
