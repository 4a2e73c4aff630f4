// PS1 with its backslash sequences, as busybox knows them.
import type { Shell } from './shell.ts';
import { parameterValue } from './expand/parameters.ts';

/** `\w`, `\W`, `\u`, `\h`, `\H`, `\$`, `\n`, and parameters like `$PWD`. */
export function expandPrompt(shell: Shell, prompt: string): string {
  const withNames = prompt.replace(/\\(.)/g, (whole, letter: string) => {
    return sequence(shell, letter) ?? whole;
  });
  return withNames.replace(/\$(?:\{(\w+)\}|([A-Za-z_]\w*|\?))/g, (_, braced, plain) => {
    return parameterValue(shell, String(braced ?? plain)) ?? '';
  });
}

function sequence(shell: Shell, letter: string): string | undefined {
  const { process } = shell;
  switch (letter) {
    case 'w':
      return shortened(shell, process.cwd);
    case 'W':
      return process.cwd === '/' ? '/' : process.cwd.slice(process.cwd.lastIndexOf('/') + 1);
    case 'u':
      return shell.variables.get('USER') ?? (process.uid === 0 ? 'root' : String(process.uid));
    case 'h':
    case 'H':
      return process.host.hostname();
    case '$':
      return process.uid === 0 ? '#' : '$';
    case 'n':
      return '\n';
    case '\\':
      return '\\';
    default:
      return undefined;
  }
}

/** The home directory as `~`. */
function shortened(shell: Shell, path: string): string {
  const home = shell.variables.get('HOME');
  if (home === undefined || home === '/' || home === '') return path;
  if (path === home) return '~';
  return path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
