// `~` and `~user`.
import type { Shell } from '../shell.ts';

export function homeOf(shell: Shell, user: string): string {
  if (user === '') return shell.variables.get('HOME') ?? '~';
  const { files } = shell.process;
  if (!files.access('/etc/passwd', 'read')) return `~${user}`;
  for (const line of files.readText('/etc/passwd').split('\n')) {
    const fields = line.split(':');
    if (fields[0] === user) return fields[5] ?? '/';
  }
  return `~${user}`;
}
