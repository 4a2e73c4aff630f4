// What is said about a program that cannot be run.
import type { Blocking, ErrnoError } from '../../types.ts';
import type { Shell } from '../shell.ts';

/** Complains where the program's own stderr goes; 127 for what is not there, 126 for what cannot be run. */
export function* notRun(
  shell: Shell,
  name: string,
  { code, message }: ErrnoError,
  descriptors?: ReadonlyMap<number, number>,
): Blocking<number> {
  const missing = code === 'ENOENT' || code === 'ENOTDIR';
  const text = `${shell.errorPrefix()}${name}: ${missing ? 'not found' : message}\n`;
  const stderr = descriptors === undefined ? 2 : descriptors.get(2);
  if (stderr !== undefined) yield* shell.write(stderr, text);
  return missing ? 127 : 126;
}
