// Failed system calls as programs meet them.
import { isErrno, type Errno } from '../../errno.ts';

/** The C library's text of a failed system call; what is not one (a bug) is thrown on. */
export function errnoText(thrown: unknown): string {
  return asErrno(thrown).message;
}

/** The failed system call itself, for its code; what is not one (a bug) is thrown on. */
export function asErrno(thrown: unknown): Errno {
  if (isErrno(thrown)) return thrown;
  throw thrown;
}
