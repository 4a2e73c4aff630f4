// Commands on hashes.
import {
  notAnInteger,
  reads,
  toInteger,
  writes,
  type CommandContext,
  type CommandEntry,
} from './command.ts';
import { array, bulk, failure, integer, ok, type Reply } from './protocol.ts';

function fieldsOf(key: string, { database }: CommandContext): Map<string, string> {
  return database.typed(key, 'hash')?.fields ?? new Map<string, string>();
}

/** Writes the fields back; a hash without fields is no key any more. */
function keep(key: string, fields: Map<string, string>, { database }: CommandContext): void {
  if (fields.size === 0) database.delete(key);
  else database.set(key, { type: 'hash', fields }, database.expiresMs(key));
}

function setFields(name: string): (words: readonly string[], context: CommandContext) => Reply {
  return ([key = '', ...pairs], context) => {
    if (pairs.length % 2 !== 0) {
      return failure(`ERR wrong number of arguments for '${name}' command`);
    }
    const fields = fieldsOf(key, context);
    const before = fields.size;
    for (let index = 0; index < pairs.length; index += 2) {
      fields.set(pairs[index] ?? '', pairs[index + 1] ?? '');
    }
    keep(key, fields, context);
    return name === 'hmset' ? ok : integer(fields.size - before);
  };
}

function deleteFields([key = '', ...names]: readonly string[], context: CommandContext): Reply {
  const fields = fieldsOf(key, context);
  const gone = names.filter((name) => fields.delete(name)).length;
  if (gone > 0) keep(key, fields, context);
  return integer(gone);
}

function addToField(words: readonly string[], context: CommandContext): Reply {
  const [key = '', name = '', word = ''] = words;
  const fields = fieldsOf(key, context);
  const by = toInteger(word);
  if (by === undefined) return notAnInteger;
  const now = toInteger(fields.get(name) ?? '0');
  if (now === undefined) return failure('ERR hash value is not an integer');
  fields.set(name, String(now + by));
  keep(key, fields, context);
  return integer(now + by);
}

const texts = (items: Iterable<string>): Reply => array([...items].map((item) => bulk(item)));

export const hashCommands: Readonly<Record<string, CommandEntry>> = {
  hset: writes([3, Infinity], setFields('hset')),
  hmset: writes([3, Infinity], setFields('hmset')),
  hget: reads([2, 2], ([key = '', name = ''], context) => bulk(fieldsOf(key, context).get(name))),
  hmget: reads([2, Infinity], ([key = '', ...names], context) =>
    array(names.map((name) => bulk(fieldsOf(key, context).get(name)))),
  ),
  hgetall: reads([1, 1], ([key = ''], context) => texts([...fieldsOf(key, context)].flat())),
  hkeys: reads([1, 1], ([key = ''], context) => texts(fieldsOf(key, context).keys())),
  hvals: reads([1, 1], ([key = ''], context) => texts(fieldsOf(key, context).values())),
  hlen: reads([1, 1], ([key = ''], context) => integer(fieldsOf(key, context).size)),
  hexists: reads([2, 2], ([key = '', name = ''], context) =>
    integer(fieldsOf(key, context).has(name) ? 1 : 0),
  ),
  hdel: writes([2, Infinity], deleteFields),
  hincrby: writes([3, 3], addToField),
};
