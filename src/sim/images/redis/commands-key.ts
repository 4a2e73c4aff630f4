// Commands on keys of any type.
import { globMatches } from './glob.ts';
import {
  notAnInteger,
  reads,
  toInteger,
  writes,
  type CommandContext,
  type CommandEntry,
} from './command.ts';
import { array, bulk, failure, integer, ok, type Reply } from './protocol.ts';

const count = (words: readonly string[], holds: (key: string) => boolean): Reply =>
  integer(words.filter(holds).length);

function expire(unitMs: number, isAbsolute: boolean): CommandEntry['run'] {
  return ([key = '', word = ''], { database, nowMs }) => {
    const amount = toInteger(word);
    if (amount === undefined) return notAnInteger;
    if (database.get(key) === undefined) return integer(0);
    database.expire(key, amount * unitMs + (isAbsolute ? 0 : nowMs));
    return integer(1);
  };
}

function remaining(unitMs: number): CommandEntry['run'] {
  return ([key = ''], { database, nowMs }) => {
    if (database.get(key) === undefined) return integer(-2);
    const untilMs = database.expiresMs(key);
    return integer(untilMs === undefined ? -1 : Math.round((untilMs - nowMs) / unitMs));
  };
}

function keysLike(pattern: string, { database }: CommandContext): readonly string[] {
  return database.keys().filter((key) => globMatches(pattern, key));
}

function rename([from = '', to = '']: readonly string[], { database }: CommandContext): Reply {
  const value = database.get(from);
  if (value === undefined) return failure('ERR no such key');
  const untilMs = database.expiresMs(from);
  database.delete(from);
  database.set(to, value, untilMs);
  return ok;
}

export const keyCommands: Readonly<Record<string, CommandEntry>> = {
  del: writes([1, Infinity], (words, { database }) => count(words, (key) => database.delete(key))),
  unlink: writes([1, Infinity], (words, { database }) =>
    count(words, (key) => database.delete(key)),
  ),
  exists: reads([1, Infinity], (words, { database }) =>
    count(words, (key) => database.get(key) !== undefined),
  ),
  type: reads([1, 1], ([key = ''], { database }) => ({
    kind: 'status',
    text: database.get(key)?.type ?? 'none',
  })),
  keys: reads([1, 1], ([pattern = ''], context) =>
    array(keysLike(pattern, context).map((key) => bulk(key))),
  ),
  scan: reads([1, 5], (words, context) => {
    const at = words.findIndex((word) => word.toLowerCase() === 'match');
    const found = keysLike(at < 0 ? '*' : (words[at + 1] ?? '*'), context);
    return array([bulk('0'), array(found.map((key) => bulk(key)))]);
  }),
  randomkey: reads([0, 0], (_, { database }) => bulk(database.keys()[0])),
  rename: writes([2, 2], rename),
  expire: writes([2, 2], expire(1000, false)),
  pexpire: writes([2, 2], expire(1, false)),
  expireat: writes([2, 2], expire(1000, true)),
  ttl: reads([1, 1], remaining(1000)),
  pttl: reads([1, 1], remaining(1)),
  persist: writes([1, 1], ([key = ''], { database }) => {
    if (database.get(key) === undefined || database.expiresMs(key) === undefined) return integer(0);
    database.expire(key, undefined);
    return integer(1);
  }),
};
