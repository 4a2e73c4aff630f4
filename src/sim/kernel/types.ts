// The contract of the simulated Linux: processes are generators that say what they wait for.
// A process asleep costs one entry in the clock's queue; nothing is polled.
import type { Clock } from '../runtime/clock.ts';
import type { Random } from '../runtime/random.ts';
import type { HostView } from './host-view.ts';
import type { Sockets } from './net/types.ts';

export type { HostView, MemoryAccount } from './host-view.ts';
export type {
  Connection,
  Listener,
  NetworkInterface,
  SocketAddress,
  Sockets,
} from './net/types.ts';

/** Who sleeps on a queue. */
export interface Waiter {
  wake(): void;
}

/** Something processes can sleep on until somebody wakes it. `Queue` of wait-queue.ts is the one to make. */
export interface WaitQueue {
  wake(): void;
  add(waiter: Waiter): void;
  remove(waiter: Waiter): void;
}

/** What a process waits for when it yields. It is resumed when that came true, or when a signal it handles arrived. */
export type Wait =
  | { readonly on: 'sleep'; readonly ms: number }
  | {
      readonly on: 'queues';
      readonly queues: readonly WaitQueue[];
      readonly timeoutMs?: number | undefined;
    }
  /** Busy for so many milliseconds of one CPU; takes longer in virtual time under a CPU limit. */
  | { readonly on: 'cpu'; readonly ms: number };

/** A step that may wait: `yield*` it. */
export type Blocking<T> = Generator<Wait, T, void>;

/** A program: returns its exit code. It is ended from outside by `generator.return()`, so it may use `finally`. */
export type Program = (process: Process) => Blocking<number>;

export type SignalName =
  | 'HUP'
  | 'INT'
  | 'QUIT'
  | 'ILL'
  | 'TRAP'
  | 'ABRT'
  | 'BUS'
  | 'FPE'
  | 'KILL'
  | 'USR1'
  | 'SEGV'
  | 'USR2'
  | 'PIPE'
  | 'ALRM'
  | 'TERM'
  | 'STKFLT'
  | 'CHLD'
  | 'CONT'
  | 'STOP'
  | 'TSTP'
  | 'TTIN'
  | 'TTOU'
  | 'URG'
  | 'XCPU'
  | 'XFSZ'
  | 'VTALRM'
  | 'PROF'
  | 'WINCH'
  | 'IO'
  | 'PWR'
  | 'SYS';

export interface ExitStatus {
  /** 0..255; 128+n when a signal ended it. */
  readonly code: number;
  readonly signal: SignalName | undefined;
}

/** A failed system call; `message` is the C library's text ("No such file or directory"). Thrown by kernel calls, caught by programs. */
export interface ErrnoError extends Error {
  readonly code: string;
}

export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly truncate?: boolean;
  readonly exclusive?: boolean;
}

export interface FileStat {
  readonly type: 'file' | 'directory' | 'symlink' | 'fifo' | 'device' | 'socket';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes (UTF-8). */
  readonly size: number;
  readonly modifiedMs: number;
  readonly links: number;
  readonly inode: number;
  readonly device: number;
}

/** File calls of one process: paths relative to its cwd, with its mounts, permissions, read-only mounts and quotas. They throw ErrnoError. */
export interface Files {
  stat(path: string): FileStat;
  lstat(path: string): FileStat;
  /** Names in byte order, without `.` and `..`. */
  list(path: string): readonly string[];
  readText(path: string): string;
  writeText(
    path: string,
    text: string,
    options?: { readonly append?: boolean; readonly mode?: number },
  ): void;
  mkdir(path: string, options?: { readonly parents?: boolean; readonly mode?: number }): void;
  unlink(path: string): void;
  rmdir(path: string): void;
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  symlink(target: string, path: string): void;
  readlink(path: string): string;
  chmod(path: string, mode: number): void;
  chown(path: string, uid: number, gid: number): void;
  touch(path: string, modifiedMs?: number): void;
  mkfifo(path: string): void;
  /** The absolute path with every symlink resolved. */
  realpath(path: string): string;
  exists(path: string): boolean;
  access(path: string, mode: 'read' | 'write' | 'execute'): boolean;
  /** Woken whenever the file at this path may have changed (tail -f). */
  changes(path: string): WaitQueue;
  /** Cuts a file, or lengthens it with NULs. */
  truncate(path: string, length: number): void;
  /** The file system that holds the path, for df and stat -f. */
  fileSystem(path: string): FileSystemInfo;
  /** All mounts, in the order they were made. */
  mounts(): readonly FileSystemInfo[];
}

export interface FileSystemInfo {
  /** As the first column of df: `overlay`, `tmpfs`, `/dev/sda1`. */
  readonly source: string;
  readonly type: string;
  readonly mountPoint: string;
  readonly options: string;
  readonly totalBytes: number;
  readonly usedBytes: number;
}

export interface SpawnOptions {
  readonly argv: readonly string[];
  /** Instead of looking argv[0] up: run this. */
  readonly program?: Program | undefined;
  readonly env?: ReadonlyMap<string, string> | undefined;
  readonly cwd?: string | undefined;
  /** Descriptors of the child by number, each one of the parent's; the parent's 0, 1 and 2 when left out. */
  readonly descriptors?: ReadonlyMap<number, number> | undefined;
  /** Another user to run as; EPERM without SETUID and SETGID. */
  readonly user?:
    { readonly uid: number; readonly gid: number; readonly groups?: readonly number[] } | undefined;
  /** The process group to join; 0 for one of its own. */
  readonly processGroup?: number | undefined;
}

