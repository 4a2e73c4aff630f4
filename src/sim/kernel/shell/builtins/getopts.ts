// getopts.
import type { Blocking } from '../../types.ts';
import { ShellError } from '../flow.ts';
import type { Shell } from '../shell.ts';
import { isName } from '../variables.ts';

export function* getopts(shell: Shell, words: readonly string[]): Blocking<number> {
  const [options, name] = words.slice(1);
  if (options === undefined || name === undefined) {
    throw new ShellError(
      shell.isAsh ? 'usage: getopts optstring var [arg]' : 'Usage: getopts optstring var [arg...]',
    );
  }
  if (!isName(name)) throw new ShellError(`${name}: bad variable name`);
  const parameters = words.length > 3 ? words.slice(3) : shell.parameters;
  const { variables } = shell;
  let index = Number(variables.get('OPTIND') ?? '1') || 1;
  if (index === 1 && shell.getoptsIndex !== 1) shell.getoptsOffset = 0;
  const word = parameters[index - 1] ?? '';
  if (shell.getoptsOffset === 0) {
    if (!/^-./.test(word) || word === '--') {
      if (word === '--') index += 1;
      return finish(shell, name, index);
    }
    shell.getoptsOffset = 1;
  }
  const letter = word[shell.getoptsOffset] ?? '';
  const rest = word.slice(shell.getoptsOffset + 1);
  const silent = options.startsWith(':');
  const at = letter === ':' ? -1 : options.indexOf(letter);
  const takesValue = at >= 0 && options[at + 1] === ':';
  if (rest === '' || takesValue) {
    index += 1;
    shell.getoptsOffset = 0;
  } else {
    shell.getoptsOffset += 1;
  }
  let value: string | undefined;
  let found = at < 0 ? '?' : letter;
  if (at < 0) {
    if (silent) value = letter;
    else yield* shell.write(2, `Illegal option -${letter}\n`);
  } else if (takesValue) {
    value = rest === '' ? parameters[index - 1] : rest;
    if (rest === '') index += 1;
    if (value === undefined) {
      found = silent ? ':' : '?';
      index -= 1;
      if (silent) value = letter;
      else yield* shell.write(2, `No arg for -${letter} option\n`);
    }
  }
  if (value === undefined) variables.unset('OPTARG');
  else variables.set('OPTARG', value);
  note(shell, name, found, index);
  return 0;
}

function note(shell: Shell, name: string, found: string, index: number): void {
  shell.variables.set(name, found);
  shell.variables.set('OPTIND', String(index));
  shell.getoptsIndex = index;
}

function finish(shell: Shell, name: string, index: number): number {
  shell.getoptsOffset = 0;
  note(shell, name, '?', index);
  return 1;
}
