import { describe, expect, it } from 'vitest';
import { runCommand } from './commands.ts';
import { Database } from './database.ts';
import { formatReply, splitWords } from './protocol.ts';

function redis() {
  let nowMs = 0;
  const database = new Database(() => nowMs);
  const run = (line: string): string =>
    formatReply(
      runCommand(splitWords(line), {
        database,
        nowMs,
        info: () => new Map([['Server', 'redis_version:7.4.2\r\n']]),
        settings: new Map([['port', '6379']]),
        save: () => true,
      }),
    ).replaceAll('\r\n', ' ');
  return { run, pass: (ms: number) => (nowMs += ms), database };
}

describe('redis commands', () => {
  it('keeps strings, counts, and forgets them when their time is over', () => {
    const { run, pass } = redis();
    expect(run('SET cart "3 shirts"')).toBe('+OK ');
    expect(run('get cart')).toBe('$8 3 shirts ');
    expect(run('INCR visits')).toBe(':1 ');
    expect(run('INCRBY visits 4')).toBe(':5 ');
    expect(run('INCR cart')).toBe('-ERR value is not an integer or out of range ');
    expect(run('SET cart 1 NX')).toBe('$-1 ');
    expect(run('EXPIRE cart 10')).toBe(':1 ');
    expect(run('TTL cart')).toBe(':10 ');
    pass(10_000);
    expect(run('GET cart')).toBe('$-1 ');
    expect(run('TTL cart')).toBe(':-2 ');
    expect(run('KEYS *')).toBe('*1 $6 visits ');
    expect(run('DEL visits cart')).toBe(':1 ');
    expect(run('DBSIZE')).toBe(':0 ');
  });

  it('keeps hashes, lists and sets', () => {
    const { run } = redis();
    expect(run('HSET cart:anna shirt 2 mug 1')).toBe(':2 ');
    expect(run('HINCRBY cart:anna mug 3')).toBe(':4 ');
    expect(run('HGETALL cart:anna')).toBe('*4 $5 shirt $1 2 $3 mug $1 4 ');
    expect(run('HDEL cart:anna shirt mug')).toBe(':2 ');
    expect(run('EXISTS cart:anna')).toBe(':0 ');
    expect(run('RPUSH q a b c')).toBe(':3 ');
    expect(run('LRANGE q -2 -1')).toBe('*2 $1 b $1 c ');
    expect(run('LPOP q')).toBe('$1 a ');
    expect(run('SADD s x y x')).toBe(':2 ');
    expect(run('TYPE s')).toBe('+set ');
    expect(run('GET s')).toBe(
      '-WRONGTYPE Operation against a key holding the wrong kind of value ',
    );
  });

  it('refuses what it does not know in the words of redis, and what it does not model', () => {
    const { run } = redis();
    expect(run('GETT cart')).toBe(
      `-ERR unknown command 'GETT', with args beginning with: 'cart'  `,
    );
    expect(run('GET')).toBe(`-ERR wrong number of arguments for 'get' command `);
    expect(run('ZADD a 1 b')).toBe(`-ERR command 'zadd' is not modelled by this simulator `);
  });

  it('gives a dump that another database can load', () => {
    const { run, database } = redis();
    run('SET a 1');
    run('HSET h f v');
    run('RPUSH l x');
    run('SADD s y');
    const copy = new Database(() => 0);
    expect(copy.load(JSON.parse(JSON.stringify(database.dump())))).toBe(true);
    expect(copy.dump()).toEqual(database.dump());
    expect(copy.load({ not: 'a dump' })).toBe(false);
  });
});