/** What ps, top and /proc tell about a process, with the numbers of the onlooker's pid namespace. */
export interface ProcessInfo {
  readonly pid: number;
  readonly parentPid: number;
  readonly processGroup: number;
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly uid: number;
  readonly gid: number;
  readonly startedMs: number;
  /** Running or ready, sleeping, stopped, zombie. */
  readonly state: 'R' | 'S' | 'T' | 'Z';
  readonly cpuMs: number;
  readonly memoryBytes: number;
  /** `pts/0` where it has a terminal. */
  readonly terminalName: string | undefined;
  readonly isSteady?: boolean;
}

export interface Process extends ProcessInfo {
  readonly env: Map<string, string>;
  /** What ps shows; a program may give itself a title, `nginx: master process`. */
  argv: readonly string[];
  cwd: string;
  umask: number;
  /** Supplementary groups, without gid. */
  readonly groups: readonly number[];
  readonly host: HostView;
  readonly files: Files;
  readonly sockets: Sockets;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Set by a server that answers from its files alone: not by the time, by chance, by other machines, or by what it was
   * asked before.
   */
  isSteady?: boolean;
  readonly exit: ExitStatus | undefined;
  /** Woken when the process has ended. */
  readonly exited: WaitQueue;

  // Calls that wait for somebody else (read, readLine, wait, accept, connect) throw EINTR when a signal with a handler
  // arrives or is still to be taken; sleep then returns early.

  /** The next chunk of text from a descriptor, or undefined at the end of it. */
  read(descriptor: number, maxLength?: number): Blocking<string | undefined>;
  /** The next line without its newline; text after it stays for the next read; undefined at the end. */
  readLine(descriptor: number): Blocking<string | undefined>;
  /** What there is up to and with the next newline, as it comes; undefined at the end. */
  readToNewline(descriptor: number): Blocking<string | undefined>;
  /** Whether a read would not wait. */
  canRead(descriptor: number): boolean;
  /** Writes all of it, waiting where a pipe is full. A reader that is gone: SIGPIPE, then EPIPE. */
  write(descriptor: number, text: string): Blocking<void>;
  open(path: string, flags: OpenFlags, mode?: number): number;
  close(descriptor: number): void;
  duplicate(from: number, to: number): void;
  /** [read end, write end] */
  pipe(): readonly [number, number];
  /** A descriptor to read a text from. */
  openText(text: string): number;
  /** The open descriptors, ascending. */
  openDescriptors(): readonly number[];
  isTerminal(descriptor: number): boolean;
  /** The terminal behind a descriptor. */
  terminal(descriptor: number): Terminal | undefined;
  /** Where the next read or write of a file happens, counted in characters; undefined for what is no file. */
  position(descriptor: number): number | undefined;
  seek(descriptor: number, position: number): void;
  /** Woken when a read of the descriptor may give something, a peer may have gone, or the file may have grown. */
  readable(descriptor: number): WaitQueue;
  /** What is known about an open file. */
  describe(descriptor: number): FileStat;

  /** Starts a child. Throws ENOENT, EACCES or ENOEXEC where argv[0] cannot be run, EAGAIN at the process limit. */
  spawn(options: SpawnOptions): Process;
  /** Becomes another program, keeping pid and descriptors. Throws as spawn does; else it never returns. */
  execute(argv: readonly string[], env?: ReadonlyMap<string, string>): Blocking<never>;
  setProcessGroup(group: number): void;
  /** Waits until the child (any child for undefined) has ended and removes it; undefined when there is none to wait for. */
  wait(pid?: number): Blocking<{ readonly pid: number; readonly status: ExitStatus } | undefined>;
  /** As wait, but does not wait: undefined where no such child has ended. */
  reap(pid?: number): { readonly pid: number; readonly status: ExitStatus } | undefined;
  /** A negative pid means a process group, as in kill(2); no signal only asks whether one may. Throws ESRCH, EPERM. */
  kill(pid: number, signal: SignalName | undefined): void;
  /** Sets what a signal does. A handler is only recorded; the program takes it by `takeSignal` after the wait it interrupted. */
  onSignal(signal: SignalName, action: 'default' | 'ignore' | 'handle'): void;
  takeSignal(): SignalName | undefined;
  sleep(ms: number): Blocking<void>;
  /** Waits until one of the queues is woken, at most so long; returns early for a signal. It may wake for nothing: look again. */
  waitFor(queues: readonly WaitQueue[], timeoutMs?: number): Blocking<void>;
  /** Busy for so many milliseconds of one CPU. */
  compute(ms: number): Blocking<void>;
  /** Counts small steps of a loop that waits for nothing; every 1,024 of them cost 50 ms of CPU time. */
  work(steps: number): Blocking<void>;
}

/** A terminal as the program at it sees it. */
export interface Terminal {
  readonly name: string;
  columns: number;
  rows: number;
  /** The process group that gets Ctrl-C. */
  foreground: number;
}
