// mkdir, rmdir, touch, mktemp, mkfifo, truncate: making and cutting files.
import { command } from '../base/command.ts';
import { civilTime } from '../../../runtime/time.ts';
import { parseDate } from '../base/dates.ts';
import { asErrno, errnoText } from '../base/errors.ts';
import { parseSize } from '../base/numbers.ts';
import { joinPath, statOf } from './copy.ts';
import { parseMode } from './modes.ts';
import { folderName } from './names.ts';

export const mkdir = command({
  options: 'pm:v',
  long: { parents: 'p', mode: 'm', verbose: 'v' },
  usage: '[-m MODE] [-p] DIRECTORY...',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    const { files, umask } = call.process;
    const modeWord = call.value('m');
    const mode =
      modeWord === undefined
        ? 0o777 & ~umask
        : parseMode(modeWord, { mode: 0o777, directory: true, umask });
    if (mode === undefined) return yield* call.fail(`invalid mode '${modeWord ?? ''}'`);
    for (const path of call.operands) {
      try {
        if (call.has('p') && statOf(call, path)?.type === 'directory') continue;
        files.mkdir(path, { parents: call.has('p'), mode });
        // The umask does not touch a mode that was asked for.
        if (modeWord !== undefined) files.chmod(path, mode);
        if (call.has('v'))
          yield* call.out.print(
            call.say(`created directory: '${path}'\n`, `mkdir: created directory '${path}'\n`),
          );
      } catch (thrown) {
        const message = errnoText(thrown);
        yield* call.warn(`${call.say("can't", 'cannot')} create directory '${path}': ${message}`);
      }
    }
    return call.status;
  },
});

export const rmdir = command({
  options: 'pv',
  long: { parents: 'p', verbose: 'v', 'ignore-fail-on-non-empty': 'i' },
  usage: '[-p] DIRECTORY...',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    for (const path of call.operands) {
      let next = path;
      try {
        do {
          call.process.files.rmdir(next);
          next = folderName(next);
        } while (call.has('p') && next !== '.' && next !== '/');
      } catch (thrown) {
        yield* call.warn(`${call.say('', 'failed to remove ')}'${next}': ${errnoText(thrown)}`);
      }
    }
    return call.status;
  },
});

export const touch = command({
  options: 'camhd:t:r:',
  long: { 'no-create': 'c', date: 'd', reference: 'r' },
  usage: '[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse('missing file operand');
    const { files, clock } = call.process;
    const [date, stamp, reference] = [call.value('d'), call.value('t'), call.value('r')];
    let ms: number | undefined = clock.nowMs();
    if (date !== undefined) ms = parseDate(date, clock.nowMs());
    if (stamp !== undefined) ms = parseStamp(stamp, clock.nowMs());
    if (reference !== undefined) ms = files.stat(reference).modifiedMs;
    if (ms === undefined) {
      return yield* call.fail(
        call.say(
          `invalid date '${date ?? stamp ?? ''}'`,
          `invalid date format '${date ?? stamp ?? ''}'`,
        ),
      );
    }
    for (const path of call.operands) {
      try {
        if (statOf(call, path) === undefined) {
          if (call.has('c')) continue;
          call.process.close(call.process.open(path, { write: true, create: true }));
        }
        files.touch(path, ms);
      } catch (thrown) {
        yield* call.warn(`${call.say(path, `cannot touch '${path}'`)}: ${errnoText(thrown)}`);
      }
    }
    return call.status;
  },
});

/** touch -t: `[[CC]YY]MMDDhhmm[.ss]`. */
function parseStamp(text: string, nowMs: number): number | undefined {
  const found = /^((?:\d{2}){0,2})(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
  if (found === null) return undefined;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00'] = found;
  const fullYear = year === '' ? civilTime(nowMs).year : year.length === 2 ? `20${year}` : year;
  return parseDate(`${fullYear}-${month}-${day} ${hour}:${minute}:${second}`, nowMs);
}

export const mktemp = command({
  options: 'dp:tuq',
  long: { directory: 'd', tmpdir: 'p', 'dry-run': 'u', quiet: 'q' },
  usage: '[-dt] [-p DIR] [TEMPLATE]',
  *run(call) {
    const { files, random, env } = call.process;
    const folder = call.value('p') ?? env.get('TMPDIR') ?? '/tmp';
    const [template] = call.operands;
    const pattern = template ?? call.say('tmp.XXXXXX', 'tmp.XXXXXXXXXX');
    if (!/X{3}$/.test(pattern)) {
      return yield* call.fail(
        call.say('(null): Invalid argument', `too few X's in template '${pattern}'`),
      );
    }
    const inFolder = template === undefined || call.has('p') || call.has('t');
    for (let attempt = 0; ; attempt += 1) {
      const name = pattern.replace(/X+$/, (xs) =>
        randomLetters(xs.length, (bound) => random.below(bound)),
      );
      const path = inFolder ? joinPath(folder, name) : name;
      try {
        if (!call.has('u')) {
          if (call.has('d')) files.mkdir(path, { mode: 0o700 });
          else
            call.process.close(
              call.process.open(path, { write: true, create: true, exclusive: true }, 0o600),
            );
        }
        yield* call.out.print(`${path}\n`);
        return 0;
      } catch (thrown) {
        const { code, message } = asErrno(thrown);
        if (code === 'EEXIST' && attempt < 100) continue;
        const kind = call.has('d') ? 'directory' : 'file';
        return yield* call.fail(
          call.say(
            `${path}: ${message}`,
            `failed to create ${kind} via template '${inFolder ? joinPath(folder, pattern) : pattern}': ${message}`,
          ),
        );
      }
    }
  },
});

function randomLetters(count: number, below: (bound: number) => number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  let text = '';
  for (let index = 0; index < Math.min(count, 100); index += 1)
    text += letters.charAt(below(letters.length));
  return text;
}

export const mkfifo = command({
  options: 'm:',
  usage: '[-m MODE] NAME',
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse();
    for (const path of call.operands) {
      try {
        call.process.files.mkfifo(path);
      } catch (thrown) {
        yield* call.warn(`${call.say(path, `cannot create fifo '${path}'`)}: ${errnoText(thrown)}`);
      }
    }
    return call.status;
  },
});

export const truncate = command({
  options: 'cs:',
  long: { size: 's', 'no-create': 'c' },
  usage: '[-c] -s SIZE FILE...',
  *run(call) {
    const word = call.value('s');
    if (word === undefined || call.operands.length === 0) {
      return yield* call.misuse(
        word === undefined
          ? "you must specify either '--size' or '--reference'"
          : 'missing file operand',
      );
    }
    const sign = /^[-+]/.exec(word)?.[0] ?? '';
    const size = parseSize(word.slice(sign.length));
    if (size === undefined)
      return yield* call.fail(call.say(`invalid number '${word}'`, `Invalid number: '${word}'`));
    const { files } = call.process;
    for (const path of call.operands) {
      try {
        const before = statOf(call, path);
        if (before === undefined) {
          if (call.has('c')) continue;
          call.process.close(call.process.open(path, { write: true, create: true }));
        }
        const length =
          sign === '' ? size : Math.max(0, (before?.size ?? 0) + (sign === '-' ? -size : size));
        files.truncate(path, length);
      } catch (thrown) {
        yield* call.warn(
          `${call.say(path, `cannot open '${path}' for writing`)}: ${errnoText(thrown)}`,
        );
      }
    }
    return call.status;
  },
});
