// The tests of find: names, kinds, sizes, ages, owners.
import { accountsOf } from '../base/accounts.ts';
import type { Call } from '../base/command.ts';
import { globMatches } from '../../glob.ts';
import { compileRegex } from '../../regex/regex.ts';
import type { FileStat } from '../../types.ts';
import { statOf } from '../files/copy.ts';
import { parseMode } from '../files/modes.ts';
import { lastName } from '../files/names.ts';
import { FindError, test, type Test } from './test.ts';

const typeLetters: Readonly<Record<string, FileStat['type']>> = {
  f: 'file',
  d: 'directory',
  l: 'symlink',
  p: 'fifo',
  s: 'socket',
  c: 'device',
};
const sizeUnits: Readonly<Record<string, number>> = {
  c: 1,
  k: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
  b: 512,
  w: 2,
  '': 512,
};

/**
 * The test that a word names; undefined when it names none. `value` takes the word behind it.
 * Throws FindError.
 */
export function makeTest(call: Call, word: string, value: () => string): Test | undefined {
  const { process } = call;
  switch (word) {
    case '-name':
    case '-iname': {
      const matches = glob(word, value());
      return test(({ path }) => matches(lastName(path)));
    }
    case '-path':
    case '-ipath':
    case '-wholename': {
      const matches = glob(word, value());
      return test(({ path }) => matches(path));
    }
    case '-regex': {
      const regex = compileRegex(`^${value()}$`);
      if (typeof regex === 'string') throw new FindError(regex);
      return test(({ path }) => regex.test(path));
    }
    case '-type': {
      const letters = value();
      const types = letters.split(',').map((letter) => typeLetters[letter]);
      if (types.includes(undefined)) {
        throw new FindError(
          call.say(
            `invalid argument '${letters}' to '-type'`,
            `Unknown argument to -type: ${letters}`,
          ),
        );
      }
      return test(({ stat }) => types.includes(stat.type));
    }
    case '-empty': {
      const { files } = process;
      return test(({ path, stat }) =>
        stat.type === 'directory'
          ? files.list(path).length === 0
          : stat.type === 'file' && stat.size === 0,
      );
    }
    case '-size':
      return size(call, value());
    case '-mtime':
    case '-mmin':
      return age(call, value(), word === '-mtime' ? 86_400_000 : 60_000);
    case '-newer': {
      const reference = value();
      const than = statOf(call, reference);
      if (than === undefined)
        throw new FindError(`${call.say(reference, `'${reference}'`)}: No such file or directory`);
      return test(({ stat }) => stat.modifiedMs > than.modifiedMs);
    }
    case '-perm':
      return permission(value());
    case '-user':
    case '-group': {
      const name = value();
      const accounts = accountsOf(process);
      const id = (word === '-user' ? accounts.findUser(name) : accounts.findGroup(name))?.id;
      if (id === undefined)
        throw new FindError(
          call.say(`unknown user ${name}`, `'${name}' is not the name of a known ${word.slice(1)}`),
        );
      return test(({ stat }) => (word === '-user' ? stat.uid : stat.gid) === id);
    }
    case '-prune':
      return test((_, state) => {
        state.pruned = true;
        return true;
      });
    default:
      return undefined;
  }
}

function glob(word: string, pattern: string): (text: string) => boolean {
  if (!word.startsWith('-i')) return (text) => globMatches(pattern, text);
  const lower = pattern.toLowerCase();
  return (text) => globMatches(lower, text.toLowerCase());
}

/** `+5`, `-5` or `5` against a number. */
function comparison(call: Call, word: string): (value: number) => boolean {
  const found = /^([-+]?)(\d{1,15})$/.exec(word);
  if (found === null)
    throw new FindError(call.say(`invalid number '${word}'`, `invalid argument \`${word}'`));
  const wanted = Number(found[2]);
  if (found[1] === '+') return (value) => value > wanted;
  return found[1] === '-' ? (value) => value < wanted : (value) => value === wanted;
}

function size(call: Call, word: string): Test {
  const unit = /[ckMGbw]$/.exec(word)?.[0] ?? '';
  const compare = comparison(call, unit === '' ? word : word.slice(0, -1));
  return test(({ stat }) => compare(Math.ceil(stat.size / (sizeUnits[unit] ?? 512))));
}

function age(call: Call, word: string, unitMs: number): Test {
  const compare = comparison(call, word);
  const { clock } = call.process;
  return test(({ stat }) => compare(Math.floor((clock.nowMs() - stat.modifiedMs) / unitMs)));
}

function permission(word: string): Test {
  const how = /^[-/]/.exec(word)?.[0] ?? '';
  const wanted = parseMode(word.slice(how.length), { mode: 0, directory: false, umask: 0 });
  if (wanted === undefined) throw new FindError(`invalid mode '${word}'`);
  return test(({ stat }) => {
    const mode = stat.mode & 0o7777;
    if (how === '-') return (mode & wanted) === wanted;
    return how === '/' ? wanted === 0 || (mode & wanted) !== 0 : mode === wanted;
  });
}
