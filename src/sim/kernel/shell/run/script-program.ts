// Runs a text file as a script of this shell.
import type { Program } from '../../types.ts';
import type { Shell } from '../shell.ts';

/** The program for an executable text without `#!`: this machine's sh with the file as its script. */
export function scriptProgram(
  shell: Shell,
  words: readonly string[],
  env: ReadonlyMap<string, string>,
): Program {
  const path = pathOf(shell, words[0] ?? '', env);
  const argv = ['sh', path, ...words.slice(1)];
  return (process) => process.execute(argv);
}

function pathOf(shell: Shell, name: string, env: ReadonlyMap<string, string>): string {
  if (name.includes('/')) return name;
  for (const directory of (env.get('PATH') ?? '').split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`;
    if (shell.process.files.access(path, 'execute')) return path;
  }
  return name;
}
