// Values of parameters: variables, positional and special ones.
import { ShellError } from '../flow.ts';
import type { OptionLetter, Shell } from '../shell.ts';

/** The order of `$-`. */
const shownOptions: readonly OptionLetter[] = [...'ubaCvxcsnmife'] as OptionLetter[];

/** Undefined where it is unset. `@` and `*` are joined with spaces here; fields are the caller's business. */
export function parameterValue(shell: Shell, name: string): string | undefined {
  const first = name.charCodeAt(0);
  if (first >= 48 && first <= 57) {
    const index = Number(name);
    return index === 0 ? shell.name : shell.parameters[index - 1];
  }
  switch (name) {
    case '?':
      return String(shell.status);
    case '$':
      return String(shell.shellPid);
    case '!':
      return shell.lastBackground === 0 ? undefined : String(shell.lastBackground);
    case '#':
      return String(shell.parameters.length);
    case '@':
      return shell.parameters.length === 0 ? undefined : shell.parameters.join(' ');
    case '*':
      return shell.parameters.length === 0 ? undefined : shell.parameters.join(joiner(shell));
    case '-':
      return [...shownOptions].filter((letter) => shell.options.has(letter)).join('');
    case 'LINENO':
      return String(shell.line);
    case 'RANDOM':
      if (shell.isAsh && shell.variables.get(name) === undefined) {
        return String(shell.process.random.below(32_768));
      }
  }
  return shell.variables.get(name);
}

/** What `"$*"` puts between: the first character of IFS. */
export function joiner(shell: Shell): string {
  const ifs = shell.variables.get('IFS');
  return ifs === undefined ? ' ' : ifs.slice(0, 1);
}

/** `set -u`. */
export function requireSet(shell: Shell, name: string): void {
  if (!shell.options.has('u') || name === '@' || name === '*') return;
  throw new ShellError(`${name}: parameter not set`);
}
