// A process for kubectl's tests: files in a map, output kept, time from a clock of its own.
import type { KubeObject } from '#sim/api/objects.ts';
import { Errno } from '#sim/kernel/errno.ts';
import type { Blocking, Files, FileStat, Process, Program, Wait } from '#sim/kernel/types.ts';
import type { Clock } from '#sim/runtime/clock.ts';
import { Random } from '#sim/runtime/random.ts';

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

const normal = (path: string): string => {
  const full = path.startsWith('/') ? path : `/home/learner/${path}`;
  const parts: string[] = [];
  for (const part of full.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
};

/** Files as kubectl reads and writes them; directories are there when something is below them. */
function fakeFiles(content: Map<string, string>): Files {
  const isDirectory = (path: string): boolean =>
    [...content.keys()].some((name) => name.startsWith(path === '/' ? '/' : `${path}/`));
  const stat = (given: string): FileStat => {
    const path = normal(given);
    const text = content.get(path);
    if (text === undefined && !isDirectory(path)) throw new Errno('ENOENT');
    const type = text === undefined ? 'directory' : 'file';
    const zero = { mode: 0o644, uid: 0, gid: 0, modifiedMs: 0, links: 1, inode: 1, device: 1 };
    return { ...zero, type, size: text?.length ?? 0 };
  };
  return {
    stat,
    exists: (path: string) => {
      const name = normal(path);
      return content.has(name) || isDirectory(name);
    },
    readText: (path: string) => {
      const text = content.get(normal(path));
      if (text === undefined) throw new Errno(isDirectory(normal(path)) ? 'EISDIR' : 'ENOENT');
      return text;
    },
    writeText: (path: string, text: string) => content.set(normal(path), text),
    list: (path: string) => {
      const prefix = `${normal(path)}/`;
      const names = [...content.keys()].filter((name) => name.startsWith(prefix));
      return [
        ...new Set(names.map((name) => name.slice(prefix.length).split('/')[0] ?? '')),
      ].sort();
    },
    unlink: (path: string) => content.delete(normal(path)),
    mkdir: () => undefined,
  } as unknown as Files;
}

export interface FakeOptions {
  readonly clock: Clock;
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  readonly terminal?: boolean;
  /** Interrupted after so many milliseconds. */
  readonly interruptAfterMs?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export type Objects = readonly KubeObject[];

/** Runs a program to its end in virtual time, like a shell would. */
export function runProgram(
  program: Program,
  argv: readonly string[],
  options: FakeOptions,
  content: Map<string, string>,
): Outcome {
  const { clock } = options;
  let stdout = '';
  let stderr = '';
  let stdin: string | undefined = options.stdin ?? '';
  const process = {
    pid: 4242,
    argv,
    env: new Map(Object.entries({ HOME: '/home/learner', PATH: '/usr/bin', ...options.env })),
    cwd: '/home/learner',
    clock,
    random: new Random(1, 'kubectl-test'),
    files: fakeFiles(content),
    // eslint-disable-next-line require-yield -- it never waits
    *write(descriptor: number, text: string): Blocking<void> {
      if (descriptor === 1) stdout += text;
      else stderr += text;
    },
    // eslint-disable-next-line require-yield -- it never waits
    *read(): Blocking<string | undefined> {
      const text = stdin;
      stdin = undefined;
      return text === '' ? undefined : text;
    },
    isTerminal: () => options.terminal === true,
    terminal: () => undefined,
    onSignal: () => undefined,
    takeSignal: () => undefined,
    *sleep(ms: number): Blocking<void> {
      yield { on: 'sleep', ms };
    },
    *waitFor(queues: never, timeoutMs?: number): Blocking<void> {
      yield { on: 'queues', queues, timeoutMs };
    },
  } as unknown as Process;
  const code = drive(program(process), clock, options.interruptAfterMs);
  return { stdout, stderr, code };
}

function drive(run: Blocking<number>, clock: Clock, interruptAfterMs: number | undefined): number {
  const endMs = clock.nowMs() + (interruptAfterMs ?? 600_000);
  for (let step = run.next(); ; step = run.next()) {
    if (step.done === true) return step.value;
    let woken = false;
    wake(step.value, clock, () => {
      woken = true;
    });
    while (!woken && clock.step(endMs));
    if (woken) continue;
    clock.advanceTo(endMs);
    run.return(0);
    return 130;
  }
}

function wake(wait: Wait, clock: Clock, run: () => void): void {
  if (wait.on === 'sleep') clock.after(wait.ms, run);
  if (wait.on !== 'queues') return;
  if (wait.timeoutMs !== undefined) clock.after(wait.timeoutMs, run);
  for (const queue of wait.queues) queue.add({ wake: run } as never);
}
