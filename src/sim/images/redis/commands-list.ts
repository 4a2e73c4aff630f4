// Commands on lists and sets.
import {
  notAnInteger,
  reads,
  toInteger,
  writes,
  type CommandContext,
  type CommandEntry,
} from './command.ts';
import { array, bulk, integer, nil, type Reply } from './protocol.ts';

function push(atFront: boolean): CommandEntry['run'] {
  return ([key = '', ...words], { database }) => {
    const before = database.typed(key, 'list')?.items ?? [];
    const items = atFront ? [...words.reverse(), ...before] : [...before, ...words];
    database.set(key, { type: 'list', items }, database.expiresMs(key));
    return integer(items.length);
  };
}

function pop(atFront: boolean): CommandEntry['run'] {
  return ([key = '', word], { database }) => {
    const list = database.typed(key, 'list');
    if (list === undefined) return nil;
    const count = word === undefined ? 1 : toInteger(word);
    if (count === undefined || count < 0) return notAnInteger;
    const taken = atFront ? list.items.slice(0, count) : list.items.slice(-count).reverse();
    const rest = atFront ? list.items.slice(count) : list.items.slice(0, -count || undefined);
    if (rest.length === 0) database.delete(key);
    else database.set(key, { type: 'list', items: rest }, database.expiresMs(key));
    return word === undefined ? bulk(taken[0]) : texts(taken);
  };
}

function range(words: readonly string[], { database }: CommandContext): Reply {
  const [key = '', first = '', last = ''] = words;
  const items = database.typed(key, 'list')?.items ?? [];
  const [from, to] = [toInteger(first), toInteger(last)];
  if (from === undefined || to === undefined) return notAnInteger;
  const start = from < 0 ? Math.max(0, items.length + from) : from;
  const end = to < 0 ? items.length + to : to;
  return texts(items.slice(start, end + 1));
}

function members(key: string, { database }: CommandContext): Set<string> {
  return database.typed(key, 'set')?.members ?? new Set<string>();
}

function changeSet(isAdding: boolean): CommandEntry['run'] {
  return ([key = '', ...words], context) => {
    const { database } = context;
    const set = members(key, context);
    const before = set.size;
    for (const word of words) {
      if (isAdding) set.add(word);
      else set.delete(word);
    }
    if (set.size === 0) database.delete(key);
    else database.set(key, { type: 'set', members: set }, database.expiresMs(key));
    return integer(Math.abs(set.size - before));
  };
}

const texts = (items: Iterable<string>): Reply => array([...items].map((item) => bulk(item)));

export const listCommands: Readonly<Record<string, CommandEntry>> = {
  lpush: writes([2, Infinity], push(true)),
  rpush: writes([2, Infinity], push(false)),
  lpop: writes([1, 2], pop(true)),
  rpop: writes([1, 2], pop(false)),
  llen: reads([1, 1], ([key = ''], { database }) =>
    integer(database.typed(key, 'list')?.items.length ?? 0),
  ),
  lrange: reads([3, 3], range),
  sadd: writes([2, Infinity], changeSet(true)),
  srem: writes([2, Infinity], changeSet(false)),
  smembers: reads([1, 1], ([key = ''], context) => texts(members(key, context))),
  scard: reads([1, 1], ([key = ''], context) => integer(members(key, context).size)),
  sismember: reads([2, 2], ([key = '', word = ''], context) =>
    integer(members(key, context).has(word) ? 1 : 0),
  ),
};
