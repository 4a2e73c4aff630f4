// Starts a process in a container from outside, as runc does, with runc's words where it cannot.
import { Errno } from '../errno.ts';
import { NullDevice } from '../io/devices.ts';
import type { Space, StartOptions } from '../space.ts';
import type { Actor } from '../vfs/actor.ts';
import { rootActor } from '../vfs/edit.ts';
import { FileInode } from '../vfs/inode.ts';
import { mayAccess } from '../vfs/permissions.ts';
import { existing } from '../vfs/resolve.ts';
import type { Program } from '../types.ts';
import { findProgram } from './find-program.ts';
import { KernelProcess } from './process.ts';

export interface StartError {
  /** For instance `exec: "htpd": executable file not found in $PATH`. */
  readonly error: string;
}

/** runc's process was already there when execve failed: it says so on stderr and ends with 1. */
const runcFailureCode = 1;

export function startProcess(
  space: Space,
  options: StartOptions,
): { readonly process: KernelProcess } | StartError {
  const env = new Map(options.env);
  const cwd = options.cwd === undefined || options.cwd === '' ? '/' : options.cwd;
  const actor = actorOf(space, cwd);
  const error = prepareCwd(space, cwd) ?? lookUp(actor, options.argv[0] ?? '', env);
  if (error !== undefined) return { error };
  if (!env.has('HOME')) env.set('HOME', homeOf(space));
  if (options.terminal !== undefined && !env.has('TERM')) env.set('TERM', 'xterm');
  const { program, argv } = programOf(actor, options.argv, env, cwd);
  const process = new KernelProcess({
    space,
    parent: undefined,
    argv,
    program,
    env,
    ownsEnv: true,
    cwd,
    umask: 0o022,
    uid: space.uid,
    gid: space.gid,
    groups: space.groups,
    processGroup: 0,
    terminal: options.terminal,
  });
  connect(process, options);
  process.run.start(space.machine.spawnCostMs);
  return { process };
}

function connect(process: KernelProcess, options: StartOptions): void {
  const { terminal } = options;
  const { descriptors } = process;
  if (terminal !== undefined) {
    const file = terminal.open();
    for (const number of [0, 1, 2]) descriptors.set(number, file);
    if (terminal.foreground === 0) terminal.foreground = process.processGroup;
    return;
  }
  descriptors.set(0, options.stdin ?? new NullDevice({ read: true }));
  descriptors.set(1, options.stdout ?? new NullDevice({ write: true }));
  descriptors.set(2, options.stderr ?? new NullDevice({ write: true }));
}

function actorOf(space: Space, cwd: string): Actor {
  const root = rootActor(space.mountTable, () => space.machine.clock.nowMs());
  const { uid, gid, groups } = space;
  return {
    ...root,
    uid,
    gid,
    groups,
    cwd,
    has: (capability) => uid === 0 && space.capabilities.has(capability),
  };
}

/** runc makes the working directory where it is missing. */
function prepareCwd(space: Space, cwd: string): string | undefined {
  const files = space.files();
  try {
    if (!files.exists(cwd)) files.mkdir(cwd, { parents: true, mode: 0o755 });
    if (files.stat(cwd).type === 'directory') return undefined;
    return `chdir to cwd ("${cwd}") set in config.json failed: not a directory`;
  } catch (thrown) {
    if (!(thrown instanceof Errno)) throw thrown;
    const why = thrown.message.toLowerCase();
    return `chdir to cwd ("${cwd}") set in config.json failed: ${why}`;
  }
}

/** What Go's exec.LookPath says about a program, undefined where it is found. */
function lookUp(actor: Actor, name: string, env: ReadonlyMap<string, string>): string | undefined {
  const error = (why: string): string => `exec: ${JSON.stringify(name)}: ${why}`;
  if (name.includes('/')) {
    const problem = goFindExecutable(actor, name);
    return problem === undefined ? undefined : error(problem);
  }
  for (const directory of (env.get('PATH') ?? '').split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`;
    if (name !== '' && goFindExecutable(actor, path) === undefined) return undefined;
  }
  return error('executable file not found in $PATH');
}

function goFindExecutable(actor: Actor, path: string): string | undefined {
  try {
    const { inode } = existing(actor, path);
    if (inode.type === 'directory') return 'is a directory';
    return mayAccess(actor, inode, 'execute') && inode instanceof FileInode
      ? undefined
      : 'permission denied';
  } catch (thrown) {
    if (!(thrown instanceof Errno)) throw thrown;
    return `stat ${path}: ${thrown.message.toLowerCase()}`;
  }
}

function programOf(
  actor: Actor,
  argv: readonly string[],
  env: ReadonlyMap<string, string>,
  cwd: string,
): { readonly program: Program; readonly argv: readonly string[] } {
  try {
    return findProgram(actor, argv, env, cwd);
  } catch (thrown) {
    if (!(thrown instanceof Errno)) throw thrown;
    const text = `exec ${argv[0] ?? ''}: ${thrown.message.toLowerCase()}\n`;
    return {
      argv,
      *program(process) {
        yield* process.write(2, text);
        return runcFailureCode;
      },
    };
  }
}

/** The home directory that /etc/passwd gives the user; `/` for one it does not know. */
function homeOf(space: Space): string {
  const files = space.files();
  if (!files.exists('/etc/passwd')) return '/';
  for (const line of files.readText('/etc/passwd').split('\n')) {
    const fields = line.split(':');
    if (fields[2] === String(space.uid)) return fields[5] ?? '/';
  }
  return '/';
}
