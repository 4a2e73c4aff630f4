// How C programs print a failed system call: `(2: No such file or directory)`.
import type { ErrnoError } from '../../kernel/types.ts';

const numbers: Readonly<Record<string, number>> = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  EACCES: 13,
  EEXIST: 17,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EMFILE: 24,
  ENOSPC: 28,
  EROFS: 30,
  EPIPE: 32,
  EADDRINUSE: 98,
  EADDRNOTAVAIL: 99,
  ENETUNREACH: 101,
  ECONNRESET: 104,
  ETIMEDOUT: 110,
  ECONNREFUSED: 111,
  EHOSTUNREACH: 113,
};

/** Number and text of a failed system call, as nginx writes them. */
export function numbered(error: ErrnoError): string {
  return `${numbers[error.code] ?? 0}: ${error.message}`;
}
