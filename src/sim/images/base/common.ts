// Files that every image with a shell has.
import type { ImageFiles } from '../image.ts';

/** Folders, accounts and links of a small Linux. `accounts` are further lines of /etc/passwd and /etc/group. */
export function commonFiles(accounts: {
  readonly passwd?: readonly string[];
  readonly group?: readonly string[];
}): ImageFiles {
  const passwd = ['root:x:0:0:root:/root:/bin/sh', ...(accounts.passwd ?? [])];
  const group = ['root:x:0:', ...(accounts.group ?? [])];
  return {
    '/etc/passwd': lines([...passwd, 'nobody:x:65534:65534:nobody:/:/bin/false']),
    '/etc/group': lines([...group, 'nogroup:x:65534:']),
    '/etc/nsswitch.conf': 'hosts: files dns\n',
    '/root': { directory: true, mode: 0o700 },
    '/home': { directory: true },
    '/tmp': { directory: true, mode: 0o1777 },
    '/var/tmp': { directory: true, mode: 0o1777 },
    '/var/log': { directory: true },
    '/run': { directory: true },
    '/var/run': { link: '../run' },
    '/opt': { directory: true },
    '/mnt': { directory: true },
    '/srv': { directory: true },
  };
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
