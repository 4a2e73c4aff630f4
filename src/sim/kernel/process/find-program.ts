// From argv to what runs: PATH, permissions, and `#!` lines (execve(2), execvp(3)).
import { Errno } from '../errno.ts';
import type { Program } from '../types.ts';
import type { Actor } from '../vfs/actor.ts';
import { FileInode } from '../vfs/inode.ts';
import { mayAccess } from '../vfs/permissions.ts';
import { existing } from '../vfs/resolve.ts';

export interface FoundProgram {
  readonly program: Program;
  readonly argv: readonly string[];
}

const maxInterpreters = 4;
const maxArgumentLength = 1 << 21;

/** Throws ENOENT, EACCES, ENOTDIR, ENOEXEC (an executable text without `#!`), E2BIG, ELOOP. */
export function findProgram(
  actor: Actor,
  argv: readonly string[],
  env: ReadonlyMap<string, string>,
  cwd: string,
): FoundProgram {
  const name = argv[0] ?? '';
  const total = argv.reduce((sum, argument) => sum + argument.length + 1, 0);
  if (total > maxArgumentLength) throw new Errno('E2BIG');
  const path = name.includes('/') ? name : searchPath(actor, name, env);
  const there = cwd === actor.cwd ? actor : { ...view(actor), cwd };
  return load(there, path, argv, 0);
}

/** The first executable of that name on PATH. Throws ENOENT, or EACCES where only files without x bit were found. */
export function searchPath(actor: Actor, name: string, env: ReadonlyMap<string, string>): string {
  let denied = false;
  if (name === '') throw new Errno('ENOENT');
  for (const directory of (env.get('PATH') ?? '/bin:/usr/bin').split(':')) {
    const path = directory === '' ? `./${name}` : `${directory}/${name}`;
    const found = executableAt(actor, path);
    if (found === true) return path;
    if (found === 'denied') denied = true;
  }
  throw new Errno(denied ? 'EACCES' : 'ENOENT');
}

function executableAt(actor: Actor, path: string): boolean | 'denied' {
  try {
    const { inode } = existing(actor, path);
    if (inode.type !== 'file') return inode.type === 'directory' ? false : 'denied';
    return mayAccess(actor, inode, 'execute') ? true : 'denied';
  } catch (thrown) {
    if (thrown instanceof Errno) return thrown.code === 'EACCES' ? 'denied' : false;
    throw thrown;
  }
}

function load(actor: Actor, path: string, argv: readonly string[], depth: number): FoundProgram {
  if (depth > maxInterpreters) throw new Errno('ELOOP');
  const { inode } = existing(actor, path);
  if (!(inode instanceof FileInode) || !mayAccess(actor, inode, 'execute')) {
    throw new Errno('EACCES');
  }
  if (inode.program !== undefined) return { program: inode.program, argv };
  const first = inode.content.slice(0, 256);
  if (!first.startsWith('#!')) throw new Errno('ENOEXEC');
  const line = first.slice(2).split('\n')[0]?.trim() ?? '';
  const space = /[ \t]/.exec(line);
  const interpreter = space === null ? line : line.slice(0, space.index);
  const argument = space === null ? [] : [line.slice(space.index).trim()];
  if (interpreter === '') throw new Errno('ENOEXEC');
  const next = [interpreter, ...argument, path];
  return load(actor, interpreter, [...next, ...argv.slice(1)], depth + 1);
}

/** The actor's identity alone, to be seen from another directory. */
function view(actor: Actor): Actor {
  const { uid, gid, groups, cwd, umask, mountTable, account } = actor;
  return {
    uid,
    gid,
    groups,
    cwd,
    umask,
    mountTable,
    account,
    has: (capability) => actor.has(capability),
    nowMs: () => actor.nowMs(),
  };
}
