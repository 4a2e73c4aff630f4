// Commands on strings.
import {
  notAnInteger,
  reads,
  toInteger,
  writes,
  type CommandContext,
  type CommandEntry,
} from './command.ts';
import { array, bulk, failure, integer, nil, ok, type Reply } from './protocol.ts';

const syntaxError = failure('ERR syntax error');

function add(sign: 1 | -1, fixed?: number): CommandEntry['run'] {
  return ([key = '', word = ''], { database }) => {
    const by = fixed ?? toInteger(word);
    const now = toInteger(database.typed(key, 'string')?.text ?? '0');
    if (by === undefined || now === undefined) return notAnInteger;
    const value = now + sign * by;
    database.set(key, { type: 'string', text: String(value) }, database.expiresMs(key));
    return integer(value);
  };
}

/** SET key value with its options: EX PX EXAT PXAT NX XX GET KEEPTTL. */
function set(words: readonly string[], { database, nowMs }: CommandContext): Reply {
  const [key = '', text = '', ...options] = words;
  let untilMs: number | undefined;
  const flags = new Set<string>();
  for (let index = 0; index < options.length; index += 1) {
    const option = (options[index] ?? '').toLowerCase();
    if (['nx', 'xx', 'get', 'keepttl'].includes(option)) flags.add(option);
    else if (['ex', 'px', 'exat', 'pxat'].includes(option)) {
      index += 1;
      const amount = toInteger(options[index] ?? '');
      if (amount === undefined) return notAnInteger;
      if (amount <= 0) return failure("ERR invalid expire time in 'set' command");
      const ms = option.startsWith('ex') ? amount * 1000 : amount;
      untilMs = option.endsWith('at') ? ms : nowMs + ms;
    } else return syntaxError;
  }
  const isThere = database.get(key) !== undefined;
  const before = flags.has('get') ? bulk(database.typed(key, 'string')?.text) : undefined;
  if ((flags.has('nx') && isThere) || (flags.has('xx') && !isThere)) return before ?? nil;
  if (flags.has('keepttl')) untilMs = database.expiresMs(key);
  database.set(key, { type: 'string', text }, untilMs);
  return before ?? ok;
}

function setMany(words: readonly string[], { database }: CommandContext): Reply {
  if (words.length % 2 !== 0) {
    return failure("ERR wrong number of arguments for 'mset' command");
  }
  for (let index = 0; index < words.length; index += 2) {
    database.set(words[index] ?? '', { type: 'string', text: words[index + 1] ?? '' });
  }
  return ok;
}

function append([key = '', more = '']: readonly string[], { database }: CommandContext): Reply {
  const text = (database.typed(key, 'string')?.text ?? '') + more;
  database.set(key, { type: 'string', text }, database.expiresMs(key));
  return integer(text.length);
}

function setWithEnd(unitMs: number): CommandEntry['run'] {
  return ([key = '', word = '', text = ''], { database, nowMs }) => {
    const amount = toInteger(word);
    if (amount === undefined) return notAnInteger;
    database.set(key, { type: 'string', text }, nowMs + amount * unitMs);
    return ok;
  };
}

export const stringCommands: Readonly<Record<string, CommandEntry>> = {
  get: reads([1, 1], ([key = ''], { database }) => bulk(database.typed(key, 'string')?.text)),
  set: writes([2, Infinity], set),
  setex: writes([3, 3], setWithEnd(1000)),
  psetex: writes([3, 3], setWithEnd(1)),
  setnx: writes([2, 2], (words, context) =>
    integer(set([...words, 'nx'], context).kind === 'nil' ? 0 : 1),
  ),
  getset: writes([2, 2], (words, context) => set([...words, 'get'], context)),
  getdel: writes([1, 1], ([key = ''], { database }) => {
    const text = database.typed(key, 'string')?.text;
    database.delete(key);
    return bulk(text);
  }),
  mget: reads([1, Infinity], (words, { database }) =>
    array(
      words.map((key) => {
        const value = database.get(key);
        return bulk(value?.type === 'string' ? value.text : undefined);
      }),
    ),
  ),
  mset: writes([2, Infinity], setMany),
  append: writes([2, 2], append),
  strlen: reads([1, 1], ([key = ''], { database }) =>
    integer(database.typed(key, 'string')?.text.length ?? 0),
  ),
  incr: writes([1, 1], add(1, 1)),
  decr: writes([1, 1], add(-1, 1)),
  incrby: writes([2, 2], add(1)),
  decrby: writes([2, 2], add(-1)),
};
