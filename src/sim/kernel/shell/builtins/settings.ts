// umask, ulimit, times.
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import type { BuiltinTable } from './builtin.ts';

function* umask(shell: Shell, words: readonly string[]): Blocking<number> {
  const { process } = shell;
  const symbolic = words[1] === '-S';
  const mode = symbolic ? words[2] : words[1];
  if (mode === undefined) {
    const text = symbolic ? symbols(process.umask) : process.umask.toString(8).padStart(4, '0');
    yield* shell.write(1, `${text}\n`);
    return 0;
  }
  if (!/^[0-7]{1,4}$/.test(mode)) {
    throw new ShellError(`${shell.isAsh ? 'illegal mode' : 'Illegal number'}: ${mode}`);
  }
  process.umask = Number.parseInt(mode, 8) & 0o777;
  return 0;
}

function symbols(umask: number): string {
  const part = (who: string, shift: number): string => {
    const allowed = ~(umask >> shift) & 7;
    const letters = ['r', 'w', 'x'].filter((_, index) => (allowed & (4 >> index)) !== 0);
    return `${who}=${letters.join('')}`;
  };
  return [part('u', 6), part('g', 3), part('o', 0)].join(',');
}

/** Limits that are there; everything else is without. */
const limits: Readonly<Record<string, string>> = { n: '1024', c: '0', s: '8192' };

/** Shows and sets limits. They are remembered, but the machine goes by its own. */
function* ulimit(shell: Shell, words: readonly string[]): Blocking<number> {
  const option = words.slice(1).find((word) => /^-[a-zA-Z]+$/.test(word)) ?? '-f';
  const letter = option.replace(/[-HS]/g, '').slice(0, 1) || 'f';
  if (letter === 'a') {
    for (const [name, unit] of allLimits) yield* shell.write(1, `${name.padEnd(21)}${unit}\n`);
    return 0;
  }
  if (!'cdefilmnpqrstuvwx'.includes(letter)) {
    throw new ShellError(`${shell.isAsh ? 'illegal' : 'Illegal'} option -${letter}`);
  }
  const value = words.slice(1).find((word) => !word.startsWith('-'));
  if (value === undefined) {
    yield* shell.write(1, `${shell.limits?.get(letter) ?? limits[letter] ?? 'unlimited'}\n`);
    return 0;
  }
  if (!/^(?:[0-9]{1,15}|unlimited)$/.test(value)) {
    throw new ShellError(shell.isAsh ? `invalid number '${value}'` : 'bad number');
  }
  shell.limits ??= new Map();
  shell.limits.set(letter, value);
  return 0;
}

const allLimits: readonly (readonly [string, string])[] = [
  ['time(seconds)', 'unlimited'],
  ['file(blocks)', 'unlimited'],
  ['data(kbytes)', 'unlimited'],
  ['stack(kbytes)', '8192'],
  ['coredump(blocks)', '0'],
  ['memory(kbytes)', 'unlimited'],
  ['locked memory(kbytes)', 'unlimited'],
  ['process', 'unlimited'],
  ['nofiles', '1024'],
  ['vmemory(kbytes)', 'unlimited'],
  ['locks', 'unlimited'],
  ['rtprio', '0'],
];

export function* times(shell: Shell): Blocking<number> {
  const digits = shell.isAsh ? 3 : 6;
  const zero = `0m${(0).toFixed(digits)}s`;
  const ms = shell.process.cpuMs;
  const used = `${Math.floor(ms / 60_000)}m${((ms % 60_000) / 1000).toFixed(digits)}s`;
  yield* shell.write(1, `${used} ${zero}\n${zero} ${zero}\n`);
  return 0;
}

export const settingBuiltins: BuiltinTable = { umask, ulimit };
