// What stat says about things that are no files on a file system.
import type { FileStat } from '../types.ts';

export function anonymousStat(type: FileStat['type'], mode: number): FileStat {
  return {
    type,
    mode,
    uid: 0,
    gid: 0,
    size: 0,
    modifiedMs: 0,
    links: 1,
    inode: 0,
    device: 0,
  };
}
