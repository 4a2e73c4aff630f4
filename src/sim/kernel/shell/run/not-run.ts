// What is said about a program that cannot be run.
import type { Blocking } from '../../types.ts';
import type { Shell } from '../shell.ts';

/** Complains; 127 for what is not there, 126 for what cannot be run. */
export function* notRun(
  shell: Shell,
  name: string,
  code: string,
  message: string,
): Blocking<number> {
  const missing = code === 'ENOENT' || code === 'ENOTDIR';
  yield* shell.complain(`${name}: ${missing ? 'not found' : message}`);
  return missing ? 127 : 126;
}
