import { describe, expect, it } from 'vitest';
import { ImageBox } from '../testing.ts';
import { redis } from './image.ts';

const argv = ['redis-server'];
const time = /\d\d \w{3} \d{4} \d\d:\d\d:\d\d\.\d{3}/g;

describe('redis', () => {
  it('starts, keeps, saves on TERM and has it all again', () => {
    const box = new ImageBox(redis, { argv });
    expect(box.takeLog().replace(time, '<time>')).toBe(
      [
        '1:C <time> * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo',
        '1:C <time> * Redis version=7.4.2, bits=64, commit=00000000, modified=0, pid=1, just started',
        '1:C <time> # Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf',
        '1:M <time> * monotonic clock: POSIX clock_gettime',
        '1:M <time> * Running mode=standalone, port=6379.',
        '1:M <time> * Server initialized',
        '1:M <time> * Ready to accept connections tcp',
        '',
      ].join('\n'),
    );
    expect(box.exec(['redis-cli', 'set', 'cart', '3 shirts']).stdout).toBe('OK\n');
    expect(box.exec(['redis-cli', 'get', 'cart']).stdout).toBe('3 shirts\n');
    expect(box.exec(['redis-cli', 'get', 'nothing']).stdout).toBe('\n');
    expect(box.exec(['redis-cli'], 'incr n\nincr n\nkeys *\n').stdout).toBe('1\n2\ncart\nn\n');
    box.signal('TERM');
    expect(box.takeLog().replace(time, '<time>')).toBe(
      [
        '1:signal-handler (1767603600) Received SIGTERM scheduling shutdown...',
        '1:M <time> * User requested shutdown...',
        '1:M <time> * Saving the final RDB snapshot before exiting.',
        '1:M <time> * DB saved on disk',
        '1:M <time> # Redis is now ready to exit, bye bye...',
        '',
      ].join('\n'),
    );
    expect(box.main.exit).toEqual({ code: 0, signal: undefined });
    const dump = box.read('/data/dump.rdb');
    const again = new ImageBox(redis, { argv, files: { '/data/dump.rdb': dump } });
    expect(again.log).toContain('* DB loaded from disk: 0.000 seconds, keys loaded: 2\n');
    expect(again.exec(['redis-cli', 'get', 'cart']).stdout).toBe('3 shirts\n');
  });

  it('forgets what came after the last save when it is killed, unless it appends', () => {
    const box = new ImageBox(redis, { argv });
    box.exec(['redis-cli', 'set', 'a', '1']);
    box.signal('KILL');
    expect(box.box.space.files().exists('/data/dump.rdb')).toBe(false);
    const careful = new ImageBox(redis, { argv: [...argv, '--appendonly', 'yes'] });
    careful.exec(['redis-cli', 'set', 'a', '1']);
    careful.exec(['redis-cli', 'incr', 'a']);
    careful.signal('KILL');
    const path = '/data/appendonlydir/appendonly.aof.1.incr.aof';
    const again = new ImageBox(redis, {
      argv: [...argv, '--appendonly', 'yes'],
      files: { [path]: careful.read(path) },
    });
    expect(again.exec(['redis-cli', 'get', 'a']).stdout).toBe('2\n');
  });

  it('says why it cannot be reached, and why it cannot start', () => {
    const box = new ImageBox(redis, { argv });
    const cli = (...words: string[]) => box.exec(['redis-cli', ...words]);
    expect(cli('-p', '7000', 'ping')).toMatchObject({
      stderr: 'Could not connect to Redis at 127.0.0.1:7000: Connection refused\n',
      status: { code: 1 },
    });
    expect(cli('-h', 'redis', 'ping').stderr).toMatch(
      /^Could not connect to Redis at redis:6379: /,
    );
    expect(box.exec(argv).stdout.split('\n').at(-2)).toMatch(
      /# Failed listening on port 6379 \(tcp\), aborting\.$/,
    );
    expect(box.exec([...argv, '--prot', '1']).stderr).toBe(
      "\n*** FATAL CONFIG FILE ERROR (Redis 7.4.2) ***\nBad directive or wrong number of arguments: 'prot'\n",
    );
  });

  it('asks for its password', () => {
    const box = new ImageBox(redis, { argv: [...argv, '--requirepass', 'secret'] });
    expect(box.exec(['redis-cli', 'ping']).stdout).toBe('NOAUTH Authentication required.\n\n');
    expect(box.exec(['redis-cli', '-a', 'secret', 'ping']).stdout).toBe('PONG\n');
  });
});
